// Dynamoose: a model that makes its own table, documents, queries by index, conditions, transactions, expiry.
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import dynamoose from 'dynamoose';
import { serverUnderTest } from '../support/server.mjs';

const fickle = await serverUnderTest();
const client = new dynamoose.aws.ddb.DynamoDB(fickle.clientOptions());
dynamoose.aws.ddb.set(client);
after(() => client.destroy());

const schema = new dynamoose.Schema({
  id: { type: String, hashKey: true }, email: { type: String, required: true, index: { name: 'by_email', type: 'global' } },
  team: { type: String, index: { name: 'by_team', type: 'global', rangeKey: 'age' } }, age: Number,
  profile: { type: Object, schema: { language: String, seen: Date } }, roles: { type: Set, schema: [String] },
  devices: { type: Array, schema: [String] }, version: { type: Number, default: 1 } }, { timestamps: true });

// Initializing makes the table and switches expiry on; after the reset each test has a model and a table of its own.
let User;
let number = 0;
beforeEach(async () => {
  number += 1;
  User = dynamoose.model(`Person${number}`, schema);
  await new dynamoose.Table(`people${number}`, [User], { initialize: false, throughput: 'ON_DEMAND', waitForActive: { check: { frequency: 0 } },
    expires: { ttl: 3600000, attribute: 'expires' } }).initialize();
});

const ada = { id: 'u1', email: 'ada@example.com', team: 'north', age: 36, profile: { language: 'en', seen: new Date(1767225600000) },
  roles: new Set(['admin', 'member']), devices: ['phone'] };

test('a document is created once, read, updated and deleted', async () => {
  await User.create(ada);
  await assert.rejects(User.create(ada), { name: 'ConditionalCheckFailedException' });
  const user = await User.get('u1');
  assert.equal(user.email, 'ada@example.com');
  assert.deepEqual([...user.roles].sort(), ['admin', 'member']);
  assert.equal(user.profile.seen.getTime(), 1767225600000);
  assert.ok(user.createdAt instanceof Date);

  const updated = await User.update({ id: 'u1' }, { $ADD: { version: 1 }, $SET: { team: 'south' }, $REMOVE: ['age'] });
  assert.deepEqual([updated.version, updated.team, updated.age], [2, 'south', undefined]);
  await assert.rejects(User.update({ id: 'u1' }, { $SET: { team: 'west' } }, { condition: new dynamoose.Condition().where('version').eq(1) }),
    { name: 'ConditionalCheckFailedException' });
  await User.delete('u1');
  assert.equal(await User.get('u1'), undefined);
});

test('queries by index, scans and batches', async () => {
  const people = Array.from({ length: 40 }, (_, n) => ({ ...ada, id: `u${n}`, email: `u${n}@example.com`, team: n % 2 ? 'north' : 'south', age: n }));
  for (let n = 0; n < people.length; n += 25) {
    assert.deepEqual((await User.batchPut(people.slice(n, n + 25))).unprocessedItems, []);
  }
  assert.equal((await User.query('email').eq('u7@example.com').using('by_email').exec())[0].id, 'u7');
  const some = await User.query('team').eq('north').where('age').between(10, 20).using('by_team').sort('descending').exec();
  assert.deepEqual(some.map((user) => user.age), [19, 17, 15, 13, 11]);
  const first = await User.query('team').eq('south').using('by_team').limit(12).exec();
  const second = await User.query('team').eq('south').using('by_team').startAt(first.lastKey).exec();
  assert.equal(first.length + second.length, 20);
  assert.equal((await User.scan('age').gt(29).all().exec()).length, 10);
  assert.equal((await User.scan().count().exec()).count, 40);
  assert.equal((await User.batchGet(['u1', 'u2', 'nobody'])).length, 2);
});

test('a transaction is all or nothing', async () => {
  await User.create(ada);
  const attempt = (id) => dynamoose.transaction([User.transaction.create({ ...ada, id }),
    User.transaction.update({ id: 'u1' }, { $ADD: { version: 1 } })]);
  await attempt('u2');
  await assert.rejects(attempt('u2'), (error) => {
    assert.deepEqual(error.CancellationReasons.map((reason) => reason.Code), ['ConditionalCheckFailed', 'None']);
    return true;
  });
  assert.equal((await User.get('u1')).version, 2);
});

test('a document expires when its time has come', async () => {
  await User.create(ada);
  await fickle.clock.advance('59m');
  assert.equal((await User.get('u1')).id, 'u1');
  await fickle.clock.advance('2m');
  assert.equal(await User.get('u1'), undefined);
});
