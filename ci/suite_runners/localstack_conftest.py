"""pytest's fixtures and the modules that LocalStack's DynamoDB tests import, so that they run against any endpoint, and a comparison with the
answers of the service that the suite keeps in its *.snapshot.json files. Copied beside the tests by ci/suites; FICKLE_ENDPOINT names the server.

Recorded texts hold placeholders (`<table-name:1>`, `datetime`, account 111111111111): these stand for anything. Headers are not compared.
"""
import contextlib
import datetime
import glob
import importlib.machinery
import json
import os
import re
import sys
import time
import types
import unittest.mock
import uuid

import boto3
import pytest
from botocore.exceptions import ClientError

ENDPOINT = os.environ["FICKLE_ENDPOINT"]
HERE = os.path.dirname(os.path.abspath(__file__))
ANYTHING = {"datetime", "timestamp", "starting-sequence-number", "sequence-number", "shard-id", "event-id"}


class Module(types.ModuleType):
    """A module of LocalStack's: whatever a test that is left out would want of it is a mock."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return unittest.mock.MagicMock(name=name)


def define(name, **members):
    parent, _, child = name.rpartition(".")
    if parent and parent not in sys.modules:
        define(parent)
    module = Module(name)
    module.__path__ = []
    module.__spec__ = importlib.machinery.ModuleSpec(name, None)
    vars(module).update(members)
    sys.modules[name] = module
    if parent:
        setattr(sys.modules[parent], child, module)


def eventually(check, **_):
    for _ in range(200):
        if check():
            return True
        time.sleep(0.02)
    return False


def retry(check, retries=3, **arguments):
    for name in ("sleep", "sleep_before"):
        arguments.pop(name, None)
    for attempt in range(int(retries) + 1):
        try:
            return check(**arguments)
        except Exception:
            if attempt == int(retries):
                raise
            time.sleep(0.02)


def create_table(table_name, partition_key, client, stream_view_type=None, **_):
    stream = {"StreamSpecification": {"StreamEnabled": True, "StreamViewType": stream_view_type}} if stream_view_type else {}
    return client.create_table(TableName=table_name, KeySchema=[{"AttributeName": partition_key, "KeyType": "HASH"}],
                               AttributeDefinitions=[{"AttributeName": partition_key, "AttributeType": "S"}],
                               ProvisionedThroughput={"ReadCapacityUnits": 10, "WriteCapacityUnits": 10}, **stream)


def list_all(page_function, last_token_attr_name, list_attr_name, next_token_attr_name=None):
    found, token = [], None
    while True:
        page = page_function({next_token_attr_name or last_token_attr_name: token} if token else {})
        found += page[list_attr_name]
        token = page.get(last_token_attr_name)
        if not token:
            return found


def stream_arn(table_name, latest_stream_label, account_id, region_name):
    return "arn:aws:dynamodb:%s:%s:table/%s/stream/%s" % (region_name, account_id, table_name, latest_stream_label)


def kinesis_arn(stream_name, account_id="000000000000", region_name="us-east-1", **_):
    return "arn:aws:kinesis:%s:%s:stream/%s" % (region_name, account_id, stream_name)


class OtherService:
    """What a test asks of Kinesis and KMS, which are not there: names are enough, and what KMS would say is not compared."""

    def describe_stream(self, StreamName):
        return {"StreamDescription": {"StreamARN": kinesis_arn(StreamName)}}

    def describe_key(self, **_):
        return self


class Markers:
    """Only what was validated against the service is run."""

    class aws:
        validated = pytest.mark.validated
        needs_fixing = unknown = only_localstack = manual_setup_required = pytest.mark.skip(reason="not recorded of the service")

    class snapshot:
        @staticmethod
        def skip_snapshot_verify(*_, **__):  # where LocalStack differs from the service
            return pytest.mark.recorded

    def __getattr__(self, name):
        return getattr(pytest.mark, name)


class NoTransformer:
    def __init__(self, *_, **__):
        pass

    def __getattr__(self, _):
        return NoTransformer()

    def __call__(self, *_, **__):
        return []

    def transform(self, content, **_):
        return content


def short_uid():
    return uuid.uuid4().hex[:8]


SYNC = {"poll_condition": eventually, "wait_until": eventually, "retry": retry}
TEXTS = {"short_uid": short_uid, "long_uid": lambda: str(uuid.uuid4()), "json_safe": lambda value: json.loads(json.dumps(value, default=str))}
VIEWS = types.SimpleNamespace(**{name: name for name in ("NEW_AND_OLD_IMAGES", "NEW_IMAGE", "OLD_IMAGE", "KEYS_ONLY")})
define("localstack_snapshot.snapshots.transformer", SortingTransformer=NoTransformer)
define("localstack_snapshot.snapshots.transformer_utility", TransformerUtility=NoTransformer())
define("localstack.config", DDB_STREAMS_PROVIDER_V2=True)
define("localstack.aws.api.dynamodb", PointInTimeRecoverySpecification=dict, StreamSpecification=dict, StreamViewType=VIEWS)
define("localstack.constants", AWS_REGION_US_EAST_1="us-east-1")
define("localstack.services.dynamodbstreams.dynamodbstreams_api")
define("localstack.testing.aws.lambda_utils")
define("localstack.testing.aws.util", is_aws_cloud=lambda: False)
define("localstack.testing.pytest", markers=Markers())
define("localstack.utils.testutil", list_all_resources=list_all)
define("localstack.utils.aws.arns", dynamodb_stream_arn=stream_arn, kinesis_stream_arn=kinesis_arn)
define("localstack.utils.aws.queries")
define("localstack.utils.aws.resources", create_dynamodb_table=create_table)
define("localstack.utils.common", **SYNC, **TEXTS)
define("localstack.utils.strings", **TEXTS)
define("localstack.utils.sync", **SYNC)
define("tests.aws.services.kinesis.test_kinesis")
define("aws_cdk")

RECORDED = {}
for snapshots in glob.glob(os.path.join(HERE, "tests", "**", "*.snapshot.json"), recursive=True):
    with open(snapshots) as text:
        RECORDED.update(json.load(text))


def plain(value):
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items() if name != "HTTPHeaders"}
    if isinstance(value, (list, tuple)):
        return [plain(element) for element in value]
    if isinstance(value, BaseException):
        return str(value)
    if isinstance(value, datetime.datetime):
        return "datetime"
    if isinstance(value, (bytes, bytearray)):
        return str(bytes(value))
    return value


def differences(recorded, answered, path):
    if isinstance(recorded, dict) and isinstance(answered, dict):
        if path.endswith("ResponseMetadata"):
            names = {"HTTPStatusCode"}
        else:
            names = {name for name in recorded if not name.startswith("<")} | set(answered)
            if any(name.startswith("<") for name in recorded):  # a member named by a placeholder may be any of them
                names &= set(recorded)
        for name in sorted(names):
            if name not in answered:
                yield "%s.%s is missing" % (path, name)
            elif name not in recorded:
                yield "%s.%s is not recorded: %.200s" % (path, name, answered[name])
            else:
                yield from differences(recorded[name], answered[name], "%s.%s" % (path, name))
    elif isinstance(recorded, list) and isinstance(answered, list):
        if len(recorded) != len(answered):
            yield "%s has %d elements, not %d" % (path, len(answered), len(recorded))
        for position, (left, right) in enumerate(zip(recorded, answered)):
            yield from differences(left, right, "%s[%d]" % (path, position))
    elif isinstance(recorded, str) and recorded not in ANYTHING:
        pattern = ".*".join(re.escape(part) for part in re.split(r"<[^<>]*>|111111111111", recorded))
        if not re.fullmatch(pattern, str(answered), re.DOTALL):
            yield "%s: recorded %r, answered %r" % (path, recorded, answered)
    elif not isinstance(recorded, str) and recorded != answered:
        yield "%s: recorded %r, answered %r" % (path, recorded, answered)


class Snapshot:
    transform = NoTransformer()

    def __init__(self, test):
        self.recorded = RECORDED.get(test, {}).get("recorded-content", {})
        self.found = []

    def add_transformer(self, *_, **__):
        pass

    add_transformers_list = add_transformer

    def match(self, name, answered):
        if isinstance(answered, OtherService):
            return
        if name in self.recorded:
            self.found += differences(self.recorded[name], plain(answered), name)
        else:
            self.found.append(name + " is not recorded")


@pytest.fixture
def snapshot(request):
    compared = Snapshot(request.node.nodeid)
    yield compared
    if compared.found:
        pytest.fail("; ".join(compared.found))


def clients(region_name="us-east-1", config=None, **_):
    named = {name: boto3.client(name, region_name=region_name, endpoint_url=ENDPOINT, config=config, aws_access_key_id="000000000000",
                                aws_secret_access_key="secret") for name in ("dynamodb", "dynamodbstreams")}
    return types.SimpleNamespace(kinesis=OtherService(), kms=OtherService(), **named)


@pytest.fixture
def aws_client():
    return clients()


@pytest.fixture
def aws_client_factory():
    return clients


@pytest.fixture
def cleanups():
    steps = []
    yield steps
    for step in reversed(steps):
        with contextlib.suppress(ClientError):  # mostly: gone already
            step()


@pytest.fixture
def dynamodb_wait_for_table_active(aws_client):
    return lambda table_name, client=None: eventually(
        lambda: (client or aws_client.dynamodb).describe_table(TableName=table_name)["Table"]["TableStatus"] == "ACTIVE")


@pytest.fixture
def dynamodb_create_table_with_parameters(aws_client):
    return lambda TableName=None, **body: aws_client.dynamodb.create_table(TableName=TableName or "table-" + short_uid(), **body)


@pytest.fixture
def dynamodb_create_table(aws_client):
    return lambda table_name=None, partition_key="id", **more: create_table(table_name or "table-" + short_uid(), partition_key,
                                                                           **{"client": aws_client.dynamodb, **more})


@pytest.fixture
def wait_for_dynamodb_stream_ready():
    return lambda *_, **__: True


@pytest.fixture
def wait_for_stream_ready():
    return lambda *_, **__: True


@pytest.fixture
def kinesis_create_stream():
    return lambda **_: "stream-" + short_uid()


@pytest.fixture
def infrastructure_setup():
    pytest.skip("its table is made by CloudFormation")


@pytest.fixture
def account_id():
    return "000000000000"


@pytest.fixture
def region_name():
    return "us-east-1"


@pytest.fixture
def secondary_region_name():
    return "us-west-2"
