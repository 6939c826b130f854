"""A suite in Go."""
import json
import os
import shutil
import subprocess

from suite_runners.reports import read_go
from suite_runners.server import Server

# The table that its README tells to make.
GUREGU_TABLE = {"TableName": "TestDB", "BillingMode": "PAY_PER_REQUEST",
                "KeySchema": [{"AttributeName": "UserID", "KeyType": "HASH"}, {"AttributeName": "Time", "KeyType": "RANGE"}],
                "AttributeDefinitions": [{"AttributeName": "UserID", "AttributeType": "N"}, {"AttributeName": "Time", "AttributeType": "S"},
                                         {"AttributeName": "Msg", "AttributeType": "S"}],
                "GlobalSecondaryIndexes": [{"IndexName": "Msg-Time-index", "Projection": {"ProjectionType": "ALL"}, "KeySchema": [
                    {"AttributeName": "Msg", "KeyType": "HASH"}, {"AttributeName": "Time", "KeyType": "RANGE"}]}]}


def guregu(options, copy, totals):
    home = os.path.join(copy, "src", "github.com", "guregu", "dynamo")
    shutil.copytree(options.checkout, home, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".git"))
    table = os.path.join(copy, "table.json")
    with open(table, "w") as out:
        json.dump(GUREGU_TABLE, out)
    with Server("--fixtures", table) as server:
        environment = dict(os.environ, GO111MODULE="off", GOPATH="%s:/usr/share/gocode" % copy, DYNAMO_TEST_ENDPOINT=server.endpoint,
                           DYNAMO_TEST_REGION="us-east-1", AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test")
        path = os.path.join(options.log, "guregu.json")
        with open(path, "w") as log:
            subprocess.run(["go", "test", "-json", "."], cwd=home, stdout=log, stderr=subprocess.STDOUT, env=environment, check=False)
    read_go(path, totals)
