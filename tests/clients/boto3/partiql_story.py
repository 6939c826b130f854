"""Statements as boto3 sends them: the resource's client turns Python values into parameters and back."""

import pytest
from botocore.exceptions import ClientError

ACTIONS = [("ada", at, "view" if at % 2 else "click") for at in range(1, 11)] + [("bob", 1, "view")]


@pytest.fixture
def client(dynamodb):
    table = dynamodb.create_table(
        TableName="partiql_actions", BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "visitor", "KeyType": "HASH"}, {"AttributeName": "at", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": "visitor", "AttributeType": "S"}, {"AttributeName": "at", "AttributeType": "N"}])
    table.wait_until_exists()
    client = table.meta.client
    for visitor, at, kind in ACTIONS:
        client.execute_statement(Statement="INSERT INTO partiql_actions VALUE {'visitor': ?, 'at': ?, 'kind': ?}",
                                 Parameters=[visitor, at, kind])
    yield client
    table.delete()


def pages(client, limit, **request):
    request["Limit"] = limit
    while True:
        answer = client.execute_statement(**request)
        assert len(answer["Items"]) <= limit
        yield answer["Items"]
        if "NextToken" not in answer:
            return
        request["NextToken"] = answer["NextToken"]


@pytest.mark.parametrize("limit", [1, 2, 3, 10, 11, 100])
@pytest.mark.parametrize("where", ["", " WHERE visitor = 'ada'", " WHERE visitor IN ['ada', 'bob'] ORDER BY visitor, at DESC"])
def test_pages_lose_and_repeat_nothing(client, where, limit):
    statement = "SELECT visitor, at FROM partiql_actions" + where
    whole = client.execute_statement(Statement=statement)["Items"]
    assert len(whole) == (10 if "'ada'" in where and "bob" not in where else 11)
    assert [item for page in pages(client, limit, Statement=statement) for item in page] == whole


def test_a_token_is_of_use_to_its_own_statement_only(client):
    statement = "SELECT * FROM partiql_actions WHERE visitor = ?"
    token = client.execute_statement(Statement=statement, Parameters=["ada"], Limit=1)["NextToken"]
    for wrong in ({"Parameters": ["bob"]}, {"Statement": statement + " AND at > 1"}):
        with pytest.raises(ClientError, match="NextToken does not match request"):
            client.execute_statement(**{"Statement": statement, "Parameters": ["ada"], "NextToken": token, **wrong})
    with pytest.raises(ClientError, match="Invalid NextToken"):
        client.execute_statement(Statement=statement, Parameters=["ada"], NextToken="bm9uZQ==")


def test_an_item_s_life(client):
    def run(statement, *parameters):
        request = {"Parameters": list(parameters)} if parameters else {}
        return client.execute_statement(Statement=statement, **request)["Items"]

    where = "WHERE visitor = 'eve' AND at = 1"
    assert run("INSERT INTO partiql_actions VALUE {'visitor': 'eve', 'at': 1, 'n': 1, 'l': [1], 's': <<'a'>>}") == []
    with pytest.raises(client.exceptions.DuplicateItemException):
        run("INSERT INTO partiql_actions VALUE {'visitor': 'eve', 'at': 1}")
    changed = run("UPDATE partiql_actions SET n = n + ? SET l = LIST_APPEND(l, ?) SET s = SET_ADD(s, ?) " + where +
                  " RETURNING ALL NEW *", 4, [2], {"b"})
    assert changed == [{"visitor": "eve", "at": 1, "n": 5, "l": [1, 2], "s": {"a", "b"}}]
    with pytest.raises(client.exceptions.ConditionalCheckFailedException):
        run("UPDATE partiql_actions SET n = 0 " + where + " AND n = 4")
    assert run("DELETE FROM partiql_actions " + where + " RETURNING ALL OLD *") == changed
    assert run("DELETE FROM partiql_actions " + where + " RETURNING ALL OLD *") == []


def test_a_batch_answers_each_statement(client):
    answers = client.batch_execute_statement(Statements=[
        {"Statement": "SELECT kind FROM partiql_actions WHERE visitor = ? AND at = ?", "Parameters": ["bob", 1]},
        {"Statement": "SELECT kind FROM partiql_actions WHERE visitor = 'nobody' AND at = 1"},
        {"Statement": "SELECT kind FROM partiql_actions WHERE visitor = 'ada'"},
    ])["Responses"]
    assert answers[0] == {"TableName": "partiql_actions", "Item": {"kind": "view"}}
    assert answers[1] == {"TableName": "partiql_actions"}
    assert answers[2]["Error"]["Code"] == "ValidationError"


def test_a_transaction_is_all_or_nothing(client):
    def count():
        return len(client.execute_statement(Statement="SELECT * FROM partiql_actions WHERE visitor = 'bob'")["Items"])

    insert = {"Statement": "INSERT INTO partiql_actions VALUE {'visitor': 'bob', 'at': ?}"}
    with pytest.raises(client.exceptions.TransactionCanceledException) as caught:
        client.execute_transaction(TransactStatements=[{**insert, "Parameters": [2]}, {**insert, "Parameters": [1]}])
    assert [reason["Code"] for reason in caught.value.response["CancellationReasons"]] == ["None", "DuplicateItem"]
    assert count() == 1
    check = {"Statement": "EXISTS(SELECT * FROM partiql_actions WHERE visitor = 'ada' AND at = 1 AND kind = 'view')"}
    for _ in range(2):
        client.execute_transaction(TransactStatements=[check, {**insert, "Parameters": [2]}], ClientRequestToken="once")
    assert count() == 2
