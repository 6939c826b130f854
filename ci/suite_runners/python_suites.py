"""Suites in pytest: ScyllaDB's Alternator, moto, PynamoDB, LocalStack."""
import os
import re
import shutil
import subprocess

from suite_runners.reports import read_junit
from suite_runners.server import PYTHON, ROOT, Server

# Files of test/alternator about Scylla's own: CQL, tablets, audit, service levels, system tables, its REST API, its TLS and configuration,
# how it keeps items, the cache of its expressions, its vectors (an interface of its own), its write isolation, its exceptions.
SCYLLA_ONLY = {"cql_rbac", "cql_schema", "tablets", "streams_tablets", "audit", "service_levels", "system_tables", "tracing", "logs",
               "metrics", "vector", "scylla", "write_isolation", "expression_caching", "encoding", "no_exception", "https"}
SHIMS = {
    "test/__init__.py": "",
    "test/conftest.py": "def dynamic_scope():\n    return 'module'\n",
    "test/cqlpy/__init__.py": "",
    "test/cqlpy/conftest.py": "import pytest\n@pytest.fixture(scope='module')\ndef host():\n    return '127.0.0.1'\n",
    "test/pylib/__init__.py": "",
    "test/pylib/driver_utils.py": "def safe_driver_shutdown(*args):\n    pass\n",
    "test/pylib/skip_types.py": "import pytest\ndef skip_env(reason=''):\n    pytest.skip(reason)\nskip_bug = skip_env\n",
    "test/pylib/connect_options.py": "def add_host_option(parser):\n    pass\n",
    "cassandra/__init__.py": "class ConsistencyLevel: pass\nclass InvalidRequest(Exception): pass\n",
    "cassandra/cluster.py": "class NoHostAvailable(Exception): pass\nclass ConsistencyLevel: pass\nclass ExecutionProfile: pass\nEXEC_PROFILE_DEFAULT = None\nclass Cluster:\n    def __init__(self, *a, **k):\n        raise NoHostAvailable()\n",
    "cassandra/auth.py": "class PlainTextAuthProvider:\n    def __init__(self, **k):\n        pass\n",
    "cassandra/policies.py": "class RoundRobinPolicy: pass\n",
    "cassandra/query.py": "class SimpleStatement: pass\n",
}


