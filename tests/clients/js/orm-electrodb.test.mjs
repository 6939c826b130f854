// ElectroDB: entities and collections in a single table, conditions, transactions.
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity, Service } from 'electrodb';
import { serverUnderTest } from '../support/server.mjs';

const fickle = await serverUnderTest();
const client = new DynamoDBClient(fickle.clientOptions());
after(() => client.destroy());

const key = (name) => [{ AttributeName: `${name}pk`, KeyType: 'HASH' }, { AttributeName: `${name}sk`, KeyType: 'RANGE' }];
beforeEach(() => client.send(new CreateTableCommand({
  TableName: 'single', BillingMode: 'PAY_PER_REQUEST', KeySchema: key(''),
  AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  GlobalSecondaryIndexes: [{ IndexName: 'gsi1', KeySchema: key('gsi1'), Projection: { ProjectionType: 'ALL' } }] })));

const Widget = new Entity({
  model: { entity: 'widget', version: '1', service: 'shop' },
  attributes: {
    site: { type: 'string', required: true }, name: { type: 'string', required: true }, version: { type: 'number', default: 1 },
    status: { type: ['draft', 'published'], default: 'draft' }, tags: { type: 'set', items: 'string' },
    variables: { type: 'map', properties: { heading: { type: 'string' }, count: { type: 'number' } } },
    history: { type: 'list', items: { type: 'string' } } },
  indexes: {
    primary: { pk: { field: 'pk', composite: ['site'] }, sk: { field: 'sk', composite: ['name'] } },
    byStatus: { index: 'gsi1', collection: 'byStatus', pk: { field: 'gsi1pk', composite: ['status'] }, sk: { field: 'gsi1sk', composite: ['name'] } } },
}, { client, table: 'single' });
const Page = new Entity({
  model: { entity: 'page', version: '1', service: 'shop' },
  attributes: { path: { type: 'string', required: true }, status: { type: ['draft', 'published'], default: 'draft' } },
  indexes: {
    primary: { pk: { field: 'pk', composite: ['path'] }, sk: { field: 'sk', composite: [] } },
    byStatus: { index: 'gsi1', collection: 'byStatus', pk: { field: 'gsi1pk', composite: ['status'] }, sk: { field: 'gsi1sk', composite: ['path'] } } },
}, { client, table: 'single' });
const shop = new Service({ widget: Widget, page: Page });

test('an item is created once, read, patched and removed', async () => {
  const made = { site: 'shop-en', name: 'hero', tags: ['a', 'b'], variables: { heading: 'Light', count: 1 }, history: ['made'] };
  await Widget.create(made).go();
  await assert.rejects(Widget.create(made).go(), /conditional request failed/);
  const { data } = await Widget.get({ site: 'shop-en', name: 'hero' }).go();
  assert.deepEqual(data, { ...made, version: 1, status: 'draft' });

  const patched = await Widget.patch({ site: 'shop-en', name: 'hero' }).set({ status: 'published' }).add({ version: 1, tags: ['c'] })
    .append({ history: ['published'] }).data(({ variables }, { set, add }) => {
      set(variables.heading, 'More light');
      add(variables.count, 5);
    }).where(({ version }, { eq }) => eq(version, 1)).go({ response: 'all_new' });
  assert.deepEqual(patched.data, { ...made, version: 2, status: 'published', tags: ['a', 'b', 'c'], history: ['made', 'published'],
    variables: { heading: 'More light', count: 6 } });
  await assert.rejects(Widget.patch({ site: 'shop-en', name: 'hero' }).set({ status: 'draft' }).where(({ version }, { eq }) => eq(version, 1)).go(),
    /conditional request failed/);
  await assert.rejects(Widget.patch({ site: 'shop-en', name: 'nobody' }).set({ status: 'draft' }).go(), /conditional request failed/);

  await Widget.remove({ site: 'shop-en', name: 'hero' }).go();
  assert.equal((await Widget.get({ site: 'shop-en', name: 'hero' }).go()).data, null);
});

test('queries by index page by cursor and filter; a collection brings both kinds', async () => {
  const names = Array.from({ length: 60 }, (_, n) => `widget-${String(n).padStart(2, '0')}`);
  const { unprocessed } = await Widget.put(names.map((name, n) => ({ site: `site-${n % 3}`, name, status: n % 2 ? 'published' : 'draft' }))).go();
  assert.deepEqual(unprocessed, []);
  await Page.put({ path: '/about', status: 'published' }).go();

  const found = [];
  let cursor = null;
  do {
    const page = await Widget.query.byStatus({ status: 'published' }).go({ cursor, limit: 7 });
    found.push(...page.data.map((one) => one.name));
    ({ cursor } = page);
  } while (cursor !== null);
  assert.deepEqual(found, names.filter((_, n) => n % 2));
  const few = await Widget.query.primary({ site: 'site-1' }).between({ name: 'widget-10' }, { name: 'widget-30' })
    .where(({ status }, { eq }) => eq(status, 'draft')).go({ pages: 'all', order: 'desc' });
  assert.deepEqual(few.data.map((one) => one.name), ['widget-28', 'widget-22', 'widget-16', 'widget-10']);
  const both = await shop.collections.byStatus({ status: 'published' }).go({ pages: 'all' });
  assert.equal(both.data.widget.length, 30);
  assert.deepEqual(both.data.page, [{ path: '/about', status: 'published' }]);
});

test('a transaction is all or nothing and says which member was refused', async () => {
  await Page.create({ path: '/taken' }).go();
  const attempt = (path) => shop.transaction.write(({ widget, page }) => [
    widget.create({ site: 'shop-en', name: 'hero' }).commit({ response: 'all_old' }),
    page.create({ path }).commit({ response: 'all_old' })]).go();
  const refused = await attempt('/taken');
  assert.equal(refused.canceled, true);
  assert.deepEqual(refused.data.map((one) => one.code), ['None', 'ConditionalCheckFailed']);
  assert.equal((await Widget.get({ site: 'shop-en', name: 'hero' }).go()).data, null);
  assert.equal((await attempt('/free')).canceled, false);
  const read = await shop.transaction.get(({ widget, page }) => [widget.get({ site: 'shop-en', name: 'hero' }).commit(),
    page.get({ path: '/free' }).commit()]).go();
  assert.deepEqual(read.data.map(({ item }) => item?.name ?? item?.path), ['hero', '/free']);
});
