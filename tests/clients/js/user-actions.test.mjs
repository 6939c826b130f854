// Tracking user actions with lib-dynamodb: written in bursts, searched by index, processed once, gone when their time has come.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, QueryCommand, UpdateCommand, paginateQuery, paginateScan } from '@aws-sdk/lib-dynamodb';
import { SAMPLES, serverUnderTest } from '../support/server.mjs';

const DAY = 86400;
const NOW = Math.floor(Date.now() / 1000);
const fickle = await serverUnderTest('--fixtures', SAMPLES);
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ ...fickle.clientOptions(), maxAttempts: 3 }));
after(() => documents.destroy());

const action = (visitor, n) => ({ visitor, action: `${NOW + n}#ping-${n}`, visit: `${visitor}/1`, type: 'ping', page: '/c/lamps', at: NOW + n, expires: NOW + 60 * DAY });

// Batches of 25; what one did not take goes into the next.
async function writeAll(items) {
  let waiting = items.map((Item) => ({ PutRequest: { Item } }));
  for (let calls = 0; waiting.length > 0; calls += 1) {
    assert.ok(calls <= items.length, 'the server takes nothing at all');
    const { UnprocessedItems } = await documents.send(new BatchWriteCommand({ RequestItems: { actions: waiting.slice(0, 25) } }));
    waiting = [...(UnprocessedItems.actions ?? []), ...waiting.slice(25)];
  }
}

async function gather(pages) {
  const items = [];
  let count = 0;
  for await (const page of pages) {
    count += 1;
    items.push(...(page.Items ?? []));
  }
  return { items, pages: count };
}

const scan = (input = {}) => gather(paginateScan({ client: documents }, { TableName: 'actions', ...input }));
const query = (input, pageSize) => gather(paginateQuery({ client: documents, pageSize }, { TableName: 'actions', ...input }));
const count = async () => (await scan({ ProjectionExpression: 'visitor' })).items.length;

test('ten writers ingest two thousand actions at once', async () => {
  await Promise.all(Array.from({ length: 10 }, (_, writer) => writeAll(Array.from({ length: 200 }, (_, n) => action(`burst-${writer}`, n)))));
  for (const writer of [0, 9]) {
    const { items } = await query({ KeyConditionExpression: 'visitor = :v', ExpressionAttributeValues: { ':v': `burst-${writer}` } });
    assert.deepEqual(items.map((item) => item.at - NOW), Array.from({ length: 200 }, (_, n) => n));
  }
  assert.equal(await count(), 12000);
});

for (const [index, key, value] of [['by_type', 'type', 'click'], ['by_page', 'page', '/sale'], ['by_campaign', 'campaign', 'autumn-lights']]) {
  test(`a filtered search by ${key} loses and repeats nothing, whatever the page size`, async () => {
    const search = { IndexName: index, KeyConditionExpression: '#k = :v AND #at BETWEEN :from AND :to', FilterExpression: 'contains(visit, :seven)',
      ExpressionAttributeNames: { '#k': key, '#at': 'at' },
      ExpressionAttributeValues: { ':v': value, ':from': NOW - 20 * DAY, ':to': NOW - 5 * DAY, ':seven': '7' }, ScanIndexForward: false };
    const name = (item) => `${item.visitor} ${item.action}`;
    const whole = await query(search);
    const paged = await query(search, 41);
    assert.ok(whole.items.length > 20 && paged.pages > whole.pages);
    assert.deepEqual(paged.items.map(name), whole.items.map(name));
    assert.deepEqual(paged.items.map((item) => item.at), paged.items.map((item) => item.at).sort((a, b) => b - a));
  });
}

test('five workers process the orders, and no order twice', async () => {
  const waiting = async () => (await documents.send(new QueryCommand({ TableName: 'actions', IndexName: 'by_queue', Limit: 60,
    KeyConditionExpression: 'queue = :q', ExpressionAttributeValues: { ':q': 'orders' } }))).Items;
  const work = async (worker) => {
    const mine = [];
    for (let batch = await waiting(); batch.length > 0; batch = await waiting()) {
      for (const { visitor, action: name } of worker % 2 ? batch : batch.reverse()) {
        try {
          await documents.send(new UpdateCommand({ TableName: 'actions', Key: { visitor, action: name },
            UpdateExpression: 'SET claimed_by = :me REMOVE queue', ConditionExpression: 'attribute_not_exists(claimed_by)',
            ExpressionAttributeValues: { ':me': worker } }));
          mine.push(`${visitor} ${name}`);
        } catch (error) {
          assert.equal(error.name, 'ConditionalCheckFailedException');
        }
      }
    }
    return mine;
  };
  const done = (await Promise.all([0, 1, 2, 3, 4].map(work))).flat();
  assert.equal(done.length, 500);
  assert.equal(new Set(done).size, 500);
});

test('a parallel scan sees every action once', async () => {
  const parts = await Promise.all([0, 1, 2, 3].map((Segment) => scan({ Segment, TotalSegments: 4, ProjectionExpression: 'visitor, #a',
    ExpressionAttributeNames: { '#a': 'action' } })));
  const names = parts.flatMap((part) => part.items.map((item) => `${item.visitor} ${item.action}`));
  assert.equal(new Set(names).size, 10000);
  assert.equal(names.length, 10000);
});

test('entries expire when the clock moves, and come back with a reset', async () => {
  await documents.send(new UpdateCommand({ TableName: 'actions', UpdateExpression: 'SET pinned = :t', Key: { visitor: 'pinned', action: '1' },
    ExpressionAttributeValues: { ':t': true } }));
  await fickle.clock.advance('31d');
  const left = await count();
  assert.ok(left > 9000 && left < 10000, `${left} left`);
  await fickle.clock.advance('30d');
  assert.equal(await count(), 1);
  await fickle.reset();
  assert.equal(await count(), 10000);
});
