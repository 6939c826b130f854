"""Dynamic HTML widgets: a page asks for a widget by name and gets its template filled with products and variables."""

import gzip
import hashlib
import re
from decimal import Decimal

import pytest
from boto3.dynamodb.conditions import Attr, Key
from boto3.dynamodb.types import Binary
from botocore.exceptions import ClientError

SECTION = re.compile(r"\{\{#(\w+)\}\}(.*?)\{\{/\1\}\}", re.DOTALL)
VARIABLE = re.compile(r"\{\{([\w.]+)\}\}")


def fill(template, values):
    """{{#list}}...{{/list}} repeats for each member, {{name}} and {{map.member}} are looked up in `values`."""
    def section(match):
        return "".join(fill(match.group(2), {**values, **one}) for one in values[match.group(1)])

    def variable(match):
        value = values
        for step in match.group(1).split("."):
            value = value[step]
        return str(value)

    return VARIABLE.sub(variable, SECTION.sub(section, template))


class Widgets:
    """What the shop's own code does; knows tables and indexes, not the emulator."""

    def __init__(self, dynamodb):
        self.dynamodb = dynamodb
        self.widgets, self.products, self.variables = map(dynamodb.Table, ("widgets", "products", "variables"))

    def live(self, name):
        head = self.widgets.get_item(Key={"widget": name, "version": 0}, ConsistentRead=True)["Item"]
        return self.widgets.get_item(Key={"widget": name, "version": head["published"]})["Item"]

    def variables_of(self, *scopes):
        """The later scope wins."""
        found = {}
        for scope in scopes:
            for row in self.variables.query(KeyConditionExpression=Key("scope").eq(scope))["Items"]:
                found[row["name"]] = row["value"]
        return found

    def products_of(self, skus, language, currency):
        texts = sorted({"texts." + language, "texts.en"})  # the same path twice would be an overlap, and refused
        answer = self.dynamodb.batch_get_item(RequestItems={"products": {
            "Keys": [{"sku": sku} for sku in skus], "ExpressionAttributeNames": {"#u": "url"},
            "ProjectionExpression": ", ".join(["sku", "prices", "images[0].#u", *texts])}})
        assert answer["UnprocessedKeys"] == {}
        by_sku = {one["sku"]: one for one in answer["Responses"]["products"]}
        for sku in skus:  # a batch answers in no order; the page has one
            one = by_sku[sku]
            text = one["texts"].get(language) or one["texts"]["en"]
            yield {"sku": sku, **text, "price": one["prices"][currency], "image": one["images"][0]["url"]}

    def render(self, name, site):
        widget = self.live(name)
        values = {**widget["variables"], **self.variables_of("global", "site#" + site, "widget#" + name)}
        if "skus" in values:
            values["products"] = list(self.products_of(values["skus"], values["locale"], values["currency"]))
        return fill(widget["template"], values)

    def publish(self, name, seen, version):
        """`version` goes live, `seen` retires; refused if somebody else published meanwhile."""
        self.dynamodb.meta.client.transact_write_items(TransactItems=[
            {"Update": {"TableName": "widgets", "Key": {"widget": name, "version": 0}, "UpdateExpression": "SET published = :new",
                        "ConditionExpression": "published = :seen AND latest >= :new",
                        "ExpressionAttributeValues": {":new": version, ":seen": seen}}},
            {"Update": {"TableName": "widgets", "Key": {"widget": name, "version": seen}, "UpdateExpression": "SET #s = :retired",
                        "ExpressionAttributeNames": {"#s": "status"}, "ExpressionAttributeValues": {":retired": "retired"}}},
            {"Update": {"TableName": "widgets", "Key": {"widget": name, "version": version}, "UpdateExpression": "SET #s = :published",
                        "ConditionExpression": "#s = :draft", "ExpressionAttributeNames": {"#s": "status"},
                        "ExpressionAttributeValues": {":published": "published", ":draft": "draft"}}}])


@pytest.fixture
def widgets(dynamodb):
    return Widgets(dynamodb)


