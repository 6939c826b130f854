// Dynamic HTML widgets with lib-dynamodb: templates, products and variables become a page.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, TransactWriteCommand, UpdateCommand,
  paginateQuery } from '@aws-sdk/lib-dynamodb';
import { SAMPLES, serverUnderTest } from '../support/server.mjs';

const fickle = await serverUnderTest('--fixtures', SAMPLES);
const documents = DynamoDBDocumentClient.from(new DynamoDBClient(fickle.clientOptions()));
after(() => documents.destroy());

const lookUp = (values, path) => path.split('.').reduce((value, step) => value[step], values);
const fill = (template, values) => template
  .replace(/\{\{#(\w+)\}\}([^]*?)\{\{\/\1\}\}/g, (_, name, body) => values[name].map((one) => fill(body, { ...values, ...one })).join(''))
  .replace(/\{\{([\w.]+)\}\}/g, (_, path) => String(lookUp(values, path)));

async function live(widget) {
  const head = await documents.send(new GetCommand({ TableName: 'widgets', Key: { widget, version: 0 }, ConsistentRead: true }));
  return (await documents.send(new GetCommand({ TableName: 'widgets', Key: { widget, version: head.Item.published } }))).Item;
}

async function variables(...scopes) {
  const found = {};
  for (const scope of scopes) {
    const { Items } = await documents.send(new QueryCommand({
      TableName: 'variables', KeyConditionExpression: '#s = :s', ExpressionAttributeNames: { '#s': 'scope' }, ExpressionAttributeValues: { ':s': scope } }));
    for (const { name, value } of Items) found[name] = value;
  }
  return found;
}

async function render(name, site) {
  const widget = await live(name);
  const values = { ...widget.variables, ...(await variables('global', `site#${site}`, `widget#${name}`)) };
  if (values.skus) {
    const { Responses } = await documents.send(new BatchGetCommand({ RequestItems: { products: { Keys: values.skus.map((sku) => ({ sku })) } } }));
    values.products = values.skus.map((sku) => {
      const one = Responses.products.find((product) => product.sku === sku);
      return { sku, ...(one.texts[values.locale] ?? one.texts.en), price: one.prices[values.currency], image: one.images[0].url };
    });
  }
  return fill(widget.template, values);
}

test('a widget is rendered from its template, its products and the variables of its site', async () => {
  const page = await render('product-grid', 'shop-fr');
  assert.ok(!page.includes('{{'));
  assert.equal(page.split('<article').length - 1, 4);
  assert.equal(page.split('Ajouter au panier').length - 1, 4);
  assert.match(page, /https:\/\/shop-fr\.example\.com\/p\/SKU-\d{4}/);
});

test('a template of more than 50 KB comes whole', async () => {
  const { template, thumbnail } = await live('catalogue-page');
  assert.ok(template.length > 50 * 1024);
  assert.ok(template.endsWith('</section>\n'));
  assert.equal(Buffer.from(thumbnail).subarray(0, 4).toString(), 'RIFF');
});

test('a new version is published under the condition that nobody else published meanwhile', async () => {
  const publish = (seen, version) => documents.send(new TransactWriteCommand({ TransactItems: [
    { Update: { TableName: 'widgets', Key: { widget: 'hero-summer', version: 0 }, UpdateExpression: 'SET published = :new',
      ConditionExpression: 'published = :seen', ExpressionAttributeValues: { ':new': version, ':seen': seen },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } },
    { Put: { TableName: 'widgets', ConditionExpression: 'attribute_not_exists(version)',
      Item: { widget: 'hero-summer', version, status: 'published', template: '<h1>{{heading}}</h1>', variables: { heading: `v${version} 🏮` } } } }] }));
  await publish(3, 4);
  assert.equal(await render('hero-summer', 'shop-en'), '<h1>v4 🏮</h1>');
  await assert.rejects(publish(3, 5), (error) => {
    assert.equal(error.name, 'TransactionCanceledException');
    assert.deepEqual(error.CancellationReasons.map((reason) => reason.Code), ['ConditionalCheckFailed', 'None']);
    assert.equal(error.CancellationReasons[0].Item.published.N ?? error.CancellationReasons[0].Item.published, '4');
    return true;
  });
  assert.equal(await render('hero-summer', 'shop-en'), '<h1>v4 🏮</h1>');
});

test('an item of 400 KB fits, one byte more does not', async () => {
  const bytes = 400 * 1024 - ('widget'.length + 'large'.length + 'version'.length + 2 + 'template'.length);
  await documents.send(new PutCommand({ TableName: 'widgets', Item: { widget: 'large', version: 1, template: 'x'.repeat(bytes) } }));
  const { Item } = await documents.send(new GetCommand({ TableName: 'widgets', Key: { widget: 'large', version: 1 } }));
  assert.equal(Item.template.length, bytes);
  await assert.rejects(
    documents.send(new PutCommand({ TableName: 'widgets', Item: { widget: 'large', version: 1, template: 'x'.repeat(bytes + 1) } })),
    { name: 'ValidationException', message: 'Item size has exceeded the maximum allowed size' });
});

test('a query over large items comes in pages of a megabyte', async () => {
  for (let version = 1; version <= 6; version += 1) {
    await documents.send(new PutCommand({ TableName: 'widgets', Item: { widget: 'heavy', version, template: 'é'.repeat(170000) } }));
  }
  const versions = [];
  let pages = 0;
  for await (const page of paginateQuery({ client: documents }, { TableName: 'widgets', KeyConditionExpression: 'widget = :w',
    ExpressionAttributeValues: { ':w': 'heavy' } })) {
    pages += 1;
    versions.push(...page.Items.map((item) => item.version));
  }
  assert.deepEqual(versions, [1, 2, 3, 4, 5, 6]);
  assert.ok(pages >= 2);
});

test('bytes, sets, nested maps and exact numbers come back as they went', async () => {
  const item = { widget: 'types', version: 1, bytes: new Uint8Array([0, 255, 128, 1]), tags: new Set(['ä', 'b']), sizes: new Set([1.5, -2, 0]),
    nothing: null, deep: { list: [1, [true, { empty: '' }], {}], 'a name. with #signs': 'ä' } };
  await documents.send(new PutCommand({ TableName: 'widgets', Item: item }));
  const { Item } = await documents.send(new GetCommand({ TableName: 'widgets', Key: { widget: 'types', version: 1 }, ConsistentRead: true }));
  assert.deepEqual({ ...Item, bytes: new Uint8Array(Item.bytes) }, item);

  const exact = DynamoDBDocumentClient.from(new DynamoDBClient(fickle.clientOptions()), { unmarshallOptions: { wrapNumbers: true } });
  const big = await exact.send(new UpdateCommand({ TableName: 'widgets', Key: { widget: 'types', version: 1 }, ReturnValues: 'UPDATED_NEW',
    UpdateExpression: 'SET big = :big + :one', ExpressionAttributeValues: { ':big': 99999999999999999999999999999999999998n, ':one': 1 } }));
  assert.equal(big.Attributes.big.value, '99999999999999999999999999999999999999');
  exact.destroy();
});
