// What @aws-sdk v3 does with each fault: how many attempts, how far apart, and how the call ends.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, beforeEach, test } from 'node:test';
import { Server } from '../../../ci/helpers/node/fickledb.cjs';

const require = createRequire(new URL('../../clients/package.json', import.meta.url));
const { DynamoDB } = require('@aws-sdk/client-dynamodb');

const server = await Server.start();
const fickle = server.fickle();
after(() => server.stop(1000));

const orders = {
  TableName: 'orders',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
};
const key = { TableName: 'orders', Key: { pk: { S: 'a' } } };
const count = { ...key, UpdateExpression: 'SET n = n + :one', ExpressionAttributeValues: { ':one': { N: '1' } } };

function clientOf(retryMode, options = {}) {
  return new DynamoDB({
    endpoint: server.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'fickle', secretAccessKey: 'fickle' },
    retryMode,
    maxAttempts: 3,
    requestHandler: { requestTimeout: 2000, connectionTimeout: 2000, throwOnRequestTimeout: true },
    ...options,
  });
}

const call = (method, path, body) => fickle.call(method, path, body);
const setFault = (rule) => call('POST', '/faults', rule);

async function lastInvocation() {
  const list = (await call('GET', '/invocations')).invocations;
  const last = list[list.length - 1];
  return { attempts: last.attempts.length, gaps: last.attempts.slice(1).map((one) => one.gapMs), outcome: last.outcome };
}

const codeOf = (promise) => promise.then(() => 'success', (error) => error.name);
const numberOf = async (client) => (await client.getItem({ ...key, ConsistentRead: true })).Item.n.N;

beforeEach(async () => {
  await fickle.reset();
  const client = clientOf('standard');
  await client.createTable(orders);
  await client.putItem({ TableName: 'orders', Item: { pk: { S: 'a' }, n: { N: '1' } } });
  client.destroy();
});

// Faults on the first UpdateItem: attempts, outcome, and the number afterwards.
const once = { when: { operation: 'UpdateItem' }, schedule: { times: 1 } };
const cases = [
  ['throttle', { effect: { throttle: {} } }, 2, 'success', '2'],
  ['throttle on demand', { effect: { throttle: { kind: 'on-demand' } } }, 2, 'success', '2'],
  ['500 before the commit', { effect: { error: { code: 'InternalServerError' } } }, 2, 'success', '2'],
  ['500 after the commit', { effect: { error: { code: 'InternalServerError' } }, at: 'afterCommit' }, 2, 'success', '3'],
  ['503', { effect: { error: { code: 'ServiceUnavailable' } } }, 2, 'success', '2'],
  ['502 of a proxy', { effect: { http: { status: 502, body: '<html>' } } }, 2, 'success', '2'],
  ['502 of a proxy, though it was done', { effect: { http: { status: 502, body: '<html>' } }, at: 'afterCommit' }, 2, 'success', '3'],
  ['reset', { effect: { connection: 'reset' } }, 2, 'success', '2'],
  ['lost answer', { effect: { connection: 'reset' }, at: 'afterCommit' }, 2, 'success', '3'],
  ['close', { effect: { connection: 'close' } }, 2, 'success', '2'],
  ['hang', { effect: { connection: 'hang' } }, 2, 'success', '2'],
  ['conflict', { effect: { transactionConflict: {} } }, 1, 'TransactionConflictException', '1'],
  ['validation', { effect: { error: { code: 'ValidationException' } } }, 1, 'ValidationException', '1'],
  ['latency', { effect: { latency: '50ms' } }, 1, 'success', '2'],
  ['drip', { effect: { connection: { drip: 100 } } }, 1, 'success', '2'],
  ['expired credentials', { preset: 'expired-credentials' }, 1, 'ExpiredTokenException', '1'],
];
for (const mode of ['standard', 'adaptive']) {
  for (const [name, rule, attempts, outcome, number] of cases) {
    test(`${mode}: ${name}`, async () => {
      const client = clientOf(mode);
      await setFault({ ...once, ...rule });
      assert.equal(await codeOf(client.updateItem(count)), outcome);
      assert.equal((await lastInvocation()).attempts, attempts);
      assert.equal(await numberOf(client), number);
      await call('POST', '/faults/verify');
      client.destroy();
    });
  }
}