def alternator(options, copy, totals):
    for path, text in SHIMS.items():
        target = os.path.join(copy, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w") as out:
            out.write(text)
    tests = os.path.join(copy, "test", "alternator")
    shutil.copytree(os.path.join(options.checkout, "test", "alternator"), tests, dirs_exist_ok=True)
    with open(os.path.join(tests, "util.py"), "a") as out:
        out.write("\n\ndef is_aws(dynamodb):\n    return True\n")
    conftest = os.path.join(tests, "conftest.py")
    with open(conftest) as text:
        source = text.read().replace("'unknownuser', 'unknownsecret'", "'test', 'test'")  # what --auth verify knows
        source = source.replace("pytest.xfail('A known bug", "pytest.skip('A known bug")  # what the service is known to fail
    with open(conftest, "w") as out:
        out.write(source)
    names = options.files or sorted(name[5:-3] for name in os.listdir(tests) if name.startswith("test_") and name.endswith(".py"))
    names = [name for name in names if options.files or name not in SCYLLA_ONLY]
    names.sort(key=lambda name: name == "limits")  # the heaviest last
    for name in names:
        with Server("--auth", "verify") as server:
            junit = os.path.join(options.log, "alternator-%s.xml" % name)
            command = [PYTHON, "-m", "pytest", "-q", "-x" if options.first else "-q", "--runxfail", "-p", "no:cacheprovider", "-m", "not veryslow", "--timeout=300",
                       "--url=" + server.endpoint, "--junitxml=" + junit, "test/alternator/test_%s.py" % name]
            if options.k:
                command += ["-k", options.k]
            with open(os.path.join(options.log, "alternator-%s.log" % name), "w") as log:
                subprocess.run(command, cwd=copy, stdout=log, stderr=subprocess.STDOUT, env=dict(os.environ, PYTHONPATH=copy), check=False)
            if os.path.exists(junit):
                read_junit(junit, totals)
            else:
                totals.failed += 1
                print("FAILED %s: not run, see %s" % (name, log.name))


# moto without moto: boto3 talks to the server, and what is known of the other services is who is asking.
MOTO_SHIMS = {
    "moto/__init__.py": """
import os
import types
import botocore.session
plain = botocore.session.Session.create_client
def create_client(self, service_name, *args, **kwargs):
    if service_name == "sts":
        return types.SimpleNamespace(get_caller_identity=lambda: {"Account": "000000000000"})
    kwargs["endpoint_url"] = os.environ["FICKLE_ENDPOINT"]
    return plain(self, service_name, *args, **kwargs)
botocore.session.Session.create_client = create_client
def mock_aws(tested=None, **options):
    return tested or (lambda one: one)
class settings:
    TEST_SERVER_MODE = True
""",
    "moto/core/__init__.py": "DEFAULT_ACCOUNT_ID = '000000000000'\n",
    "moto/dynamodb/__init__.py": "dynamodb_backends = None\n",
    "moto/dynamodb/comparisons.py": "",
    "moto/dynamodb/limits.py": "HASH_KEY_MAX_LENGTH = 2048\nRANGE_KEY_MAX_LENGTH = 1024\n",
    "moto/dynamodb/models/__init__.py": "DynamoType = Item = Table = TableExport = None\n",
    "freezegun.py": "def freeze_time(*args):\n    return lambda one: one\n",
    "tests/__init__.py": "def allow_aws_request():\n    return True\n",
}


def run_pytest(arguments, copy, environment, options, name, totals):
    junit = os.path.join(options.log, name + ".xml")
    credentials = {"AWS_ACCESS_KEY_ID": "fake", "AWS_SECRET_ACCESS_KEY": "fake", "AWS_DEFAULT_REGION": "us-east-1"}
    command = [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore", "--junitxml", junit, *arguments]
    if options.k:
        command += ["-k", options.k]
    with open(os.path.join(options.log, name + ".log"), "w") as log:
        subprocess.run(command, cwd=copy, stdout=log, stderr=subprocess.STDOUT, env=dict(os.environ, PYTHONPATH=copy, **credentials, **environment), check=False)
    read_junit(junit, totals)


def moto(options, copy, totals):
    """Only the tests that moto marks as verified against AWS: the others tell what moto does."""
    for path, text in MOTO_SHIMS.items():
        os.makedirs(os.path.dirname(os.path.join(copy, path)), exist_ok=True)
        with open(os.path.join(copy, path), "w") as out:
            out.write(text)
    folder = os.path.join("tests", "test_dynamodb")
    shutil.copytree(os.path.join(options.checkout, folder), os.path.join(copy, folder), dirs_exist_ok=True)
    needs_s3 = ["--ignore-glob=*_%sport_table.py" % kind for kind in ("ex", "im")]
    of_moto = ["--ignore-glob=*%s*" % part for part in ("/models/", "_executor", "_tokenizer", "_dynamodb_expressions", "_validation", "_utils", "_iam_permission", "_account_mode", "_cloudformation", "test_server")]
    with Server() as server:
        run_pytest(["-m", "aws_verified", *needs_s3, *of_moto, folder], copy, {"FICKLE_ENDPOINT": server.endpoint, "MOTO_TEST_ALLOW_AWS_REQUEST": "true"},
                   options, "moto", totals)


def pynamodb(options, copy, totals):
    shutil.copytree(options.checkout, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".git"))
    tests = os.path.join(copy, "tests", "integration")
    for name in ("base_integration_test.py", "table_integration_test.py"):  # DynamoDB refuses a definition that no key uses
        path = os.path.join(tests, name)
        with open(path) as text:
            source = re.sub(r",\s*\{\s*'attribute_type': NUMBER,\s*'attribute_name': 'number'\s*\}", "", text.read())
        with open(path, "w") as out:
            out.write(source)
    with Server("--isolate", "region") as server:  # "*WILL* fail if run against dynamodb-local -sharedDb"
        run_pytest(["tests/integration"], copy, {"PYNAMODB_INTEGRATION_TEST_DDB_URL": server.endpoint}, options, "pynamodb", totals)


def localstack(options, copy, totals):
    folder = os.path.join("tests", "aws", "services")
    for name in ("dynamodb", "dynamodbstreams"):
        shutil.copytree(os.path.join(options.checkout, folder, name), os.path.join(copy, folder, name), dirs_exist_ok=True)
    shutil.copy(os.path.join(ROOT, "ci", "suite_runners", "localstack_conftest.py"), os.path.join(copy, "conftest.py"))
    with Server() as server:
        run_pytest(["--import-mode=importlib", folder], copy, {"FICKLE_ENDPOINT": server.endpoint}, options, "localstack", totals)
