"""An identity pool: sign-up that holds e-mail, phone and provider unique, sign-in by each, profiles that nobody overwrites."""

import concurrent.futures
import random

import pytest
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError


class Taken(Exception):
    """Somebody has it already: `kinds` as email, phone, provider."""

    def __init__(self, kinds):
        super().__init__(", ".join(kinds))
        self.kinds = kinds


class IdentityPool:
    """What the application's own code does; knows tables and indexes, not the emulator."""

    def __init__(self, dynamodb):
        self.client = dynamodb.meta.client
        self.users, self.keys = dynamodb.Table("users"), dynamodb.Table("user_keys")

    @staticmethod
    def keys_of(user):
        yield "email", "email#" + user["email"]
        if "phone" in user:
            yield "phone", "phone#" + user["phone"]
        if "provider" in user:
            yield "provider", "provider#%s#%s" % (user["provider"], user["provider_id"])

    def sign_up(self, user, token=None):
        keys = list(self.keys_of(user))
        writes = [{"Put": {"TableName": "users", "Item": {**user, "version": 1}, "ConditionExpression": "attribute_not_exists(id)"}}]
        writes += [{"Put": {"TableName": "user_keys", "Item": {"key": key, "kind": kind, "user_id": user["id"]},
                            "ConditionExpression": "attribute_not_exists(#k)", "ExpressionAttributeNames": {"#k": "key"},
                            "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}} for kind, key in keys]
        try:
            self.client.transact_write_items(TransactItems=writes, **({"ClientRequestToken": token} if token else {}))
        except self.client.exceptions.TransactionCanceledException as refusal:
            reasons = refusal.response["CancellationReasons"]
            assert len(reasons) == len(writes)
            failed = [i for i, reason in enumerate(reasons) if reason["Code"] == "ConditionalCheckFailed"]
            raise Taken([keys[i - 1][0] if i else "id" for i in failed]) from refusal

    def by_id(self, user_id):
        return self.users.get_item(Key={"id": user_id}, ConsistentRead=True).get("Item")

    def by_index(self, index, **key):
        condition = None
        for name, value in key.items():
            condition = Key(name).eq(value) if condition is None else condition & Key(name).eq(value)
        found = self.users.query(IndexName=index, KeyConditionExpression=condition)["Items"]
        assert len(found) <= 1, "a key belongs to one user only"
        return found[0] if found else None

    def by_key(self, key):
        """Strongly consistent, unlike an index."""
        holder = self.keys.get_item(Key={"key": key}, ConsistentRead=True).get("Item")
        return holder and self.by_id(holder["user_id"])

    def change(self, user_id, how):
        """Optimistic locking: read, think, write if nobody wrote meanwhile; answers how often it had to begin again."""
        for again in range(1000):
            user = self.by_id(user_id)
            seen = user["version"]
            how(user)
            user["version"] = seen + 1
            try:
                self.users.put_item(Item=user, ConditionExpression=Attr("version").eq(seen))
                return again
            except ClientError as error:
                assert error.response["Error"]["Code"] == "ConditionalCheckFailedException"
        raise AssertionError("never got through")

    def delete(self, user_id):
        """The user and every key that points to it, at once."""
        held = self.keys.query(IndexName="by_user", KeyConditionExpression=Key("user_id").eq(user_id))["Items"]
        self.client.transact_write_items(TransactItems=[{"Delete": {"TableName": "users", "Key": {"id": user_id}}}] + [
            {"Delete": {"TableName": "user_keys", "Key": {"key": row["key"]}}} for row in held])


@pytest.fixture
def pool(dynamodb):
    return IdentityPool(dynamodb)


NEW = {"id": "user-new", "email": "new@example.com", "phone": "+447700900999", "provider": "github", "provider_id": "gi:1",
       "profile": {"language": "en-GB"}}


def test_the_pool_holds_a_thousand_users_no_two_alike(pool):
    users = [user for page in pool.client.get_paginator("scan").paginate(TableName="users") for user in page["Items"]]
    assert len(users) == 1000 == len({user["id"] for user in users}) == len({user["email"] for user in users})
    shapes = {tuple(sorted(user)) + tuple(sorted(user["profile"])) for user in users}
    assert len(shapes) > 500, "dynamic attributes"
    assert sum("phone" in user for user in users) > 500 and sum("provider" in user for user in users) > 300


def test_every_key_of_a_user_finds_the_user(pool):
    users = [user for user in pool.users.scan(Limit=300)["Items"] if "phone" in user and "provider" in user][:20]
    assert len(users) == 20
    for user in users:
        assert pool.by_id(user["id"]) == user
        assert pool.by_index("by_email", email=user["email"]) == user
        assert pool.by_index("by_phone", phone=user["phone"]) == user
        assert pool.by_index("by_provider", provider=user["provider"], provider_id=user["provider_id"]) == user
        for _, key in pool.keys_of(user):
            assert pool.by_key(key) == user


def test_who_signs_up_is_found_by_every_key_at_once(pool):
    pool.sign_up(NEW)
    expected = {**NEW, "version": 1}
    assert pool.by_id("user-new") == expected
    assert pool.by_index("by_email", email="new@example.com") == expected
    assert pool.by_index("by_phone", phone="+447700900999") == expected
    assert pool.by_index("by_provider", provider="github", provider_id="gi:1") == expected
    assert pool.by_key("provider#github#gi:1") == expected


def test_a_second_sign_up_with_the_same_email_is_refused_and_leaves_nothing(pool):
    pool.sign_up(NEW)
    with pytest.raises(Taken) as refusal:
        pool.sign_up({"id": "user-other", "email": "new@example.com", "phone": "+447700900998"})
    assert refusal.value.kinds == ["email"]
    response = refusal.value.__cause__.response
    assert [reason["Code"] for reason in response["CancellationReasons"]] == ["None", "ConditionalCheckFailed", "None"]
    assert response["CancellationReasons"][1]["Message"] == "The conditional request failed"
    assert response["CancellationReasons"][1]["Item"]["user_id"] == {"S": "user-new"}, "the holder, as asked for"
    assert response["Error"]["Message"] == ("Transaction cancelled, please refer cancellation reasons for specific reasons "
                                            "[None, ConditionalCheckFailed, None]")
    assert pool.by_id("user-other") is None and pool.by_key("phone#+447700900998") is None
    assert pool.by_index("by_phone", phone="+447700900998") is None


def test_everything_that_is_taken_is_named(pool):
    pool.sign_up(NEW)
    with pytest.raises(Taken) as refusal:
        pool.sign_up({**NEW, "email": "another@example.com"})
    assert refusal.value.kinds == ["id", "phone", "provider"]


def test_of_thirty_who_want_one_email_at_once_one_gets_it(fickle):
    def attempt(n):
        try:
            IdentityPool(fickle.resource()).sign_up({"id": "rival-%d" % n, "email": "wanted@example.com"})
            return True
        except Taken as refusal:
            assert refusal.kinds == ["email"]
            return False

    with concurrent.futures.ThreadPoolExecutor(10) as pool:
        outcomes = list(pool.map(attempt, range(30)))
    assert outcomes.count(True) == 1
    one = IdentityPool(fickle.resource())
    winner = "rival-%d" % outcomes.index(True)
    assert one.by_key("email#wanted@example.com")["id"] == winner
    assert [n for n in range(30) if one.by_id("rival-%d" % n)] == [outcomes.index(True)]


def test_a_sign_up_repeated_with_its_token_is_one_sign_up(pool):
    pool.sign_up(NEW, token="sign-up-1")
    pool.sign_up(NEW, token="sign-up-1")
    with pytest.raises(ClientError) as refusal:
        pool.sign_up({**NEW, "email": "changed@example.com"}, token="sign-up-1")
    assert refusal.value.response["Error"]["Code"] == "IdempotentParameterMismatchException"
    with pytest.raises(Taken):
        pool.sign_up(NEW, token="sign-up-2")


def test_dynamic_attributes_change_from_many_threads_and_no_update_is_lost(fickle, pool):
    def thread(n):
        mine, dice = IdentityPool(fickle.resource()), random.Random(n)

        def how(user):
            user["profile"]["counter"] = user["profile"].get("counter", 0) + 1
            user["profile"].setdefault("seen_by", []).append("thread-%d" % n)
            user["profile"]["field_%d_%d" % (n, dice.randrange(1000000))] = {"of": n}

        return sum(mine.change("user-0001", how) for _ in range(12))

    before = pool.by_id("user-0001")
    with concurrent.futures.ThreadPoolExecutor(10) as threads:
        again = sum(threads.map(thread, range(10)))
    after = pool.by_id("user-0001")
    assert after["version"] == before["version"] + 120
    assert after["profile"]["counter"] == 120
    assert sorted(after["profile"]["seen_by"]) == sorted("thread-%d" % n for n in range(10) for _ in range(12))
    assert sum(name.startswith("field_") for name in after["profile"]) == 120
    assert {name: value for name, value in after.items() if name not in ("profile", "version")} == {
        name: value for name, value in before.items() if name not in ("profile", "version")}
    print("begun again", again, "times")


def test_counters_and_sets_need_no_lock_at_all(fickle, pool):
    def thread(n):
        users = fickle.resource().Table("users")
        for i in range(20):
            users.update_item(Key={"id": "user-0002"}, UpdateExpression="ADD clicks :one, seen_from :who SET last_login = :when",
                              ExpressionAttributeValues={":one": 1, ":who": {"host-%d" % (n * 20 + i)}, ":when": "2026-11-23T10:00:00Z"})

    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        list(threads.map(thread, range(8)))
    user = pool.by_id("user-0002")
    assert (user["clicks"], len(user["seen_from"]), user["last_login"]) == (160, 160, "2026-11-23T10:00:00Z")


def test_a_profile_takes_a_member_nobody_planned_for(pool):
    answer = pool.users.update_item(
        Key={"id": "user-0003"}, UpdateExpression="SET profile.#a = :a, profile.#b = if_not_exists(profile.#b, :b), #v = #v + :one "
        "REMOVE profile.preferences.theme", ConditionExpression="attribute_exists(id)", ReturnValues="UPDATED_NEW",
        ExpressionAttributeNames={"#a": "äußere.form", "#b": "pets", "#v": "version"},
        ExpressionAttributeValues={":a": [1, {"zwei": None}], ":b": {"cat": {"name": "Łatka", "lives": 9}}, ":one": 1})["Attributes"]
    assert answer["profile"]["äußere.form"] == [1, {"zwei": None}] and answer["profile"]["pets"]["cat"]["lives"] == 9
    user = pool.by_id("user-0003")
    assert "theme" not in user["profile"]["preferences"]
    with pytest.raises(ClientError) as refusal:
        pool.users.update_item(Key={"id": "nobody"}, UpdateExpression="SET profile.x = :x", ExpressionAttributeValues={":x": 1},
                               ConditionExpression="attribute_exists(id)")
    assert refusal.value.response["Error"]["Code"] == "ConditionalCheckFailedException"
    assert pool.by_id("nobody") is None


def test_who_changes_the_email_frees_the_old_one(pool):
    pool.sign_up(NEW)
    pool.client.transact_write_items(TransactItems=[
        {"Update": {"TableName": "users", "Key": {"id": "user-new"}, "UpdateExpression": "SET email = :new, #v = #v + :one",
                    "ConditionExpression": "email = :old", "ExpressionAttributeNames": {"#v": "version"},
                    "ExpressionAttributeValues": {":new": "newer@example.com", ":old": "new@example.com", ":one": 1}}},
        {"Delete": {"TableName": "user_keys", "Key": {"key": "email#new@example.com"}}},
        {"Put": {"TableName": "user_keys", "Item": {"key": "email#newer@example.com", "kind": "email", "user_id": "user-new"},
                 "ConditionExpression": "attribute_not_exists(user_id)"}}])
    assert pool.by_index("by_email", email="new@example.com") is None
    assert pool.by_index("by_email", email="newer@example.com")["version"] == 2
    pool.sign_up({"id": "user-heir", "email": "new@example.com"})


def test_who_leaves_is_gone_from_every_index(pool):
    user = pool.by_id("user-0001")
    pool.delete("user-0001")
    assert pool.by_id("user-0001") is None and pool.by_index("by_email", email=user["email"]) is None
    assert all(pool.by_key(key) is None for _, key in pool.keys_of(user))
    pool.sign_up({"id": "user-heir", "email": user["email"]})


def test_a_family_is_read_in_one_moment(pool):
    answer = pool.client.transact_get_items(TransactItems=[
        {"Get": {"TableName": "users", "Key": {"id": "user-%04d" % n}, "ProjectionExpression": "id, #n.given",
                 "ExpressionAttributeNames": {"#n": "name"}}} for n in (1, 2, 9999)])
    assert [one.get("Item", {}).get("id") for one in answer["Responses"]] == ["user-0001", "user-0002", None]
    assert set(answer["Responses"][0]["Item"]["name"]) == {"given"}
