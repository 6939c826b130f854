"""What ci/helpers/python promises, each promise once, with pytest itself and boto3."""

import datetime
import os
import threading

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from fickledb import Fickle, FickleError, Server

THROTTLE_ONE_PUT = {"when": {"operation": "PutItem"}, "schedule": {"times": 1}, "effect": {"throttle": {}}}


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_begins_with_the_data_as_loaded(fickle, turn):
    users = fickle.resource().Table("users")
    assert "Item" not in users.get_item(Key={"id": "left-behind"}), "the other turn's item is gone"
    users.put_item(Item={"id": "left-behind"})


def test_a_program_that_knows_only_its_environment_meets_the_same_universe(fickle):
    program = boto3.client("dynamodb", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
    program.put_item(TableName="users", Item={"id": {"S": "from-the-program"}})
    assert fickle.resource().Table("users").get_item(Key={"id": "from-the-program"})["Item"]


def test_a_fault_holds_within_its_block_and_must_fire(fickle):
    users = fickle.resource(config=Config(retries={"max_attempts": 2, "mode": "standard"})).Table("users")
    with fickle.fault(THROTTLE_ONE_PUT) as fault:
        users.put_item(Item={"id": "retried"})
        assert fault.fired == 1
    assert fickle.faults() == []
    fickle.verify_requests({"operation": "PutItem"}, count={"exactly": 2})
    with pytest.raises(AssertionError, match="PutItem|exactly|count"):
        fickle.verify_requests({"operation": "PutItem"}, count={"exactly": 7})

    with pytest.raises(AssertionError, match="'never' never fired; it matched 0 requests"):
        with fickle.fault({**THROTTLE_ONE_PUT, "name": "never"}):
            users.get_item(Key={"id": "retried"})
    with fickle.fault(THROTTLE_ONE_PUT, must_fire=False):
        pass
    assert fickle.faults() == []


def test_a_fault_block_that_fails_for_its_own_reason_keeps_that_reason(fickle):
    with pytest.raises(ZeroDivisionError):
        with fickle.fault(THROTTLE_ONE_PUT):
            1 / 0
    assert fickle.faults() == []


def test_a_refused_rule_says_where_it_is_wrong(fickle):
    with pytest.raises(FickleError) as refusal:
        fickle.add_fault({"schedual": {}, "effect": {"throttle": {}}})
    assert refusal.value.status == 400 and refusal.value.problem["pointer"] == "/schedual"


def test_who_is_held_goes_on_when_released(fickle):
    users = fickle.resource().Table("users")
    done = threading.Event()

    def put():
        users.put_item(Item={"id": "held"})
        done.set()

    with fickle.fault({"when": {"operation": "PutItem"}, "schedule": {"times": 1}, "effect": {"hold": {"atMost": "20s"}}}) as fault:
        thread = threading.Thread(target=put)
        thread.start()
        for _ in range(2000):
            if fault.fired:
                break
        assert not done.is_set()
        fault.release()
        thread.join(15)
        assert done.is_set()


def test_the_clock_moves_and_stands_still(fickle):
    fickle.clock.freeze()
    before = fickle.clock.now()
    assert fickle.clock.now() == before
    after = fickle.clock.advance("1h30m")
    parse = datetime.datetime.fromisoformat
    assert parse(after.replace("Z", "+00:00")) - parse(before.replace("Z", "+00:00")) == datetime.timedelta(minutes=90)
    assert fickle.clock.set("2030-01-01T00:00:00Z").startswith("2030-01-01T00:00:00")
    fickle.clock.resume()


def test_snapshots_documents_and_models(fickle):
    fickle.load({"fickle": 1, "tables": [{"TableName": "notes", "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                                          "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                                          "BillingMode": "PAY_PER_REQUEST", "items": [{"id": "n-1", "text": "kept"}]}]})
    notes = fickle.resource().Table("notes")
    notes.put_item(Item={"id": "n-2"})
    fickle.snapshot("two")
    notes.delete_item(Key={"id": "n-1"})
    fickle.reset(to="two")
    assert sorted(item["id"] for item in notes.scan()["Items"]) == ["n-1", "n-2"]
    fickle.simulate(consistency={"reads": {"lag": "1h"}})
    notes.put_item(Item={"id": "n-3"})
    assert "Item" not in notes.get_item(Key={"id": "n-3"})
    assert "Item" in notes.get_item(Key={"id": "n-3"}, ConsistentRead=True)


def test_two_universes_do_not_see_each_other(fickle):
    mine, other = fickle, Fickle(fickle.endpoint, "other")
    other.reset()
    mine.resource().Table("users").put_item(Item={"id": "mine"})
    assert "Item" not in other.resource().Table("users").get_item(Key={"id": "mine"})
    with other.fault({"when": {"operation": "GetItem"}, "effect": {"error": {"code": "InternalServerError"}}}, must_fire=False):
        assert mine.resource().Table("users").get_item(Key={"id": "mine"})["Item"]
        with pytest.raises(ClientError):
            other.resource(config=Config(retries={"max_attempts": 1})).Table("users").get_item(Key={"id": "mine"})


def test_the_journal_carries_the_name_of_the_test(fickle, request):
    fickle.client().list_tables()
    assert {entry["marker"] for entry in fickle.requests(operation="ListTables")} == {request.node.nodeid}


def test_a_server_that_cannot_start_says_why():
    with pytest.raises(RuntimeError, match="no-such-flag"):
        Server("--no-such-flag").start()


def test_a_test_whose_fault_never_fired_fails_after_it_unless_it_is_marked(fickledb_endpoint, pytester, monkeypatch):
    monkeypatch.setenv("FICKLEDB_ENDPOINT", fickledb_endpoint)
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "inner")
    pytester.makeconftest('pytest_plugins = ["fickledb_pytest"]')
    pytester.makepyfile("""
        import pytest
        RULE = {"name": "asleep", "when": {"operation": "PutItem"}, "effect": {"throttle": {}}}
        def test_forgotten(fickle):
            fickle.add_fault(RULE)
        @pytest.mark.fickle_unverified
        def test_marked(fickle):
            assert fickle.universe == "inner" and fickle.faults() == []
            fickle.add_fault(RULE)
    """)
    result = pytester.runpytest_subprocess("-q", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*AssertionError*asleep*"])
