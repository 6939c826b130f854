"""Faults on requests for one item, as botocore's legacy, standard and adaptive modes take them."""

import threading
import time

import botocore.exceptions
import pytest
from botocore.exceptions import ClientError

KEY = {"TableName": "orders", "Key": {"pk": {"S": "a"}}}
COUNT = dict(KEY, UpdateExpression="SET n = n + :one", ExpressionAttributeValues={":one": {"N": "1"}})
ONCE = {"times": 1}


def number(client, **options):
    return client.get_item(ConsistentRead=True, **KEY, **options)["Item"]["n"]["N"]


def code_of(call, **arguments):
    with pytest.raises(ClientError) as refused:
        call(**arguments)
    return refused.value.response["Error"]["Code"], refused.value.response


# Faults that the SDK's retry hides: the second attempt succeeds. `done`: the first was carried out all the same.
HIDDEN = {
    "throttle": ({"effect": {"throttle": {}}}, False),
    "throttle on demand": ({"effect": {"throttle": {"kind": "on-demand"}}}, False),
    "500 before the commit": ({"effect": {"error": {"code": "InternalServerError"}}}, False),
    "500 after the commit": ({"effect": {"error": {"code": "InternalServerError"}}, "at": "afterCommit"}, True),
    "503": ({"effect": {"error": {"code": "ServiceUnavailable"}}}, False),
    "502 of a proxy": ({"effect": {"http": {"status": 502, "body": "<html>bad gateway</html>"}}}, False),
    "502 of a proxy, though it was done": ({"effect": {"http": {"status": 502, "body": "<html>bad gateway</html>"}},
                                            "at": "afterCommit"}, True),
    "reset": ({"effect": {"connection": "reset"}}, False),
    "lost answer": ({"effect": {"connection": "reset"}, "at": "afterCommit"}, True),
    "close": ({"effect": {"connection": "close"}}, False),
    "garbage": ({"effect": {"connection": "garbage"}}, False),
    "hang": ({"effect": {"connection": "hang"}}, False),
    "bad checksum": ({"effect": {"connection": "badChecksum"}}, True),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_retry_hides_it(fickle, dynamodb, last, name):
    rule, done = HIDDEN[name]
    with fickle.fault({"name": "once", "when": {"operation": "UpdateItem"}, "schedule": ONCE, **rule}):
        dynamodb.update_item(**COUNT)
    call = last()
    assert (call.attempts, call.outcome) == (2, "success")
    assert number(dynamodb) == ("3" if done else "2")
    entries = [entry["applied"] for entry in fickle.requests(operation="UpdateItem")]
    assert entries == [done, True]
    fickle.verify_requests({"operation": "UpdateItem"}, count={"exactly": 2})


def test_a_throttle_says_why(fickle, dynamodb):
    with fickle.fault({"effect": {"throttle": {"kind": "key-range"}}, "when": {"table": "orders"}}):
        code, response = code_of(dynamodb.get_item, **KEY)
    assert code == "ProvisionedThroughputExceededException"
    assert response["ResponseMetadata"]["HTTPHeaders"]["x-fickle-fired"]


def test_legacy_does_not_retry_a_request_limit_of_status_400(fickle, dynamodb, mode, last):
    with fickle.fault({"when": {"operation": "GetItem"}, "effect": {"throttle": {"kind": "account"}}, "schedule": ONCE}):
        if mode == "legacy":
            assert code_of(dynamodb.get_item, **KEY)[0] == "RequestLimitExceeded"
        else:
            dynamodb.get_item(**KEY)
    assert last().attempts == (1 if mode == "legacy" else 2)


def test_attempts_are_bounded_by_the_mode(fickle, dynamodb, mode, last):
    with fickle.fault({"when": {"operation": "GetItem"}, "effect": {"throttle": {}}}) as fault:
        assert code_of(dynamodb.get_item, **KEY)[0] == "ProvisionedThroughputExceededException"
        assert fault.fired == 4
    call = last()
    assert call.attempts == 4
    if mode == "legacy":  # 50 ms x 2^n, no jitter
        assert [gap >= wait for gap, wait in zip(call.gaps, (50, 100, 200))] == [True] * 3
        fickle.verify_requests({"operation": "GetItem"}, count={"exactly": 4}, backoff={"atLeast": "50ms", "nonDecreasing": True})


def test_each_call_is_throttled_twice(fickle, dynamodb, last):
    with fickle.fault({"preset": "throttle-twice", "when": {"operation": "GetItem"}}):
        for _ in range(2):
            dynamodb.get_item(**KEY)
            assert last().statuses == [400, 400, 200]


@pytest.mark.parametrize("code", ["ValidationException", "AccessDeniedException", "ResourceNotFoundException"])
def test_what_no_retry_mends_is_not_retried(fickle, dynamodb, last, code):
    with fickle.fault({"when": {"operation": "GetItem"}, "effect": {"error": {"code": code}}}):
        assert code_of(dynamodb.get_item, **KEY)[0] == code
    assert last().attempts == 1


def test_a_condition_fails_with_the_true_item(fickle, dynamodb, last):
    put = {"TableName": "orders", "Item": {"pk": {"S": "a"}, "n": {"N": "9"}}}
    with fickle.fault({"effect": {"conditionalCheckFailure": {}}}):
        dynamodb.put_item(**put)  # no condition, nothing to fail
        code, _ = code_of(dynamodb.put_item, ConditionExpression="attribute_exists(pk)", **put)
    assert code == "ConditionalCheckFailedException"
    assert last().attempts == 1


def test_a_rival_makes_the_condition_fail_honestly(fickle, dynamodb, last):
    guarded = dict(COUNT, ConditionExpression="n = :read",
                   ExpressionAttributeValues={":one": {"N": "1"}, ":read": {"N": "1"}})
    with fickle.fault({"when": {"operation": "UpdateItem"}, "schedule": ONCE,
                       "effect": {"contend": {"update": {"UpdateExpression": "SET n = :r",
                                                         "ExpressionAttributeValues": {":r": {"N": "41"}}}}}}):
        assert code_of(dynamodb.update_item, **guarded)[0] == "ConditionalCheckFailedException"
        dynamodb.update_item(**COUNT)
    assert number(dynamodb) == "42"
    assert fickle.requests(operation="UpdateItem")[0]["effective"] is True


def test_a_single_write_meets_a_transaction(fickle, dynamodb, last):
    with fickle.fault({"effect": {"transactionConflict": {}}}):
        assert code_of(dynamodb.update_item, **COUNT)[0] == "TransactionConflictException"
    assert last().attempts == 1


def test_an_eventually_consistent_read_sees_the_past(fickle, dynamodb):
    with fickle.fault({"effect": {"staleRead": {"versions": 1}}, "when": {"operation": "GetItem"}}):
        dynamodb.update_item(**COUNT)
        assert dynamodb.get_item(**KEY)["Item"]["n"]["N"] == "1"
        assert number(dynamodb) == "2"
    assert dynamodb.get_item(**KEY)["Item"]["n"]["N"] == "2"


def test_a_deletion_is_a_version_too(fickle, dynamodb):
    with fickle.fault({"effect": {"staleRead": {}}}):
        dynamodb.delete_item(**KEY)
        assert dynamodb.get_item(**KEY)["Item"]["n"]["N"] == "1"
        assert "Item" not in dynamodb.get_item(ConsistentRead=True, **KEY)


def test_reads_lag_behind(fickle, dynamodb):
    fickle.clock.freeze()
    fickle.clock.advance("1m")
    fickle.simulate(consistency={"reads": {"lag": "10s"}})
    dynamodb.update_item(**COUNT)
    assert dynamodb.get_item(**KEY)["Item"]["n"]["N"] == "1"
    fickle.clock.advance("10s")
    assert dynamodb.get_item(**KEY)["Item"]["n"]["N"] == "2"


def test_an_answer_comes_later(fickle, dynamodb, last):
    with fickle.fault({"effect": {"latency": "150ms"}, "when": {"operation": "GetItem"}}):
        begun = time.monotonic()
        dynamodb.get_item(**KEY)
        assert time.monotonic() - begun >= 0.15
    assert last().attempts == 1


def test_a_held_request_goes_on_when_released(fickle, dynamodb):
    with fickle.fault({"name": "gate", "effect": {"hold": {}}, "when": {"operation": "UpdateItem"}}) as gate:
        waiter = threading.Thread(target=dynamodb.update_item, kwargs=COUNT)
        waiter.start()
        deadline = time.monotonic() + 5
        while fickle.faults()[0]["waiting"] == 0:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        assert number(dynamodb) == "1"  # not evaluated yet
        gate.release()
        waiter.join()
    assert number(dynamodb) == "2"


def test_a_wrong_clock_is_refused_and_told(fickle, dynamodb, last):
    with fickle.fault({"effect": {"clockSkew": "1h"}, "when": {"operation": "GetItem"}}):
        code, response = code_of(dynamodb.get_item, **KEY)
    assert code == "InvalidSignatureException"
    assert response["Error"]["Message"].startswith("Signature expired: ")
    assert last().attempts == 1  # botocore does not correct its clock


def test_a_cut_answer(fickle, dynamodb, mode, last):
    with fickle.fault({"effect": {"connection": {"truncate": 10}}, "when": {"operation": "GetItem"}, "schedule": ONCE}):
        try:
            dynamodb.get_item(**KEY)
            outcome = "success"
        except botocore.exceptions.BotoCoreError as error:
            outcome = type(error).__name__
        except Exception as error:  # urllib3's own, which botocore lets through
            outcome = type(error).__name__
    assert (last().attempts, outcome) == TRUNCATED[mode]


def test_an_answer_comes_drop_by_drop_and_is_whole(fickle, dynamodb, last):
    with fickle.fault({"effect": {"connection": {"drip": 200}}, "when": {"operation": "GetItem"}}):
        begun = time.monotonic()
        answer = dynamodb.get_item(ConsistentRead=True, **KEY)
        took = time.monotonic() - begun
    length = int(answer["ResponseMetadata"]["HTTPHeaders"]["content-length"])
    assert answer["Item"] == {"pk": {"S": "a"}, "n": {"N": "1"}}
    assert took >= 0.8 * length / 200
    assert (last().attempts, last().outcome) == (1, "success")


def test_expired_credentials_are_not_tried_again(fickle, dynamodb, last):
    with fickle.fault({"preset": "expired-credentials"}):
        code, response = code_of(dynamodb.update_item, **COUNT)
    assert code == "ExpiredTokenException"
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert (last().attempts, number(dynamodb)) == (1, "1")


# How each mode ends when the answer breaks off in the middle.
TRUNCATED = {"legacy": (2, "success"), "standard": (2, "success"), "adaptive": (2, "success")}


def test_a_refused_port_is_retried_until_it_opens(fickle, dynamodb, last):
    with fickle.fault({"effect": {"connection": {"refuse": {"for": "100ms"}}}, "when": {"operation": "GetItem"}, "schedule": ONCE}):
        deadline = time.monotonic() + 10
        while True:
            try:
                dynamodb.get_item(**KEY)
                break
            except botocore.exceptions.HTTPClientError:
                assert time.monotonic() < deadline


def test_a_one_off_needs_no_rule(fickle, dynamodb, last):
    def ask(request, **_):
        request.headers["X-Fickle-Fault"] = '{"error":{"code":"LimitExceededException"},"force":true}'

    dynamodb.meta.events.register("before-sign.dynamodb.GetItem", ask)
    code, response = code_of(dynamodb.get_item, **KEY)
    assert code == "ValidationException"  # force goes with the long form
    dynamodb.meta.events.unregister("before-sign.dynamodb.GetItem", ask)
    assert "Item" in dynamodb.get_item(**KEY)