@pytest.mark.parametrize("site,button", [("shop-en", "Add to basket"), ("shop-de", "In den Warenkorb"), ("shop-fr", "Ajouter au panier")])
def test_a_widget_is_rendered_in_the_language_of_its_site(widgets, site, button):
    page = widgets.render("product-grid", site)
    assert "{{" not in page
    assert page.count("<article") == 4 and page.count(button) == 4
    assert 'href="https://%s.example.com/p/SKU-' % site in page


def test_every_published_widget_renders_and_its_checksum_holds(widgets):
    heads = widgets.widgets.query(IndexName="by_status", KeyConditionExpression=Key("status").eq("head"))["Items"]
    assert len(heads) == 24 and all(head["title"] for head in heads)
    for head in heads:
        live = widgets.live(head["widget"])
        assert live["status"] == "published"
        assert hashlib.sha256(live["template"].encode()).hexdigest() == live["checksum"]
        assert "{{" not in widgets.render(head["widget"], "shop-es")


def test_a_variable_of_the_widget_wins_over_the_widgets_own(widgets):
    assert "2027-02-28T23:59:59Z" in widgets.render("countdown-sale", "shop-en")


def test_a_new_version_is_written_as_draft_then_published(widgets):
    template = '<section>{{heading}} \U0001f3ee {{site.name}}</section>'
    head = widgets.widgets.update_item(
        Key={"widget": "hero-summer", "version": 0}, UpdateExpression="SET latest = latest + :one", ReturnValues="ALL_NEW",
        ConditionExpression=Attr("widget").exists(), ExpressionAttributeValues={":one": 1})["Attributes"]
    draft = {"widget": "hero-summer", "version": head["latest"], "status": "draft", "updated_at": "2026-11-23T09:00:00Z",
             "template": template, "variables": {"heading": "Lanterns"}, "author": "ada"}
    widgets.widgets.put_item(Item=draft, ConditionExpression="attribute_not_exists(version)")
    with pytest.raises(ClientError) as refusal:
        widgets.widgets.put_item(Item=draft, ConditionExpression="attribute_not_exists(version)")
    assert refusal.value.response["Error"] == {"Code": "ConditionalCheckFailedException", "Message": "The conditional request failed"}

    drafts = widgets.widgets.query(IndexName="by_status", KeyConditionExpression=Key("status").eq("draft"), ScanIndexForward=False)
    assert drafts["Items"][0]["widget"] == "hero-summer"
    assert "template" not in drafts["Items"][0], "the index leaves the large attribute out"

    assert "Lanterns" not in widgets.render("hero-summer", "shop-fr")
    widgets.publish("hero-summer", seen=head["published"], version=head["latest"])
    assert widgets.render("hero-summer", "shop-fr") == "<section>Lanterns \U0001f3ee La Lanterne de papier</section>"


def test_of_two_who_publish_at_once_one_is_refused_and_nothing_is_half_done(widgets):
    head = widgets.widgets.get_item(Key={"widget": "product-card", "version": 0})["Item"]
    assert (head["published"], head["latest"]) == (3, 4)
    widgets.publish("product-card", seen=3, version=4)
    with pytest.raises(ClientError) as refusal:
        widgets.publish("product-card", seen=3, version=4)
    assert refusal.value.response["Error"]["Code"] == "TransactionCanceledException"
    assert [reason["Code"] for reason in refusal.value.response["CancellationReasons"]] == [
        "ConditionalCheckFailed", "None", "ConditionalCheckFailed"]
    statuses = {row["version"]: row["status"] for row in widgets.widgets.query(
        KeyConditionExpression=Key("widget").eq("product-card") & Key("version").gt(0))["Items"]}
    assert statuses == {1: "retired", 2: "retired", 3: "retired", 4: "published"}


def test_the_newest_three_versions_come_backwards_and_in_pages(widgets):
    versions, start = [], {}
    while True:
        page = widgets.widgets.query(KeyConditionExpression=Key("widget").eq("product-card"), ScanIndexForward=False, Limit=2,
                                     ProjectionExpression="version", **start)
        versions += [int(row["version"]) for row in page["Items"]]
        if "LastEvaluatedKey" not in page:
            break
        start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
    assert versions == [4, 3, 2, 1, 0]


