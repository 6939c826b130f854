"""FickleDB from Python: start or attach to a server, and tell it what to do while your tests call DynamoDB.

Standard library only; boto3 is imported when you ask for a client. One `Fickle` speaks for one universe, an isolated
DynamoDB of its own; it may be shared between threads. A control call that the server refuses raises `FickleError`
with the server's own words.

    with Server("--fixtures", "fixtures/samples") as server:
        fickle = server.fickle("worker-1")
        users = fickle.resource().Table("users")
        with fickle.fault({"when": {"operation": "PutItem"}, "schedule": {"times": 1}, "effect": {"throttle": {}}}):
            users.put_item(Item={"id": "user-1"})      # the SDK retries, and the rule must have fired
        fickle.clock.advance("31d")
"""

import contextlib
import json
import os
import re
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

ENDPOINT = re.compile(r"https?://[\w.\[\]:-]+:\d+")


class FickleError(Exception):
    """A control call was refused: `status`, and `problem` as the server described it (RFC 9457)."""

    def __init__(self, status, problem):
        self.status, self.problem = status, problem
        words = [str(problem[part]) for part in ("title", "detail", "pointer") if problem.get(part)]
        super().__init__("%d %s" % (status, ": ".join(words) or problem))


class Clock:
    """The virtual clock of a universe. Whatever falls due happens before a call returns."""

    def __init__(self, fickle):
        self._fickle = fickle

    def now(self):
        return self._fickle.call("GET", "/clock")["now"]

    def advance(self, duration):
        """`duration` as "31d", "1h30m", "250ms"."""
        return self._fickle.call("POST", "/clock", {"advance": duration})["now"]

    def set(self, instant):
        return self._fickle.call("POST", "/clock", {"set": instant})["now"]

    def freeze(self):
        return self._fickle.call("POST", "/clock", {"freeze": True})["now"]

    def resume(self):
        return self._fickle.call("POST", "/clock", {"resume": True})["now"]


class Fickle:
    """The control API of one universe, and DynamoDB clients that live in it."""

    def __init__(self, endpoint, universe="default", token=None):
        self.endpoint, self.universe = endpoint.rstrip("/"), universe
        self._token = token or os.environ.get("FICKLEDB_CONTROL_TOKEN")
        self.clock = Clock(self)

    def call(self, method, path, body=None):
        """One control call; `path` below /_fickle. Answers the parsed body."""
        headers = {"Content-Type": "application/json", "X-Fickle-Universe": self.universe}
        if self._token:
            headers["Authorization"] = "Bearer " + self._token
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.endpoint + "/_fickle" + path, data, headers, method=method)
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
                text = answer.read()
                return json.loads(text) if text else {}
        except urllib.error.HTTPError as refusal:
            text = refusal.read().decode("utf-8", "replace")
            try:
                problem = json.loads(text)
            except ValueError:
                problem = {"detail": text}
            raise FickleError(refusal.code, problem) from None

    def reset(self, to=None, keep=()):
        body = {"to": to} if to else {}
        if keep:
            body["keep"] = list(keep)
        return self.call("POST", "/reset", body)

    def snapshot(self, name):
        return self.call("PUT", "/snapshots/" + urllib.parse.quote(name, safe=""))

    def load(self, document, **parameters):
        """Loads a parsed document or a file of any supported format; parameters as format=, table=, replace=."""
        query = "?" + urllib.parse.urlencode(parameters) if parameters else ""
        if isinstance(document, (str, os.PathLike)):
            with open(document, encoding="utf-8") as file:
                document = json.load(file)
        return self.call("POST", "/fixtures" + query, document)

    def faults(self):
        return self.call("GET", "/faults")["faults"]

    def add_fault(self, rule):
        """Sets a rule until the next reset; answers it as the server keeps it, with its name."""
        answer = self.call("POST", "/faults", rule)
        return answer["faults"][0] if "faults" in answer else answer

    def remove_fault(self, name):
        return self.call("DELETE", "/faults/" + urllib.parse.quote(name, safe=""))

    @contextlib.contextmanager
    def fault(self, rule, must_fire=True):
        """The rule holds within the `with` block. A rule that never fired is a test that tests nothing: it fails."""
        name = self.add_fault(rule)["name"]
        path = "/faults/" + urllib.parse.quote(name, safe="")
        held = Held(self, path)
        try:
            yield held
            if must_fire and held.fired == 0:
                raise AssertionError("fault %r never fired; it matched %d requests" % (name, held.matched))
        finally:
            self.call("DELETE", path)

    def verify(self):
        """Fails, naming them, if rules that are set have never fired with effect."""
        try:
            return self.call("POST", "/faults/verify")
        except FickleError as refusal:
            raise AssertionError(str(refusal)) from None

    def verify_requests(self, when, **expected):
        """`fickle.verify_requests({"operation": "PutItem"}, count={"exactly": 2})`."""
        try:
            return self.call("POST", "/requests/verify", {"when": when, **expected})
        except FickleError as refusal:
            if refusal.status != 422:
                raise
            raise AssertionError(json.dumps(refusal.problem, indent=1)) from None

    def requests(self, **filters):
        query = "?" + urllib.parse.urlencode(filters) if filters else ""
        return self.call("GET", "/requests" + query)["requests"]

    def simulate(self, **models):
        """PATCHes the standing models: `fickle.simulate(consistency={"reads": {"lag": "1s"}})`."""
        return self.call("PATCH", "/simulation", models)

    def marker(self, name):
        return self.call("PUT", "/marker", {"name": name})

    def environment(self, region="us-east-1"):
        """What an unchanged program needs in its environment to meet this universe (server: --isolate access-key)."""
        return {"AWS_ENDPOINT_URL": self.endpoint, "AWS_ENDPOINT_URL_DYNAMODB": self.endpoint, "AWS_REGION": region,
                "AWS_DEFAULT_REGION": region, "AWS_ACCESS_KEY_ID": self.universe, "AWS_SECRET_ACCESS_KEY": "fickle",
                "FICKLEDB_ENDPOINT": self.endpoint}

    def _session(self, region):
        import boto3  # only who asks for a client needs it

        session = boto3.session.Session(aws_access_key_id=self.universe, aws_secret_access_key="fickle", region_name=region)
        # The header finds the universe on a server without --isolate, too.
        session.events.register("before-sign.dynamodb", self._name_universe)
        session.events.register("before-sign.dynamodbstreams", self._name_universe)
        return session

    def _name_universe(self, request, **_):
        request.headers["X-Fickle-Universe"] = self.universe

    def client(self, service="dynamodb", region="us-east-1", **options):
        return self._session(region).client(service, endpoint_url=self.endpoint, **options)

    def resource(self, region="us-east-1", **options):
        return self._session(region).resource("dynamodb", endpoint_url=self.endpoint, **options)


