"""Tracking user actions: written in bursts, searched by type, page and campaign, processed in batches, kept for a time."""

import concurrent.futures
import time

import pytest
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError

DAY = 86400
SHIPPED = 10000
START = int(time.time()) - 3600


@pytest.fixture
def actions(dynamodb):
    return dynamodb.Table("actions")


def action(visitor, n, **attributes):
    at = START + n
    return {"visitor": visitor, "action": "%d#%s-%d" % (at, attributes.get("type", "click"), n), "visit": visitor + "/1", "type": "click",
            "page": "/c/lamps", "at": at, "expires": at + 60 * DAY, "details": {"x": n % 1440, "element": "hero-summer"}, **attributes}


def write_all(client, table, items):
    """Batches of 25 until nothing is left unprocessed; what a batch did not take goes in front of the next."""
    waiting = [{"PutRequest": {"Item": item}} for item in items]
    calls = 0
    while waiting:
        answer = client.batch_write_item(RequestItems={table: waiting[:25]})
        calls += 1
        assert calls <= len(items), "the server takes nothing at all"
        waiting = answer["UnprocessedItems"].get(table, []) + waiting[25:]
    return calls


def every_page(call, **parameters):
    """Items of all pages by hand, as a program without paginators does it."""
    found, pages = [], 0
    while True:
        answer = call(**parameters)
        found += answer["Items"]
        pages += 1
        assert len(answer["Items"]) == answer["Count"] <= answer["ScannedCount"]
        if "LastEvaluatedKey" not in answer:
            return found, pages
        parameters["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def test_eight_writers_ingest_four_thousand_actions_at_once(fickle, actions):
    def ingest(writer):
        client = fickle.resource().meta.client  # sessions are not made to be shared between threads
        return write_all(client, "actions", [action("burst#%d" % writer, n) for n in range(500)])

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ingest, range(8))) == [20] * 8
    for writer in range(8):
        rows, _ = every_page(actions.query, KeyConditionExpression=Key("visitor").eq("burst#%d" % writer))
        assert [int(row["details"]["x"]) for row in rows] == list(range(500))
    count = sum(page["Count"] for page in actions.meta.client.get_paginator("scan").paginate(TableName="actions", Select="COUNT"))
    assert count == SHIPPED + 4000


