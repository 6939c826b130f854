"""npm packages in a copy of a suite, and what its own runner reports."""
import json
import os
import shutil
import subprocess

from suite_runners.reports import read_jest, read_tap
from suite_runners.server import Server


def run_mocha(command, copy, environment, options, name, totals):
    """mocha's JSON reporter writes one document with passes, failures and pending."""
    result = os.path.join(options.log, name + ".json")
    with open(os.path.join(options.log, name + ".log"), "w") as log:
        subprocess.run(command + ["--reporter", "json", "--reporter-option", "output=" + result], cwd=copy, stdout=log, stderr=subprocess.STDOUT,
                       env=dict(os.environ, **environment), check=False)
    text = ""
    for path in (result, log.name):  # older mochas write the document to standard output
        if os.path.exists(path):
            with open(path) as file:
                text = file.read()
        if '{\n  "stats"' in text:
            break
    else:
        totals.failed += 1
        print("FAILED %s: mocha wrote no report, see %s" % (name, log.name))
        return
    document = json.loads(text[text.index('{\n  "stats"'):text.rindex("}") + 1])
    totals.passed += document["stats"]["passes"]
    totals.skipped += document["stats"]["pending"]
    totals.failed += document["stats"]["failures"]
    for failure in document["failures"]:
        print("FAILED %s: %s" % (failure["fullTitle"], failure["err"].get("message", "").split("\n")[0][:300]))


class NpmSuite:
    """A package's own suite: what it needs not install, where its sources name the endpoint, how it is run and reports.

    `folder` is the package in its repository, `copied` what else of the repository goes into the copy, `written` files of ours in it; `tables` is a
    module with the configuration of jest-dynamodb, whose tables the server starts with."""

    def __init__(self, command, report, environment=None, folder=".", without=(), extra=None, replaced=None, sources=(), copied=None, written=None,
                 tables=None, build=None):
        self.command, self.report, self.environment, self.folder = command, report, environment or {}, folder
        self.without, self.extra, self.replaced, self.sources = set(without), extra or {}, replaced or {}, sources
        self.copied, self.written, self.tables, self.build = copied or {}, written or {}, tables, build

    def __call__(self, options, copy, totals):
        home = copy  # the folder alone: a workspace around it would want its own packages
        leave_out = shutil.ignore_patterns(".git", "node_modules")
        shutil.copytree(os.path.join(options.checkout, self.folder), home, dirs_exist_ok=True, ignore=leave_out)
        for target, folder in self.copied.items():
            shutil.copytree(os.path.join(options.checkout, folder), os.path.join(home, target), dirs_exist_ok=True, ignore=leave_out)
        npm_install(home, None, without=self.without, extra=self.extra)
        for path, text in self.written.items():
            with open(os.path.join(home, path), "w") as out:
                out.write(text)
        flags = []
        if self.tables:
            fixture = os.path.join(home, "tables.json")
            with open(fixture, "w") as out:
                subprocess.run(["node", "-p", "JSON.stringify(require('./%s'))" % self.tables], cwd=home, stdout=out, check=True)
            flags = ["--fixtures", fixture]
        with Server(*flags) as server:
            port = server.endpoint.rsplit(":", 1)[1]
            fill = {"ENDPOINT": server.endpoint, "PORT": port}
            for folder in self.sources:
                for at, _, names in os.walk(os.path.join(home, folder)):
                    for name in names:
                        replace_in(os.path.join(at, name), {old: new.format(**fill) for old, new in self.replaced.items()})
            environment = dict(os.environ, AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_REGION="us-east-1",
                               **{name: value.format(**fill) for name, value in self.environment.items()})
            if self.build:
                subprocess.run(self.build, cwd=home, env=environment, stdout=subprocess.DEVNULL, check=False)
            if self.report == "mocha":
                run_mocha(self.command, home, environment, options, options.suite, totals)
                return
            result = os.path.join(options.log, options.suite + ".json")
            command = [word.format(RESULT=result) for word in self.command]
            with open(os.path.join(options.log, options.suite + ".log"), "w") as log:
                subprocess.run(command, cwd=home, env=environment, stdout=log, stderr=subprocess.STDOUT, check=False)
            (read_tap if self.report == "tap" else read_jest)(log.name if self.report == "tap" else result, totals)


def replace_in(path, replaced):
    try:
        with open(path, encoding="utf-8") as text:
            source = text.read()
    except UnicodeDecodeError:
        return
    changed = source
    for old, new in replaced.items():
        changed = changed.replace(old, new)
    if changed != source:
        with open(path, "w", encoding="utf-8") as out:
            out.write(changed)


def npm_install(copy, only, without=frozenset(), extra=None):
    if os.path.exists(os.path.join(copy, "node_modules")):
        return  # a copy that was kept
    path = os.path.join(copy, "package.json")
    with open(path) as text:
        package = json.load(text)
    for kind in ("dependencies", "devDependencies"):
        package[kind] = {name: version for name, version in package.get(kind, {}).items()
                         if name not in without and (only is None or name in only)}
    package.pop("peerDependencies", None)  # of a workspace they name its own packages
    package["devDependencies"].update(extra or {})
    package.pop("scripts", None)
    with open(path, "w") as out:
        json.dump(package, out)
    for lock in ("package-lock.json", "npm-shrinkwrap.json"):
        if os.path.exists(os.path.join(copy, lock)):
            os.remove(os.path.join(copy, lock))
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--legacy-peer-deps", "--loglevel=error"], cwd=copy, check=True)
