// What FickleDB's operations declare (fickle_declarations) against the API models of the installed SDKs: every operation is there, every
// member of a request is known, with its shape, enum and whether it must be there; every declared member of a reply is one that the model
// has. What the model's replies have beyond the declarations is listed below, each with its reason: a new member of a new SDK fails here.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import test from 'node:test';

const declared = JSON.parse(execFileSync(process.env.FICKLE_DECLARATIONS, { maxBuffer: 1 << 26 }));
const require = createRequire(import.meta.url);

// Schemas (kind 3 structure, 4 union, 9 operation, 1 list, 2 map) hold shapes; which strings are enums stands in the types only.
class Model {
  constructor(name) {
    this.schemas = require(name);
    this.operations = Object.values(this.schemas).filter((one) => Array.isArray(one) && one[0] === 9);
    const folder = join(dirname(require.resolve(name)), '..', 'dist-types', 'models');
    this.members = {};
    for (const [, type, body] of read(folder, 'models_0.d.ts').matchAll(/export interface (\w+)[^{]*\{\n(.*?)\n\}/gs)) {
      this.members[type] = Object.fromEntries([...body.matchAll(/^ {4}(\w+)\??: (.*);$/gm)].map((m) => [m[1], m[2]]));
    }
    this.enums = {};
    for (const [, type, body] of read(folder, 'enums.d.ts').matchAll(/export declare const (\w+): \{\n(.*?)\n\}/gs)) {
      this.enums[type] = [...body.matchAll(/readonly \w+: "(.*)";/g)].map((m) => m[1]).sort();
    }
  }
  // The words that a member of a structure may be; undefined when it is no enum.
  words(structure, member) {
    const type = (this.members[structure] ?? this.members[`_${structure}`])?.[member] ?? '';
    return this.enums[type.replace(' | undefined', '').replace(/\[\]$/, '').replace(/^Record<string, (.*)>$/, '$1')];
  }
}
const read = (folder, file) => {
  try {
    return readFileSync(join(folder, file), 'utf8');
  } catch {
    return '';
  }
};

const scalars = { 0: 'string', 1: 'number', 2: 'boolean', 4: 'timestamp', 21: 'blob' };
const kinds = { 1: 'list', 2: 'map', 3: 'structure', 4: 'union' };
// A reference is a function, a member with traits the pair of its schema and them.
const open = (ref) => {
  if (typeof ref === 'function') return open(ref());
  return Array.isArray(ref) && ref.length === 2 ? open(ref[0]) : ref;
};
// Lists and maps of scalars are the scalar's number and a bit.
const shapeOf = (schema) => {
  if (Array.isArray(schema)) return kinds[schema[0]];
  return schema & 64 ? 'list' : schema & 128 ? 'map' : scalars[schema];
};
const elementOf = (schema) => {
  if (!Array.isArray(schema)) return schema & 63;
  return open(schema[0] === 1 ? schema[4] : schema[5]);
};
const isAttributeMap = (schema) => shapeOf(schema) === 'map' && shapeOf(elementOf(schema)) === 'union';

// Calls `say` with every difference below one place of the model. A reply may promise more (members that are always there, fewer words).
function compare(model, side, schema, field, path, say, words) {
  const shape = shapeOf(schema);
  if (shape !== field.shape) return say(path, `is a ${field.shape}, in the model a ${shape}`);
  if (shape === 'structure') {
    const [, , name, , names, schemas, required = 0] = schema;
    const fields = new Map((field.members ?? []).map((one) => [one.name, one]));
    names.forEach((member, i) => {
      const place = `${path}.${member}`;
      const known = fields.get(member);
      fields.delete(member);
      if (!known) return say(place, 'is not declared');
      if (side === 'request' && Boolean(known.required) !== i < required) say(place, i < required ? 'need not be there' : 'must be there');
      compare(model, side, open(schemas[i]), known, place, say, model.words(name, member));
    });
    for (const extra of fields.keys()) say(`${path}.${extra}`, 'is not in the model');
  } else if (shape === 'list' || (shape === 'map' && !(isAttributeMap(schema) && !field.element))) {
    if (!field.element) return say(path, 'has no element');
    compare(model, side, elementOf(schema), field.element, `${path}${shape === 'list' ? '[]' : '{}'}`, say, words);
  } else if (shape === 'string') {
    const known = [...(field.enum ?? [])].sort();
    const promised = side === 'reply' && known.length > 0 && known.every((word) => words?.includes(word));
    if (!promised && String(known) !== String(words ?? [])) say(path, `may be [${known}], in the model [${words ?? []}]`);
  }
}

// Requests: nothing differs but what has its reason here.
const requestReasons = [
  [/^BatchWriteItem\.RequestItems\{\}\[\]\.PutRequest\.workloadProfileName is not/, 'the service prints it in constraint errors'],
  [/^DescribeStream\.ShardFilter\.(Type|ShardId) must be there/, 'the service wants both (Alternator, on AWS)'],
  [/^(CreateTable|UpdateTable)\.TableClass may be/, 'has a sentence of its own for what it does not know'],
  [/^(CreateTable|TagResource)\.Tags\[\]\.(Key|Value) need not/, 'tags have sentences of their own'],
  [/^CreateTable\.(AttributeDefinitions|KeySchema) must be there/, 'is still needed without GlobalTableSourceArn'],
];

// Replies: members and words of the model that are never answered; emulator/COMPATIBILITY.md tells why.
const replyReasons = [
  [/\.ConsumedCapacity(\[\])?(\.Table|\.\w+\{\})?\.(Read|Write)CapacityUnits is not/, 'answered in transactions alone'],
  [/^(BatchGetItem|GetItem|TransactGetItems)\.ConsumedCapacity(\[\])?\.(Local|Global)SecondaryIndexes is not/, 'reads that use no index'],
  [/^(Query|Scan|GetItem|BatchGetItem|TransactGetItems)\.ConsumedCapacity(\[\])?\.VectorIndexes is not/, 'of writes alone'],
  [/^\w+\.ConsumedCapacity(\[\])?\.VectorIndexes\{\}\.VectorSearchRequestBytes is not/, 'a write searches nothing'],
  [/^(CreateTable|RestoreTable\w+)\.TableDescription\.VectorIndexes\[\]\.Backfilling is not/, 'not of an index that is made with its table'],
  [/^SearchVectors\.ConsumedCapacity\.VectorWriteRequestBytes is not/, 'a search writes nothing'],
  [/^BatchExecuteStatement\.Responses\[\]\.Error\.Item is not/, 'the service was never seen to answer it'],
  [/^CreateBackup\.BackupDetails\.BackupExpiryDateTime is not/, 'backups of users do not expire'],
  [/\.(ArchivalSummary|InaccessibleEncryptionDateTime|ReplicaInaccessibleDateTime) is not/, 'no key can become inaccessible'],
  [/\.Replicas\[\]\.(ReplicaArn|ReplicaStatus(Description|PercentProgress)|GlobalTableSettingsReplicationMode) is not/, 'replicas are settings'],
  [/\.Replicas\[\](\.GlobalSecondaryIndexes\[\])?\.WarmThroughput is not/, 'replicas are settings'],
  [/^(CreateTable|RestoreTable\w+)\.TableDescription(\.\w+\[\])?\.ProvisionedThroughput\.Last(In|De)creaseDateTime is not/, 'a new table was not changed'],
  [/^(CreateTable|RestoreTable\w+)\.TableDescription\.(BillingModeSummary|TableClassSummary)\.Last\w+ is not/, 'a new table was not changed'],
  [/^(CreateTable|RestoreTable\w+)\.TableDescription\.GlobalSecondaryIndexes\[\]\.Backfilling is not/, 'not of an index that is made with its table'],
  [/^(CreateTable|RestoreTable\w+)\.TableDescription\.(GlobalTable\w+|Replicas|MultiRegionConsistency|DisassociationProtectionEnabled) is not/, 'a new table has no replicas'],
  [/^CreateTable\.TableDescription\.RestoreSummary is not/, 'it was not restored'],
  [/^RestoreTable\w+\.TableDescription(\.GlobalSecondaryIndexes\[\])?\.(StreamSpecification|LatestStream\w+|WarmThroughput) is not/, 'are not restored'],
  [/^RestoreTableToPointInTime\.TableDescription\.RestoreSummary\.SourceBackupArn is not/, 'restored from no backup'],
  [/^DeleteTable\.TableDescription\.\w+ is not/, 'keys, indexes and settings of a deleted table are not answered'],
  [/^DescribeContributorInsights\.FailureException is not/, 'nothing is measured, so nothing fails'],
  [/^DescribeKinesisStreamingDestination\..*\.DestinationStatusDescription is not/, 'nothing is sent, so nothing fails'],
  [/^DisableKinesisStreamingDestination\.EnableKinesisStreamingConfiguration is not/, 'the service was never seen to answer it'],
  [/^\w+GlobalTable(s|Settings)?\.(GlobalTable\w*|ReplicaSettings|LastEvaluatedGlobalTableName)(\[\]\.\w+)? is not/, 'there are no global tables of 2017.11.29'],
  [/^ListTagsOfResource\.NextToken is not/, 'the service answers all tags at once'],
  [/\.TableThroughputModeSummary is not in the model/, 'the service answers it all the same'],
];

const models = [new Model('@aws-sdk/client-dynamodb'), new Model('@aws-sdk/client-dynamodb-streams')];

test('every operation of the models is there, and no other', () => {
  const names = models.flatMap((model) => model.operations.map((one) => one[2])).sort();
  assert.deepEqual(Object.keys(declared).sort(), names);
});

const differences = (side) => {
  const found = [];
  for (const model of models) {
    for (const [, , name, , input, output] of model.operations) {
      if (side === 'reply' && open(output) === 'unit') continue;
      const field = { shape: 'structure', members: declared[name]?.[side] };
      compare(model, side, open(side === 'request' ? input : output), field, name, (path, what) => found.push(`${path} ${what}`));
    }
  }
  return found;
};
const check = (found, reasons) => {
  const used = new Set();
  const left = found.filter((line) => {
    const reason = reasons.find(([pattern]) => pattern.test(line));
    if (reason) used.add(reason);
    return !reason;
  });
  assert.deepEqual(left, [], 'differs from the model without a reason');
  const stale = reasons.filter((reason) => !used.has(reason)).map(([pattern]) => String(pattern));
  assert.deepEqual(stale, [], 'reasons for differences that there are not');
};

test('requests have the members of the models', () => check(differences('request'), requestReasons));
test('replies have members of the models, and those that are never answered have a reason', () =>
  check(differences('reply'), replyReasons));
