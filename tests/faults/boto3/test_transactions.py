"""Faults on transactions: reasons by position, tokens, conflicts; nothing of a cancelled transaction is written."""

import pytest
from botocore.exceptions import ClientError


def put(key, value, **condition):
    return {"Put": {"TableName": "orders", "Item": {"pk": {"S": key}, "n": {"N": str(value)}}, **condition}}


def cancelled(dynamodb, items, **options):
    with pytest.raises(ClientError) as refused:
        dynamodb.transact_write_items(TransactItems=items, **options)
    return refused.value.response


def codes(response):
    return [reason["Code"] for reason in response["CancellationReasons"]]


def stored(dynamodb, key):
    item = dynamodb.get_item(TableName="orders", Key={"pk": {"S": key}}, ConsistentRead=True).get("Item")
    return item and item["n"]["N"]


def test_reasons_stand_where_their_members_stand(fickle, dynamodb, last):
    with fickle.fault({"effect": {"transactionCancel": {"reasons": ["None", "ConditionalCheckFailed"]}}}):
        response = cancelled(dynamodb, [put("a", 2), put("b", 2), put("c", 2)])
    assert response["Error"]["Code"] == "TransactionCanceledException"
    assert codes(response) == ["None", "ConditionalCheckFailed", "None"]
    assert last().attempts == 1
    assert (stored(dynamodb, "a"), stored(dynamodb, "b")) == ("1", None)


def test_a_conflict_is_the_reason_of_the_item_concerned(fickle, dynamodb):
    with fickle.fault({"effect": {"transactionConflict": {}}, "when": {"key": {"pk": "b"}}}):
        assert codes(cancelled(dynamodb, [put("a", 2), put("b", 2)])) == ["None", "TransactionConflict"]
        dynamodb.transact_write_items(TransactItems=[put("a", 2), put("c", 2)])
    assert stored(dynamodb, "a") == "2"


def test_reads_are_cancelled_too(fickle, dynamodb):
    with fickle.fault({"effect": {"transactionConflict": {}}, "schedule": {"times": 1}}):
        with pytest.raises(ClientError) as refused:
            dynamodb.transact_get_items(TransactItems=[{"Get": {"TableName": "orders", "Key": {"pk": {"S": "a"}}}}])
        assert codes(refused.value.response) == ["TransactionConflict"]


def test_a_condition_fails_in_a_transaction(fickle, dynamodb):
    exists = {"ConditionExpression": "attribute_exists(pk)", "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
    with fickle.fault({"effect": {"conditionalCheckFailure": {}}}):
        response = cancelled(dynamodb, [put("b", 2), put("a", 2, **exists)])
    assert codes(response) == ["None", "ConditionalCheckFailed"]
    assert response["CancellationReasons"][1]["Item"] == {"pk": {"S": "a"}, "n": {"N": "1"}}
    assert stored(dynamodb, "b") is None


def test_a_lost_answer_does_no_harm_under_a_token(fickle, dynamodb, last):
    add = {"Update": {"TableName": "orders", "Key": {"pk": {"S": "a"}}, "UpdateExpression": "ADD n :one",
                      "ExpressionAttributeValues": {":one": {"N": "1"}}}}
    with fickle.fault({"preset": "lost-ack"}):
        dynamodb.transact_write_items(TransactItems=[add])
    assert last().attempts == 2
    assert stored(dynamodb, "a") == "2"


def test_a_token_still_in_progress(fickle, dynamodb, mode, last):
    fickle.clock.freeze()
    with fickle.fault({"effect": {"transactionInProgress": {"for": "5s"}}, "schedule": {"times": 1}}):
        response = cancelled(dynamodb, [put("a", 2)], ClientRequestToken="one")
        assert response["Error"]["Code"] == "TransactionInProgressException"
        dynamodb.transact_write_items(TransactItems=[put("c", 2)], ClientRequestToken="two")
        fickle.clock.advance("5s")
        dynamodb.transact_write_items(TransactItems=[put("a", 2)], ClientRequestToken="one")
    assert stored(dynamodb, "a") == "2"


def test_a_rival_in_a_transaction(fickle, dynamodb):
    guarded = {"ConditionExpression": "n = :one", "ExpressionAttributeValues": {":one": {"N": "1"}}}
    with fickle.fault({"effect": {"contend": {"touch": "n"}}, "when": {"operation": "transaction"}}):
        assert codes(cancelled(dynamodb, [put("a", 5, **guarded), put("b", 2)])) == ["ConditionalCheckFailed", "None"]
    assert (stored(dynamodb, "a"), stored(dynamodb, "b")) == ("2", None)