def test_products_of_a_category_within_a_price_range_come_by_price(widgets):
    found = widgets.products.query(
        IndexName="by_category", KeyConditionExpression=Key("category").eq("lamps") & Key("price").between(Decimal("20"), Decimal("99.90")),
        FilterExpression=Attr("active").eq(True) & Attr("tags").contains("paper"))
    prices = [one["price"] for one in found["Items"]]
    assert prices == sorted(prices) and prices and found["ScannedCount"] > found["Count"]
    assert all(Decimal("20") <= price <= Decimal("99.90") for price in prices)
    assert all(one["active"] is True and "paper" in one["tags"] for one in found["Items"])


def test_a_basket_is_sold_from_stock_only_as_long_as_there_is_some(widgets):
    widgets.products.update_item(Key={"sku": "SKU-0007"}, UpdateExpression="SET stock.berlin = :two", ExpressionAttributeValues={":two": 2})
    sold = 0
    for _ in range(4):
        try:
            widgets.products.update_item(
                Key={"sku": "SKU-0007"}, UpdateExpression="SET stock.berlin = stock.berlin - :one ADD sold :one, buyers :who",
                ConditionExpression="stock.berlin >= :one", ExpressionAttributeValues={":one": 1, ":who": {"visitor#ada"}})
            sold += 1
        except ClientError as error:
            assert error.response["Error"]["Code"] == "ConditionalCheckFailedException"
    one = widgets.products.get_item(Key={"sku": "SKU-0007"})["Item"]
    assert (sold, one["stock"]["berlin"], one["sold"], one["buyers"]) == (2, 0, 2, {"visitor#ada"})


def test_a_template_near_400_kb_fits_and_one_byte_more_does_not(widgets):
    limit = 400 * 1024
    key_bytes = len("widget") + len("page") + len("version") + 2 + len("template")
    widgets.widgets.put_item(Item={"widget": "page", "version": 1, "template": "x" * (limit - key_bytes)})
    kept = widgets.widgets.get_item(Key={"widget": "page", "version": 1})["Item"]
    assert len(kept["template"]) == limit - key_bytes
    with pytest.raises(ClientError) as refusal:
        widgets.widgets.put_item(Item={"widget": "page", "version": 1, "template": "x" * (limit - key_bytes + 1)})
    assert refusal.value.response["Error"] == {"Code": "ValidationException", "Message": "Item size has exceeded the maximum allowed size"}


def test_a_query_over_large_versions_comes_in_pages_of_a_megabyte(widgets):
    for version in range(1, 9):
        widgets.widgets.put_item(Item={"widget": "page", "version": version, "template": "<p>%d</p>" % version * 40000})
    pages = list(widgets.dynamodb.meta.client.get_paginator("query").paginate(
        TableName="widgets", KeyConditionExpression=Key("widget").eq("page")))
    assert [row["version"] for page in pages for row in page["Items"]] == list(range(1, 9))
    assert len(pages) >= 3 and all(page["Count"] <= 4 for page in pages)


def test_binary_comes_back_byte_for_byte(widgets):
    every_byte = bytes(range(256))
    packed = gzip.compress(widgets.live("catalogue-page")["template"].encode(), mtime=0)
    widgets.widgets.put_item(Item={"widget": "packed", "version": 1, "template": packed, "pixels": {every_byte, b"\0"},
                                   "nested": {"empty": b"", "deep": [Binary(every_byte)]}})
    kept = widgets.widgets.get_item(Key={"widget": "packed", "version": 1})["Item"]
    assert gzip.decompress(bytes(kept["template"])) == widgets.live("catalogue-page")["template"].encode()
    assert {bytes(one) for one in kept["pixels"]} == {every_byte, b"\0"}
    assert bytes(kept["nested"]["empty"]) == b"" and bytes(kept["nested"]["deep"][0]) == every_byte
    assert bytes(widgets.live("hero-video")["thumbnail"]).startswith(b"RIFF")
