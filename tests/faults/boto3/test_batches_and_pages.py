"""Faults on batches, pages and streams: what is left out is truly not done, and what goes on loses and repeats nothing."""

import pytest
from botocore.exceptions import ClientError
from conftest import client_of

KEYS = ["a", "b", "c", "d"]


def put_requests(keys, value):
    return {"orders": [{"PutRequest": {"Item": {"pk": {"S": key}, "n": {"N": str(value)}}}} for key in keys]}


def get_requests(keys, **options):
    return {"orders": {"Keys": [{"pk": {"S": key}} for key in keys], **options}}


def values(dynamodb):
    items = dynamodb.scan(TableName="orders", ConsistentRead=True)["Items"]
    return {item["pk"]["S"]: item["n"]["N"] for item in items}


def unprocessed(answer):
    return sorted(entry["PutRequest"]["Item"]["pk"]["S"] for entry in answer["UnprocessedItems"].get("orders", []))


@pytest.fixture
def filled(dynamodb):
    dynamodb.batch_write_item(RequestItems=put_requests(KEYS, 1))
    return dynamodb


@pytest.mark.parametrize("amount, left", [(0.5, 2), (0.1, 1), (3, 3), ([0, 2], 2)])
def test_members_left_out_are_not_written(fickle, filled, amount, left):
    with fickle.fault({"effect": {"partialBatch": {"unprocessed": amount}}, "when": {"operation": "write"}}):
        answer = filled.batch_write_item(RequestItems=put_requests(KEYS, 2))
    missing = unprocessed(answer)
    assert len(missing) == left
    assert values(filled) == {key: "1" if key in missing else "2" for key in KEYS}
    entry = fickle.requests(operation="BatchWriteItem")[-1]
    assert (entry["status"], entry["applied"], entry["effective"]) == (200, "partial", True)


def test_positions_and_keys_choose_the_members(fickle, filled):
    with fickle.fault({"effect": {"partialBatch": {"unprocessed": [1, 3]}}, "schedule": {"times": 1}}):
        assert unprocessed(filled.batch_write_item(RequestItems=put_requests(KEYS, 2))) == ["b", "d"]
    with fickle.fault({"effect": {"partialBatch": {"unprocessed": "all"}}, "when": {"key": {"pk": "c"}}}):
        assert unprocessed(filled.batch_write_item(RequestItems=put_requests(KEYS, 3))) == ["c"]
    assert values(filled) == {"a": "3", "b": "3", "c": "2", "d": "3"}


def test_nothing_done_is_an_error_unless_forced(fickle, filled, mode):
    rule = {"effect": {"partialBatch": {"unprocessed": "all"}}, "when": {"operation": "BatchWriteItem"}}
    with fickle.fault(rule):
        with pytest.raises(ClientError) as refused:
            client_of(fickle, mode, attempts=1).batch_write_item(RequestItems=put_requests(KEYS, 2))
        assert refused.value.response["Error"]["Code"] == "ProvisionedThroughputExceededException"
    with fickle.fault(dict(rule, force=True)):
        assert unprocessed(filled.batch_write_item(RequestItems=put_requests(KEYS, 2))) == KEYS
    assert set(values(filled).values()) == {"1"}


def test_a_batch_read_that_goes_on_where_it_stopped(fickle, filled):
    with fickle.fault({"effect": {"partialBatch": {"unprocessed": 0.5}}, "schedule": {"times": 2},
                       "when": {"operation": "BatchGetItem"}}):
        pending, seen, calls = get_requests(KEYS), [], 0
        while pending:
            answer = filled.batch_get_item(RequestItems=pending)
            seen += [item["pk"]["S"] for item in answer["Responses"]["orders"]]
            pending, calls = answer["UnprocessedKeys"], calls + 1
    assert (sorted(seen), calls) == (KEYS, 3)


def test_the_resource_s_batch_writer_sends_the_rest_again(fickle, mode):
    client_of(fickle, mode).create_table(
        TableName="orders", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}])
    with fickle.fault({"preset": "partial-batch"}):
        with fickle.resource().Table("orders").batch_writer() as writer:
            for n in range(60):
                writer.put_item(Item={"pk": "item#%d" % n, "n": n})
    assert len(values(client_of(fickle, mode))) == 60
    assert "partial" in [entry["applied"] for entry in fickle.requests(operation="BatchWriteItem")]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_short_pages_lose_and_repeat_nothing(fickle, filled, size):
    with fickle.fault({"effect": {"shortPage": {"maxItems": size}}, "when": {"operation": "Scan"}}):
        pages = list(filled.get_paginator("scan").paginate(TableName="orders"))
    assert all(page["ScannedCount"] <= size for page in pages)
    assert len(pages) >= len(KEYS) // size
    assert sorted(item["pk"]["S"] for page in pages for item in page["Items"]) == KEYS


@pytest.mark.parametrize("skipped", [0, 1])
def test_an_empty_page_has_a_way_on(fickle, filled, skipped):
    """By hand: botocore's paginator takes a page that does not move on for an endless loop."""
    start, pages = {}, []
    rule = {"effect": {"shortPage": {"maxItems": 0}}, "when": {"operation": "Scan"}, "schedule": {"times": 1, "skip": skipped}}
    with fickle.fault(rule):
        while True:
            page = filled.scan(TableName="orders", Limit=2, **start)
            pages.append([item["pk"]["S"] for item in page["Items"]])
            if "LastEvaluatedKey" not in page:
                break
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
            assert len(pages) < 10
    assert pages[skipped] == []
    assert sorted(key for page in pages for key in page) == KEYS


def test_a_stale_scan_and_batch(fickle, filled):
    with fickle.fault({"effect": {"staleRead": {"versions": 1}}}):
        filled.batch_write_item(RequestItems=put_requests(KEYS, 2))
        stale = filled.scan(TableName="orders")["Items"]
        assert {item["n"]["N"] for item in stale} == {"1"}
        batch = filled.batch_get_item(RequestItems=get_requests(KEYS))["Responses"]["orders"]
        assert {item["n"]["N"] for item in batch} == {"1"}
        batch = filled.batch_get_item(RequestItems=get_requests(KEYS, ConsistentRead=True))["Responses"]["orders"]
        assert {item["n"]["N"] for item in batch} == {"2"}
        assert set(values(filled).values()) == {"2"}


def test_streams_expire_and_are_trimmed(fickle, dynamodb):
    arn = dynamodb.update_table(TableName="orders", StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"})[
        "TableDescription"]["LatestStreamArn"]
    streams = fickle.client("dynamodbstreams")
    shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
    iterator = streams.get_shard_iterator(StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    for effect, code in (("expireIterator", "ExpiredIteratorException"), ("trimStream", "TrimmedDataAccessException")):
        with fickle.fault({"effect": {effect: {}}, "when": {"operation": "GetRecords"}}):
            with pytest.raises(ClientError) as refused:
                streams.get_records(ShardIterator=iterator)
            assert refused.value.response["Error"]["Code"] == code
    assert streams.get_records(ShardIterator=iterator)["Records"] == []
