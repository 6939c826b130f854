// What ci/helpers/node promises, each promise once; told to Jest, Vitest and node:test alike. `fickle` comes from useFickle().
'use strict';

const assert = require('node:assert/strict');
const { DynamoDBClient, GetItemCommand, ListTablesCommand, PutItemCommand } = require('@aws-sdk/client-dynamodb');
const { Fickle } = require('../../../ci/helpers/node/fickledb.cjs');

const put = (id) => new PutItemCommand({ TableName: 'users', Item: { id: { S: id } } });
const get = (id, ConsistentRead = false) => new GetItemCommand({ TableName: 'users', Key: { id: { S: id } }, ConsistentRead });
const throttleOnePut = { when: { operation: 'PutItem' }, schedule: { times: 1 }, effect: { throttle: {} } };

function tellHelperStory(test, fickle) {
  const withClient = async (options, work) => {
    const client = new DynamoDBClient(options);
    try {
      return await work(client);
    } finally {
      client.destroy();
    }
  };
  const mine = (work) => withClient({ ...fickle.clientOptions(), maxAttempts: 3 }, work);

  for (const turn of ['first', 'second']) {
    test(`each test begins with the data as loaded: ${turn} turn`, () => mine(async (client) => {
      assert.equal((await client.send(get('left-behind'))).Item, undefined);
      assert.ok((await client.send(get('user-0001'))).Item);
      await client.send(put('left-behind'));
    }));
  }

  test('a program that knows only its environment meets the same universe', async () => {
    await withClient({}, (client) => client.send(put('from-the-program')));
    await mine(async (client) => assert.ok((await client.send(get('from-the-program'))).Item));
  });

  test('a fault holds while the work runs, and must fire', () => mine(async (client) => {
    await fickle.withFault(throttleOnePut, async (fault) => {
      await client.send(put('retried'));
      assert.equal((await fault.state()).fired, 1);
    });
    assert.deepEqual(await fickle.faults(), []);
    await fickle.verifyRequests({ operation: 'PutItem' }, { count: { exactly: 2 } });
    await assert.rejects(fickle.verifyRequests({ operation: 'PutItem' }, { count: { exactly: 7 } }), { name: 'FickleError', status: 422 });
    await assert.rejects(fickle.withFault({ ...throttleOnePut, name: 'never' }, () => client.send(get('retried'))),
      /'never' never fired; it matched 0 requests/);
    assert.equal(await fickle.withFault(throttleOnePut, () => 'its own result', { mustFire: false }), 'its own result');
    await assert.rejects(fickle.withFault(throttleOnePut, () => Promise.reject(new Error('my own'))), /my own/);
    assert.deepEqual(await fickle.faults(), []);
  }));

  test('a refused rule says where it is wrong', () => assert.rejects(
    fickle.addFault({ schedual: {}, effect: { throttle: {} } }), (error) => error.status === 400 && error.problem.pointer === '/schedual'));

  test('who is held goes on when released', () => mine((client) => fickle.withFault(
    { when: { operation: 'PutItem' }, schedule: { times: 1 }, effect: { hold: { atMost: '20s' } } }, async (fault) => {
      let done = false;
      const sending = client.send(put('held')).then(() => (done = true));
      while ((await fault.state()).fired === 0) assert.equal(done, false);
      assert.equal(done, false);
      await fault.release();
      await sending;
    })));

  test('the clock moves and stands still', async () => {
    await fickle.clock.freeze();
    const before = await fickle.clock.now();
    assert.equal(await fickle.clock.now(), before);
    assert.equal(new Date(await fickle.clock.advance('1h30m')) - new Date(before), 90 * 60 * 1000);
    assert.match(await fickle.clock.set('2030-01-01T00:00:00Z'), /^2030-01-01T00:00:00/);
    await fickle.clock.resume();
  });

  test('snapshots, documents and models', () => mine(async (client) => {
    await fickle.load({ fickle: 1, tables: [{ TableName: 'notes', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], BillingMode: 'PAY_PER_REQUEST', items: [{ id: 'n-1' }] }] });
    await fickle.snapshot('loaded');
    await client.send(put('later'));
    await fickle.reset({ to: 'loaded' });
    assert.ok((await client.send(new GetItemCommand({ TableName: 'notes', Key: { id: { S: 'n-1' } } }))).Item);
    assert.equal((await client.send(get('later'))).Item, undefined);
    await fickle.simulate({ consistency: { reads: { lag: '1h' } } });
    await client.send(put('hidden'));
    assert.equal((await client.send(get('hidden'))).Item, undefined);
    assert.ok((await client.send(get('hidden', true))).Item);
  }));

  test('two universes do not see each other, by access key and by header', () => mine(async (client) => {
    const other = new Fickle(fickle.endpoint, `${fickle.universe}-other`);
    await other.reset();
    await client.send(put('mine'));
    await withClient(other.clientOptions(), async (theirs) => assert.equal((await theirs.send(get('mine'))).Item, undefined));
    await withClient(fickle.clientOptions(), async (theirs) => assert.equal((await other.adopt(theirs).send(get('mine'))).Item, undefined));
  }));

  test('the journal tells what was asked, under the marker set', () => mine(async (client) => {
    await fickle.marker('my test');
    await client.send(new ListTablesCommand({}));
    const [entry] = await fickle.requests({ operation: 'ListTables' });
    assert.deepEqual([entry.marker, entry.status, entry.universe], ['my test', 200, fickle.universe]);
  }));
}

// A test that leaves a rule behind which never fired: the runner must report it as failed.
function tellForgottenFault(test, fickle) {
  test('forgotten', () => fickle.addFault({ name: 'asleep', when: { operation: 'PutItem' }, effect: { throttle: {} } }));
}

module.exports = { tellHelperStory, tellForgottenFault };