test('a throttle says what was throttled, and why', async () => {
  const client = clientOf('standard', { maxAttempts: 1 });
  await setFault({ effect: { throttle: { kind: 'key-range' } } });
  await assert.rejects(client.updateItem(count), (error) => {
    assert.deepEqual(error.ThrottlingReasons, [
      { reason: 'TableWriteKeyRangeThroughputExceeded', resource: 'arn:aws:dynamodb:us-east-1:000000000000:table/orders' },
    ]);
    return true;
  });
  client.destroy();
});

test('the reasons of ThrottlingException have a small t', async () => {
  const client = clientOf('standard', { maxAttempts: 1 });
  await setFault({ effect: { throttle: { kind: 'on-demand-max' } } });
  await assert.rejects(client.getItem(key), (error) => {
    assert.equal(error.throttlingReasons[0].reason, 'TableReadMaxOnDemandThroughputExceeded');
    return true;
  });
  client.destroy();
});

test('the service says when to come back, and the SDK obeys', async () => {
  const client = clientOf('standard');
  await setFault({ ...once, effect: { throttle: { retryAfter: '700ms' } } });
  await client.updateItem(count);
  const { gaps } = await lastInvocation();
  assert.ok(gaps[0] >= 690, `came back after ${gaps[0]} ms`);
  client.destroy();
});

test('attempts are bounded', async () => {
  const client = clientOf('standard');
  await setFault({ effect: { error: { code: 'InternalServerError' } } });
  assert.equal(await codeOf(client.getItem(key)), 'InternalServerError');
  assert.equal((await lastInvocation()).attempts, 3);
  client.destroy();
});

test('a condition fails with the true item', async () => {
  const client = clientOf('standard');
  await setFault({ effect: { conditionalCheckFailure: {} } });
  await assert.rejects(
    client.putItem({
      TableName: 'orders', Item: { pk: { S: 'a' } }, ConditionExpression: 'n = :one',
      ExpressionAttributeValues: { ':one': { N: '1' } }, ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
    (error) => {
      assert.equal(error.name, 'ConditionalCheckFailedException');
      assert.deepEqual(error.Item, { pk: { S: 'a' }, n: { N: '1' } });
      return true;
    },
  );
  client.destroy();
});

test('a wrong clock: the SDK corrects its own from the Date header and succeeds', async () => {
  for (const skew of ['1h', '-1h']) {
    const client = clientOf('standard');
    await setFault({ name: `skew${skew}`, effect: { clockSkew: skew } });
    await client.updateItem(count);
    assert.equal((await lastInvocation()).attempts, 2);
    await client.updateItem(count);  // has learnt
    assert.equal((await lastInvocation()).attempts, 1);
    await call('DELETE', '/faults');
    client.destroy();
  }
});

test('a held request goes on when it is released', async () => {
  const client = clientOf('standard', { requestHandler: { requestTimeout: 10000 } });
  await setFault({ ...once, name: 'gate', effect: { hold: {} } });
  const update = client.updateItem(count);
  for (let turn = 0; (await call('GET', '/faults/gate')).waiting === 0; turn += 1) {
    assert.ok(turn < 500, 'nobody waits');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.equal((await call('POST', '/faults/gate/release')).released, 1);
  await update;
  assert.equal((await lastInvocation()).attempts, 1);
  client.destroy();
});

test('a rival wins the race', async () => {
  const client = clientOf('standard');
  await setFault({ ...once, effect: { contend: { touch: 'n' } } });
  assert.equal(
    await codeOf(client.updateItem({ ...count, ConditionExpression: 'n = :one' })),
    'ConditionalCheckFailedException',
  );
  assert.equal(await numberOf(client), '2');
  client.destroy();
});

test('an eventually consistent read sees the past', async () => {
  const client = clientOf('standard');
  await setFault({ effect: { staleRead: { versions: 1 } } });
  await client.updateItem(count);
  assert.equal((await client.getItem(key)).Item.n.N, '1');
  assert.equal(await numberOf(client), '2');
  client.destroy();
});