def test_boto3s_own_batch_writer_deduplicates_and_flushes(actions):
    with actions.batch_writer(overwrite_by_pkeys=["visitor", "action"]) as batch:
        for n in range(60):
            batch.put_item(Item=action("batched", n % 40, round=n // 40))
        batch.delete_item(Key={key: action("batched", 39)[key] for key in ("visitor", "action")})
    rows, _ = every_page(actions.query, KeyConditionExpression=Key("visitor").eq("batched"))
    assert len(rows) == 39 and sum(int(row["round"]) for row in rows) == 20


def test_a_batch_with_a_double_or_with_26_members_is_refused_whole(actions):
    client = actions.meta.client
    one = {"PutRequest": {"Item": action("refused", 1)}}
    with pytest.raises(ClientError) as refusal:
        client.batch_write_item(RequestItems={"actions": [one, one]})
    assert refusal.value.response["Error"] == {"Code": "ValidationException", "Message": "Provided list of item keys contains duplicates"}
    with pytest.raises(ClientError) as refusal:
        client.batch_write_item(RequestItems={"actions": [{"PutRequest": {"Item": action("refused", n)}} for n in range(26)]})
    assert refusal.value.response["Error"]["Code"] == "ValidationException"
    assert actions.query(KeyConditionExpression=Key("visitor").eq("refused"))["Count"] == 0


def test_a_known_visitor_is_followed_in_order(actions):
    rows, _ = every_page(actions.query, KeyConditionExpression=Key("visitor").eq("visitor#ada"))
    assert [row["type"] for row in rows] == ["page_view", "search", "page_view", "add_to_cart", "purchase", "share"]
    assert [row["at"] - rows[0]["at"] for row in rows] == [0, 90, 180, 270, 360, 450]
    last = actions.query(KeyConditionExpression=Key("visitor").eq("visitor#ada"), ScanIndexForward=False, Limit=1)["Items"]
    assert last == [rows[-1]]


def test_the_types_add_up_and_each_comes_in_order_of_time(actions):
    counts = {}
    for kind in ("page_view", "click", "search", "add_to_cart", "purchase", "sign_up", "share"):
        rows, _ = every_page(actions.query, IndexName="by_type", KeyConditionExpression=Key("type").eq(kind))
        times = [row["at"] for row in rows]
        assert times == sorted(times)
        counts[kind] = len(rows)
    assert counts == {"page_view": 5002, "click": 2000, "search": 1001, "add_to_cart": 1001, "purchase": 501, "sign_up": 200, "share": 295}


@pytest.mark.parametrize("index,key,value,limit", [("by_type", "type", "search", 37), ("by_page", "page", "/c/lamps", 100),
                                                   ("by_campaign", "campaign", "newsletter-47", 211)])
def test_a_filtered_search_paged_through_an_index_loses_and_repeats_nothing(actions, index, key, value, limit):
    now = int(time.time())
    week = Key(key).eq(value) & Key("at").between(now - 14 * DAY, now - 7 * DAY)
    wanted = Attr("visit").contains("7")
    paged, pages = every_page(actions.query, IndexName=index, KeyConditionExpression=week, FilterExpression=wanted, Limit=limit,
                              ScanIndexForward=False)
    whole, _ = every_page(actions.query, IndexName=index, KeyConditionExpression=week)
    names = [(row["visitor"], row["action"]) for row in paged]
    assert len(set(names)) == len(names) and pages >= 2
    # Same moment, any order: DynamoDB promises the order of the sort key only.
    assert sorted(names) == sorted((row["visitor"], row["action"]) for row in whole if "7" in row["visit"])
    assert [row["at"] for row in paged] == sorted((row["at"] for row in paged), reverse=True)
    assert all(row[key] == value for row in whole)


def test_the_campaign_index_is_sparse_and_narrow(actions):
    row = actions.query(IndexName="by_campaign", KeyConditionExpression=Key("campaign").eq("autumn-lights"), Limit=1)["Items"][0]
    assert set(row) == {"visitor", "action", "campaign", "at", "type", "page", "visit"}
    with_campaign = sum(page["Count"] for page in actions.meta.client.get_paginator("scan").paginate(
        TableName="actions", IndexName="by_campaign", Select="COUNT"))
    assert with_campaign == 5150, "actions without a campaign are not in it"


def test_four_workers_process_the_orders_and_no_order_twice(fickle, actions):
    table_of = [fickle.resource().Table("actions") for _ in range(4)]

    def work(worker):
        mine, table = [], table_of[worker]
        while True:
            waiting = table.query(IndexName="by_queue", KeyConditionExpression=Key("queue").eq("orders"), Limit=20,
                                  ScanIndexForward=worker % 2 == 0)["Items"]
            if not waiting:
                return mine
            for row in waiting:
                key = {"visitor": row["visitor"], "action": row["action"]}
                try:
                    table.update_item(Key=key, UpdateExpression="SET claimed_by = :me REMOVE queue",
                                      ConditionExpression=Attr("claimed_by").not_exists() & Attr("queue").eq("orders"),
                                      ExpressionAttributeValues={":me": worker})
                    mine.append((row["visitor"], row["action"]))
                except ClientError as error:
                    assert error.response["Error"]["Code"] == "ConditionalCheckFailedException"

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        done = [one for mine in pool.map(work, range(4)) for one in mine]
    assert len(done) == len(set(done)) == 500
    claimed, _ = every_page(actions.scan, FilterExpression=Attr("claimed_by").exists())
    assert len(claimed) == 500 and not any("queue" in row for row in claimed)


def test_a_parallel_scan_sees_every_action_once(fickle):
    def segment(n):
        rows, _ = every_page(fickle.resource().Table("actions").scan, Segment=n, TotalSegments=7, ProjectionExpression="visitor, #a",
                             ExpressionAttributeNames={"#a": "action"})
        return [(row["visitor"], row["action"]) for row in rows]

    with concurrent.futures.ThreadPoolExecutor(7) as pool:
        parts = list(pool.map(segment, range(7)))
    names = [name for part in parts for name in part]
    assert len(names) == len(set(names)) == SHIPPED
    assert all(parts), "every segment has its share"
    visitors = [{visitor for visitor, _ in part} for part in parts]
    assert sum(map(len, visitors)) == len(set().union(*visitors)), "a partition lies in one segment"


def test_entries_expire_when_the_clock_moves(fickle, actions):
    assert actions.meta.client.describe_time_to_live(TableName="actions")["TimeToLiveDescription"] == {
        "TimeToLiveStatus": "ENABLED", "AttributeName": "expires"}

    def left(index=None):
        extra = {"IndexName": index} if index else {}
        return sum(page["Count"] for page in actions.meta.client.get_paginator("scan").paginate(
            TableName="actions", Select="COUNT", **extra))

    rows, _ = every_page(actions.scan, ProjectionExpression="visitor, #a, expires", ExpressionAttributeNames={"#a": "action"})
    assert len(rows) == SHIPPED and min(row["expires"] for row in rows) > time.time() + 29 * DAY, "nothing is due when loaded"

    kept = min(rows, key=lambda row: row["expires"])  # a new date rescues an item
    actions.update_item(Key={"visitor": kept["visitor"], "action": kept["action"]}, UpdateExpression="REMOVE expires")

    before = left("by_type")
    fickle.clock.advance("31d")
    due = sum(row["expires"] <= time.time() + 31 * DAY for row in rows) - 1
    assert 200 < due < 600
    assert abs(left() - (SHIPPED - due)) <= 2, "the clock ran on while we counted"
    assert before - left("by_type") == SHIPPED - left()
    fickle.clock.advance("30d")
    assert left() == 1 and actions.get_item(Key={"visitor": kept["visitor"], "action": kept["action"]})["Item"]["visitor"] == kept["visitor"]

    # An item written with a date that has passed already goes with the next sweep; a text is no date.
    actions.put_item(Item=action("late", 1))
    actions.put_item(Item=action("late", 2, expires="tomorrow"))
    fickle.clock.advance("5s")
    assert [row["expires"] for row in actions.query(KeyConditionExpression=Key("visitor").eq("late"))["Items"]] == ["tomorrow"]


def test_after_a_reset_the_ten_thousand_are_back(fickle, actions):
    fickle.clock.advance("100d")
    assert actions.scan(Select="COUNT")["Count"] == 0
    fickle.reset()
    assert sum(page["Count"] for page in actions.meta.client.get_paginator("scan").paginate(
        TableName="actions", Select="COUNT")) == SHIPPED
