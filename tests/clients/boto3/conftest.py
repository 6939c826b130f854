"""One server with the three samples for the whole run; every test begins as just after they were loaded."""

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))

from fickle_server import SAMPLES, ServerUnderTest  # noqa: E402


@pytest.fixture(scope="session")
def server():
    with ServerUnderTest("--fixtures", SAMPLES) as one:
        yield one


@pytest.fixture
def fickle(server):
    one = server.fickle()
    one.reset()
    return one


@pytest.fixture
def dynamodb(fickle):
    return fickle.resource()
