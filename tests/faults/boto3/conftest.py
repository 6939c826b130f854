"""One server for the file; each test starts from its baseline: a table `orders` with one item written twice."""

import pathlib
import sys

import pytest
from botocore.config import Config

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))

from fickle_server import ServerUnderTest  # noqa: E402  (the path above comes first)

MODES = ("legacy", "standard", "adaptive")
ORDERS = {"TableName": "orders", "BillingMode": "PAY_PER_REQUEST",
          "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
          "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}]}


@pytest.fixture(scope="session")
def server():
    with ServerUnderTest() as one:
        yield one


@pytest.fixture
def fickle(server):
    one = server.fickle()
    one.reset()
    return one


@pytest.fixture(params=MODES)
def mode(request):
    return request.param


def client_of(fickle, mode, attempts=4, **options):
    retries = {"mode": mode, "total_max_attempts": attempts}
    options.setdefault("read_timeout", 2)
    return fickle.client(config=Config(retries=retries, connect_timeout=2, **options))


@pytest.fixture
def dynamodb(fickle, mode):
    """A client in each retry mode, four attempts at most, beside the table and its item."""
    client = client_of(fickle, mode)
    client.create_table(**ORDERS)
    client.put_item(TableName="orders", Item={"pk": {"S": "a"}, "n": {"N": "1"}})
    return client


class Invocation:
    """What one call of the client was on the wire."""

    def __init__(self, fickle):
        last = fickle.call("GET", "/invocations")["invocations"][-1]
        self.attempts = len(last["attempts"])
        self.statuses = [attempt["status"] for attempt in last["attempts"]]
        self.gaps = [attempt["gapMs"] for attempt in last["attempts"][1:]]
        self.outcome = last["outcome"]


@pytest.fixture
def last(fickle):
    return lambda: Invocation(fickle)
