"""A shop's tests as their owner writes them with the pytest helper, each from fresh data, one with a fault of its own.

What a sweep finds in them: lines that a batch hands back unprocessed are forgotten; an order is inserted anew when the answer to
the first attempt was lost; it is read back eventually consistently; and nobody waits for a transaction that holds the account.
The transaction itself is repeated.
"""

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError


@pytest.fixture
def shop(fickle):
    return fickle.client(config=Config(retries={"mode": "standard", "total_max_attempts": 4}))


def test_lines_are_stored(shop):
    puts = [{"PutRequest": {"Item": {"pk": {"S": "line#%d" % n}}}} for n in range(4)]
    shop.batch_write_item(RequestItems={"orders": puts})
    assert shop.scan(TableName="orders", ConsistentRead=True)["Count"] == 5  # with the one of the fixtures, and no other


def test_an_order_survives_throttling(fickle, shop):
    rule = {"when": {"operation": "PutItem"}, "schedule": {"times": 1}, "effect": {"throttle": {}}}
    with fickle.fault(rule) as fault:
        assert [one["name"] for one in fickle.faults()] == ["fault-1"]
        shop.put_item(TableName="orders", Item={"pk": {"S": "order#1"}})
        assert fault.fired == 1
    assert fickle.faults() == []


def test_an_order_by_statement(shop):
    shop.execute_statement(Statement="INSERT INTO orders VALUE {'pk': 'order#2', 'total': 3}")
    found = shop.execute_statement(Statement="SELECT total FROM orders WHERE pk = 'order#2'")["Items"]
    assert found == [{"total": {"N": "3"}}]


def test_an_order_is_paid(shop):
    take = {"Update": {"TableName": "accounts", "Key": {"id": {"S": "ada"}}, "UpdateExpression": "SET credit = :less",
                       "ExpressionAttributeValues": {":less": {"N": "90"}}}}
    for turn in range(3):
        try:
            shop.transact_write_items(TransactItems=[take])
            break
        except ClientError as error:
            if turn == 2 or error.response["CancellationReasons"][0]["Code"] != "TransactionConflict":
                raise
    shop.update_item(TableName="accounts", Key={"id": {"S": "ada"}}, UpdateExpression="SET thanked = :yes",
                     ExpressionAttributeValues={":yes": {"BOOL": True}})
    account = shop.get_item(TableName="accounts", Key={"id": {"S": "ada"}}, ConsistentRead=True)["Item"]
    assert account["credit"] == {"N": "90"}
