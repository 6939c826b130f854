// DynamoDB-Toolbox: typed entities over a table that is there, queries, conditions, batches, transactions.
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { $add, $append, BatchPutRequest, BatchWriteCommand, DeleteItemCommand, Entity, GetItemCommand, GetTransaction, PutItemCommand, PutTransaction,
  QueryCommand, ScanCommand, Table, UpdateItemCommand, UpdateTransaction, ConditionCheck, any, executeBatchWrite, executeTransactGet, executeTransactWrite,
  item, list, map, number, set, string } from 'dynamodb-toolbox';
import { serverUnderTest } from '../support/server.mjs';

const fickle = await serverUnderTest();
const client = new DynamoDBClient(fickle.clientOptions());
after(() => client.destroy());

beforeEach(() => client.send(new CreateTableCommand({
  TableName: 'toolbox', BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'visitor', KeyType: 'HASH' }, { AttributeName: 'at', KeyType: 'RANGE' }],
  AttributeDefinitions: [{ AttributeName: 'visitor', AttributeType: 'S' }, { AttributeName: 'at', AttributeType: 'N' }, { AttributeName: 'page', AttributeType: 'S' }],
  LocalSecondaryIndexes: [{ IndexName: 'by_page_of_visitor', Projection: { ProjectionType: 'ALL' },
    KeySchema: [{ AttributeName: 'visitor', KeyType: 'HASH' }, { AttributeName: 'page', KeyType: 'RANGE' }] }],
  GlobalSecondaryIndexes: [{ IndexName: 'by_page', Projection: { ProjectionType: 'ALL' },
    KeySchema: [{ AttributeName: 'page', KeyType: 'HASH' }, { AttributeName: 'at', KeyType: 'RANGE' }] }] })));

const Actions = new Table({
  name: 'toolbox', documentClient: DynamoDBDocumentClient.from(client), partitionKey: { name: 'visitor', type: 'string' }, sortKey: { name: 'at', type: 'number' },
  indexes: { by_page: { type: 'global', partitionKey: { name: 'page', type: 'string' }, sortKey: { name: 'at', type: 'number' } },
    by_page_of_visitor: { type: 'local', sortKey: { name: 'page', type: 'string' } } } });
const Action = new Entity({ name: 'Action', table: Actions, schema: item({
  visitor: string().key(), at: number().key(), page: string(), count: number().default(0), labels: set(string()).optional(),
  trail: list(string()).optional(), details: map({ x: number(), extra: any().optional() }).optional() }) });

const one = { visitor: 'ada', at: 1, page: '/a', labels: new Set(['x']), details: { x: 3, extra: { deep: [1, 'zwei', null] } } };

test('an item is put, read, updated under a condition and deleted', async () => {
  await Action.build(PutItemCommand).item(one).options({ condition: { attr: 'visitor', exists: false } }).send();
  await assert.rejects(Action.build(PutItemCommand).item(one).options({ condition: { attr: 'visitor', exists: false } }).send(),
    { name: 'ConditionalCheckFailedException' });
  const { Item } = await Action.build(GetItemCommand).key({ visitor: 'ada', at: 1 }).options({ consistent: true }).send();
  assert.deepEqual([Item.page, Item.count, [...Item.labels], Item.details], ['/a', 0, ['x'], one.details]);
  const { Attributes } = await Action.build(UpdateItemCommand)
    .item({ visitor: 'ada', at: 1, count: $add(4), labels: $add(new Set(['y'])), trail: $append(['seen']), details: { x: 9 } })
    .options({ returnValues: 'ALL_NEW', condition: { and: [{ attr: 'count', lt: 4 }, { attr: 'details.x', eq: 3 }] } }).send();
  assert.deepEqual([Attributes.count, [...Attributes.labels].sort(), Attributes.trail, Attributes.details.x], [4, ['x', 'y'], ['seen'], 9]);
  await assert.rejects(Action.build(UpdateItemCommand).item({ visitor: 'ada', at: 1, count: $add(1) }).options({ condition: { attr: 'count', lt: 4 } }).send(),
    { name: 'ConditionalCheckFailedException' });
  await Action.build(DeleteItemCommand).key({ visitor: 'ada', at: 1 }).send();
  assert.equal((await Action.build(GetItemCommand).key({ visitor: 'ada', at: 1 }).send()).Item, undefined);
});

test('batches, and queries by key, global and local index', async () => {
  await executeBatchWrite(Actions.build(BatchWriteCommand).requests(
    ...Array.from({ length: 20 }, (_, n) => Action.build(BatchPutRequest).item({ visitor: `v${n % 2}`, at: n, page: n % 4 < 2 ? '/a' : '/b', count: n }))));
  const query = async (input, options = {}) => (await Actions.build(QueryCommand).query(input).entities(Action).options({ maxPages: Infinity, ...options }).send()).Items;
  assert.deepEqual((await query({ partition: 'v0', range: { between: [4, 10] } }, { reverse: true })).map(({ at }) => at), [10, 8, 6, 4]);
  assert.deepEqual((await query({ index: 'by_page', partition: '/a', range: { gte: 9 } }, { limit: 2 })).map(({ at }) => at), [9, 12, 13, 16, 17]);
  assert.equal((await query({ index: 'by_page_of_visitor', partition: 'v1', range: { eq: '/b' } }, { consistent: true })).length, 5);
  const filtered = await query({ partition: 'v1' }, { filters: { Action: { attr: 'count', gt: 14 } } });
  assert.deepEqual(filtered.map(({ at }) => at), [15, 17, 19]);
  assert.equal((await Actions.build(ScanCommand).entities(Action).options({ maxPages: Infinity, limit: 3 }).send()).Items.length, 20);
});

test('a transaction is all or nothing, and reads are of one moment', async () => {
  const attempt = (page) => executeTransactWrite(
    Action.build(PutTransaction).item({ visitor: 'ada', at: 2, page: '/b' }).options({ condition: { attr: 'visitor', exists: false } }),
    Action.build(ConditionCheck).key({ visitor: 'ada', at: 1 }).condition({ attr: 'page', eq: page }),
    Action.build(UpdateTransaction).item({ visitor: 'ada', at: 3, page: '/c', count: $add(1) }));
  await Action.build(PutItemCommand).item(one).send();
  await assert.rejects(attempt('/elsewhere'), (error) => {
    assert.deepEqual(error.CancellationReasons.map((reason) => reason.Code), ['None', 'ConditionalCheckFailed', 'None']);
    return true;
  });
  await attempt('/a');
  const { Responses } = await executeTransactGet(...[1, 2, 3, 4].map((at) => Action.build(GetTransaction).key({ visitor: 'ada', at })));
  assert.deepEqual(Responses.map((answer) => answer.Item?.page), ['/a', '/b', '/c', undefined]);
});
