"""A small shop that keeps its orders in DynamoDB, and the test of it: the program that the resilience sweep is shown on.

    python3 shop.py fragile     three planted bugs
    python3 shop.py repaired    the same shop without them

The bugs: a visit is counted twice when the answer of the first attempt was lost; order lines that a batch hands back
unprocessed are forgotten; an order's total is read back eventually consistently right after it was written.
Both survive everything else.
"""

import os
import random
import sys
import time

import boto3
import botocore.config
import botocore.exceptions

TABLE = "shop"
LINES = [{"pk": "order#1", "sk": f"line#{n}", "price": 10 * n} for n in range(1, 5)]


def client():
    config = botocore.config.Config(retries={"mode": "standard", "max_attempts": 5}, connect_timeout=5, read_timeout=5)
    # Before 1.28 boto3 did not read AWS_ENDPOINT_URL by itself.
    return boto3.resource("dynamodb", endpoint_url=os.environ["AWS_ENDPOINT_URL"], config=config).Table(TABLE)


class Fragile:
    def __init__(self, table):
        self.table = table

    def count_visit(self, visitor, visit):
        # Bug 1: done twice when it is sent twice.
        self.table.update_item(Key={"pk": visitor, "sk": "visits"}, UpdateExpression="ADD visits :one",
                               ExpressionAttributeValues={":one": 1})

    def store_lines(self, lines):
        # Bug 2: UnprocessedItems are not looked at.
        puts = [{"PutRequest": {"Item": line}} for line in lines]
        self.table.meta.client.batch_write_item(RequestItems={TABLE: puts})

    def read_total(self, order):
        # Bug 3: may see the time before the total was written.
        return self.table.get_item(Key={"pk": order, "sk": "total"})["Item"]["total"]

    def checkout(self, order, lines):
        self.store_lines(lines)
        total = sum(line["price"] for line in lines)
        self.table.put_item(Item={"pk": order, "sk": "total", "total": total})
        self.table.put_item(Item={"pk": order, "sk": "invoice", "amount": self.read_total(order)})


class Repaired(Fragile):
    def count_visit(self, visitor, visit):
        try:
            self.table.update_item(Key={"pk": visitor, "sk": "visits"},
                                   UpdateExpression="SET lastVisit = :visit ADD visits :one",
                                   ConditionExpression="attribute_not_exists(lastVisit) OR lastVisit <> :visit",
                                   ExpressionAttributeValues={":one": 1, ":visit": visit})
        except self.table.meta.client.exceptions.ConditionalCheckFailedException:
            pass  # counted by an attempt whose answer was lost

    def store_lines(self, lines):
        left = {TABLE: [{"PutRequest": {"Item": line}} for line in lines]}
        for turn in range(6):
            left = self.table.meta.client.batch_write_item(RequestItems=left)["UnprocessedItems"]
            if not left:
                return
            time.sleep(0.01 * 2**turn * random.random())
        raise RuntimeError("the lines could not be stored")

    def read_total(self, order):
        return self.table.get_item(Key={"pk": order, "sk": "total"}, ConsistentRead=True)["Item"]["total"]


def main():
    assert os.environ["FICKLEDB_ENDPOINT"] == os.environ["AWS_ENDPOINT_URL"]
    shop = {"fragile": Fragile, "repaired": Repaired}[sys.argv[1]](client())
    shop.count_visit("visitor#7", f"visit#{random.random()}")
    shop.checkout("order#1", LINES)


if __name__ == "__main__":
    main()
