"""The pytest fixtures: put this folder on the PYTHONPATH and `pytest_plugins = ["fickledb_pytest"]` into conftest.py.

FICKLEDB_ENDPOINT names a running server (a CI service container, say); without it one is started for the session, with
`fickledb_flags` of pytest.ini. Every pytest-xdist worker has a universe of its own, so workers never see each other.
Each test begins with the universe as just after the fixtures were loaded, and ends with a look at its faults: one that
was set and never fired fails the test, unless the test is marked `@pytest.mark.fickle_unverified`.
"""

import os
import shlex

import pytest

from fickledb import Fickle, Server


def pytest_addoption(parser):
    parser.addini("fickledb_flags", "flags for the server that is started: --fixtures samples --seed 7", default="")


def pytest_configure(config):
    config.addinivalue_line("markers", "fickle_unverified: faults of this test need not fire")


def universe_of_worker():
    """FICKLEDB_UNIVERSE where somebody looks on from there (`fickledb sweep`); else gw0, gw1 ... under pytest-xdist; else the
    universe that a client without any setting meets."""
    return os.environ.get("FICKLEDB_UNIVERSE") or os.environ.get("PYTEST_XDIST_WORKER", "default")


@pytest.fixture(scope="session")
def fickledb_endpoint(request):
    endpoint = os.environ.get("FICKLEDB_ENDPOINT")
    if endpoint:
        yield endpoint
        return
    with Server("--isolate", "access-key", *shlex.split(request.config.getini("fickledb_flags"))) as server:
        yield server.endpoint


@pytest.fixture
def fickle(request, fickledb_endpoint, monkeypatch):
    """This worker's universe, fresh. Programs under test find it by their environment, clients by `fickle.client()`."""
    one = Fickle(fickledb_endpoint, universe_of_worker())
    one.reset()
    one.marker(request.node.nodeid)
    for name, value in one.environment().items():
        monkeypatch.setenv(name, value)
    yield one
    if request.node.get_closest_marker("fickle_unverified") is None:
        one.verify()
