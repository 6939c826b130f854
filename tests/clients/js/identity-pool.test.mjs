// An identity pool with lib-dynamodb: unique sign-ups by transaction, look-ups by every key, optimistic locking.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, TransactGetCommand, TransactWriteCommand, UpdateCommand,
  paginateScan } from '@aws-sdk/lib-dynamodb';
import { SAMPLES, serverUnderTest } from '../support/server.mjs';

const fickle = await serverUnderTest('--fixtures', SAMPLES);
const documents = DynamoDBDocumentClient.from(new DynamoDBClient(fickle.clientOptions()));
after(() => documents.destroy());

const keysOf = (user) => [`email#${user.email}`, ...(user.phone ? [`phone#${user.phone}`] : []),
  ...(user.provider ? [`provider#${user.provider}#${user.provider_id}`] : [])];
const signUp = (user, ClientRequestToken) => documents.send(new TransactWriteCommand({ ClientRequestToken, TransactItems: [
  { Put: { TableName: 'users', Item: { ...user, version: 1 }, ConditionExpression: 'attribute_not_exists(id)' } },
  ...keysOf(user).map((key) => ({ Put: { TableName: 'user_keys', Item: { key, kind: key.split('#')[0], user_id: user.id },
    ConditionExpression: 'attribute_not_exists(user_id)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } }))] }));
const byId = async (id) => (await documents.send(new GetCommand({ TableName: 'users', Key: { id }, ConsistentRead: true }))).Item;
const byKey = async (key) => {
  const { Item } = await documents.send(new GetCommand({ TableName: 'user_keys', Key: { key }, ConsistentRead: true }));
  return Item && byId(Item.user_id);
};
const byIndex = async (IndexName, key) => {
  const names = Object.keys(key);
  const { Items } = await documents.send(new QueryCommand({ TableName: 'users', IndexName,
    KeyConditionExpression: names.map((name) => `#${name} = :${name}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, key[name]])) }));
  assert.ok(Items.length <= 1);
  return Items[0];
};
const NEW = { id: 'user-new', email: 'new@example.com', phone: '+447700900999', provider: 'github', provider_id: 'gi:1', profile: {} };

test('every key of a shipped user finds the user', async () => {
  const users = [];
  for await (const page of paginateScan({ client: documents }, { TableName: 'users', FilterExpression: 'attribute_exists(phone) AND attribute_exists(provider)' })) {
    users.push(...page.Items);
  }
  assert.ok(users.length > 100);
  for (const user of users.slice(0, 10)) {
    assert.deepEqual(await byId(user.id), user);
    assert.deepEqual(await byIndex('by_email', { email: user.email }), user);
    assert.deepEqual(await byIndex('by_phone', { phone: user.phone }), user);
    assert.deepEqual(await byIndex('by_provider', { provider: user.provider, provider_id: user.provider_id }), user);
    for (const key of keysOf(user)) assert.deepEqual(await byKey(key), user);
  }
});

test('a second sign-up with the same e-mail is refused, says why, and leaves nothing', async () => {
  await signUp(NEW);
  assert.deepEqual(await byIndex('by_email', { email: NEW.email }), { ...NEW, version: 1 });
  await assert.rejects(signUp({ id: 'user-other', email: NEW.email, phone: '+447700900998' }), (error) => {
    assert.equal(error.name, 'TransactionCanceledException');
    assert.match(error.message, /\[None, ConditionalCheckFailed, None\]$/);
    assert.deepEqual(error.CancellationReasons.map(({ Code, Message }) => [Code, Message]),
      [['None', undefined], ['ConditionalCheckFailed', 'The conditional request failed'], ['None', undefined]]);
    assert.ok(error.CancellationReasons[1].Item.user_id);
    return true;
  });
  assert.equal(await byId('user-other'), undefined);
  assert.equal(await byKey('phone#+447700900998'), undefined);
});

test('of twenty who want one e-mail at once, one gets it', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => signUp({ id: `rival-${n}`, email: 'wanted@example.com' })));
  assert.equal(outcomes.filter((one) => one.status === 'fulfilled').length, 1);
  assert.ok(outcomes.every((one) => one.status === 'fulfilled' || one.reason.name === 'TransactionCanceledException'));
  assert.equal((await byKey('email#wanted@example.com')).id, `rival-${outcomes.findIndex((one) => one.status === 'fulfilled')}`);
});

test('a sign-up repeated with its token is one sign-up; with other content it is refused', async () => {
  await signUp(NEW, 'token-1');
  await signUp(NEW, 'token-1');
  await assert.rejects(signUp({ ...NEW, email: 'other@example.com' }, 'token-1'), { name: 'IdempotentParameterMismatchException' });
});

test('dynamic attributes change from many sides at once, and no update is lost', async () => {
  const change = async (id, how) => {
    for (let again = 0; again < 1000; again += 1) {
      const user = await byId(id);
      const seen = user.version;
      how(user.profile);
      try {
        await documents.send(new PutCommand({ TableName: 'users', Item: { ...user, version: seen + 1 }, ConditionExpression: 'version = :seen',
          ExpressionAttributeValues: { ':seen': seen } }));
        return;
      } catch (error) {
        assert.equal(error.name, 'ConditionalCheckFailedException');
      }
    }
    assert.fail('never got through');
  };
  const before = await byId('user-0001');
  await Promise.all(Array.from({ length: 12 }, async (_, n) => {
    for (let round = 0; round < 8; round += 1) {
      await change('user-0001', (profile) => {
        profile.counter = (profile.counter ?? 0) + 1;
        profile[`field_${n}_${round}`] = { by: n };
      });
    }
  }));
  const user = await byId('user-0001');
  assert.equal(user.version, before.version + 96);
  assert.equal(user.profile.counter, 96);
  assert.equal(Object.keys(user.profile).filter((name) => name.startsWith('field_')).length, 96);
});

test('single members of a profile change without reading it, and counters need no lock', async () => {
  await Promise.all(Array.from({ length: 40 }, (_, n) => documents.send(new UpdateCommand({ TableName: 'users', Key: { id: 'user-0002' },
    UpdateExpression: 'SET profile.#f = :v ADD clicks :one, seen_from :host', ExpressionAttributeNames: { '#f': `member ${n}` },
    ExpressionAttributeValues: { ':v': [n], ':one': 1, ':host': new Set([`host-${n}`]) } }))));
  const user = await byId('user-0002');
  assert.equal(user.clicks, 40);
  assert.equal(user.seen_from.size, 40);
  assert.equal(Object.keys(user.profile).filter((name) => name.startsWith('member ')).length, 40);
});

test('a family is read in one moment', async () => {
  const { Responses } = await documents.send(new TransactGetCommand({ TransactItems: ['user-0001', 'user-0002', 'nobody'].map((id) => ({
    Get: { TableName: 'users', Key: { id }, ProjectionExpression: 'id' } })) }));
  assert.deepEqual(Responses.map((one) => one.Item), [{ id: 'user-0001' }, { id: 'user-0002' }, undefined]);
});
