"""The stories use the shipped pytest helper as a user's own tests would; only the server is held to stricter rules."""

import os
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))

from fickle_server import SAMPLES, ServerUnderTest  # noqa: E402  (the path above comes first)

pytest_plugins = ["fickledb_pytest"]


@pytest.fixture(scope="session")
def fickledb_endpoint():
    """A server with the three samples for the whole run, unless FICKLEDB_ENDPOINT names one that has them."""
    if "FICKLEDB_ENDPOINT" in os.environ:
        yield os.environ["FICKLEDB_ENDPOINT"]
        return
    with ServerUnderTest("--fixtures", SAMPLES) as one:
        yield one.endpoint


@pytest.fixture
def dynamodb(fickle):
    return fickle.resource()
