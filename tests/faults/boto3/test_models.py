"""The standing models as a client meets them: capacity, held transactions, lagging indexes and streams, expiry, lifecycle."""

import threading

import pytest
from botocore.exceptions import ClientError
from conftest import ORDERS, client_of

KEY = {"TableName": "orders", "Key": {"pk": {"S": "a"}}}


@pytest.fixture
def client(fickle):
    fickle.clock.freeze()
    return client_of(fickle, "standard", attempts=1)


def code_of(call, **arguments):
    with pytest.raises(ClientError) as refused:
        call(**arguments)
    return refused.value.response["Error"]["Code"]


def test_capacity_runs_out_and_refills_with_the_clock(fickle, client):
    client.create_table(**{**ORDERS, "BillingMode": "PROVISIONED"}, ProvisionedThroughput={"ReadCapacityUnits": 1, "WriteCapacityUnits": 2})
    fickle.simulate(capacity={"mode": "enforce", "burst": "1s"})
    put = {"TableName": "orders", "Item": {"pk": {"S": "a"}}}
    client.put_item(**put)
    client.put_item(**put)
    assert code_of(client.put_item, **put) == "ProvisionedThroughputExceededException"
    fickle.clock.advance("500ms")
    client.put_item(**put)
    assert code_of(client.put_item, **put) == "ProvisionedThroughputExceededException"


def test_a_held_transaction_makes_writers_conflict(fickle, client):
    client.create_table(**ORDERS)
    fickle.simulate(transactions={"hold": "400ms"})
    transaction = threading.Thread(target=client.transact_write_items, kwargs={
        "TransactItems": [{"Put": {"TableName": "orders", "Item": {"pk": {"S": "a"}, "n": {"N": "1"}}}}]})
    transaction.start()
    codes = set()
    while transaction.is_alive():
        try:
            client.put_item(TableName="orders", Item={"pk": {"S": "b"}})  # another item is free
            client.put_item(TableName="orders", Item={"pk": {"S": "a"}})
        except ClientError as refused:
            codes.add(refused.response["Error"]["Code"])
    transaction.join()
    assert codes == {"TransactionConflictException"}


def test_an_index_lags_behind_its_table(fickle, client):
    client.create_table(**{**ORDERS, "AttributeDefinitions": ORDERS["AttributeDefinitions"] + [{"AttributeName": "o", "AttributeType": "S"}]},
                        GlobalSecondaryIndexes=[{"IndexName": "by-owner", "KeySchema": [{"AttributeName": "o", "KeyType": "HASH"}],
                                                 "Projection": {"ProjectionType": "ALL"}}])
    fickle.simulate(consistency={"indexes": {"lag": "5s"}})
    client.put_item(TableName="orders", Item={"pk": {"S": "a"}, "o": {"S": "ada"}})
    query = {"TableName": "orders", "IndexName": "by-owner", "KeyConditionExpression": "o = :o",
             "ExpressionAttributeValues": {":o": {"S": "ada"}}}
    assert client.query(**query)["Count"] == 0
    assert "Item" in client.get_item(**KEY)
    fickle.clock.advance("5s")
    assert client.query(**query)["Count"] == 1


def test_expired_items_stay_until_their_delay_is_over(fickle, client):
    fickle.clock.set("2026-01-01T00:00:00Z")
    client.create_table(**ORDERS)
    client.update_time_to_live(TableName="orders", TimeToLiveSpecification={"Enabled": True, "AttributeName": "e"})
    fickle.simulate(ttl={"delay": "1h"})
    client.put_item(TableName="orders", Item={"pk": {"S": "a"}, "e": {"N": "1767225610"}})  # ten seconds later
    fickle.clock.advance("30m")
    assert "Item" in client.get_item(**KEY)
    fickle.clock.advance("31m")
    assert "Item" not in client.get_item(**KEY)


def test_tables_take_their_time(fickle, client):
    fickle.simulate(lifecycle={"create": "8s", "delete": "3s"})
    assert client.create_table(**ORDERS)["TableDescription"]["TableStatus"] == "CREATING"
    assert code_of(client.get_item, **KEY) == "ResourceNotFoundException"
    fickle.clock.advance("8s")
    assert client.describe_table(TableName="orders")["Table"]["TableStatus"] == "ACTIVE"
    client.delete_table(TableName="orders")
    assert client.describe_table(TableName="orders")["Table"]["TableStatus"] == "DELETING"
    fickle.clock.advance("3s")
    assert code_of(client.describe_table, TableName="orders") == "ResourceNotFoundException"