class Held:
    """A fault rule while its `with` block runs."""

    def __init__(self, fickle, path):
        self._fickle, self._path = fickle, path

    @property
    def fired(self):
        return self._fickle.call("GET", self._path)["fired"]

    @property
    def matched(self):
        return self._fickle.call("GET", self._path)["matched"]

    def release(self):
        """Lets go whoever a `hold` holds."""
        return self._fickle.call("POST", self._path + "/release")


class Server:
    """A server of our own on a free port, ended with the `with` block. `binary` or FICKLEDB_BIN or `fickledb` on the PATH."""

    def __init__(self, *flags, binary=None, start_timeout=30.0):
        self._command = [binary or os.environ.get("FICKLEDB_BIN", "fickledb"), "serve", "--port", "0", *map(str, flags)]
        self._start_timeout = start_timeout
        self.endpoint = self._process = self._log = None

    def start(self):
        self._log = tempfile.TemporaryFile()
        self._process = subprocess.Popen(self._command, stdout=self._log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + self._start_timeout
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise RuntimeError("fickledb ended with %d:\n%s" % (self._process.returncode, self.log()))
            if self.endpoint is None:
                found = ENDPOINT.search(self.log())
                self.endpoint = found.group() if found else None
            if self.endpoint and self._is_ready():
                return self
            time.sleep(0.005)
        self._process.kill()
        raise RuntimeError("fickledb was not ready in %s s:\n%s" % (self._start_timeout, self.log()))

    def _is_ready(self):
        try:
            return self.fickle().call("GET", "/health")["status"] == "ready"
        except (FickleError, OSError):
            return False

    def log(self):
        size = os.fstat(self._log.fileno()).st_size
        return os.pread(self._log.fileno(), size, 0).decode("utf-8", "replace")

    def stop(self, within=5.0):
        """SIGTERM; an exit code other than 0, or a server that lingers, is an error."""
        self._process.terminate()
        try:
            code = self._process.wait(within)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise RuntimeError("fickledb did not end within %s s of SIGTERM" % within) from None
        if code != 0:
            raise RuntimeError("fickledb ended with %d:\n%s" % (code, self.log()))

    def fickle(self, universe="default"):
        return Fickle(self.endpoint, universe)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()
