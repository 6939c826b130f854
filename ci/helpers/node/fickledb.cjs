// FickleDB from Node: start or attach to a server, and tell it what to do while your tests call DynamoDB.
//
// No dependencies; CommonJS, so that Jest, Vitest and node:test can all load it (`import { Fickle } from './fickledb.cjs'`
// works as well). One Fickle speaks for one universe, an isolated DynamoDB of its own. A control call that the server
// refuses rejects with a FickleError that carries the server's own words.
//
//   const server = await Server.start('--fixtures', 'fixtures/samples');
//   const fickle = server.fickle('worker-1');
//   const client = new DynamoDBClient(fickle.clientOptions());
//   await fickle.withFault({ when: { operation: 'PutItem' }, schedule: { times: 1 }, effect: { throttle: {} } }, async () => {
//     await client.send(put); // the SDK retries, and the rule must have fired
//   });
//   await fickle.clock.advance('31d');
'use strict';

const { spawn } = require('node:child_process');
const path = require('node:path');

const ENDPOINT = /https?:\/\/[\w.[\]:-]+:\d+/;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

class FickleError extends Error {
  // A control call was refused: `status`, and `problem` as the server described it (RFC 9457).
  constructor(status, problem) {
    const words = ['title', 'detail', 'pointer'].map((part) => problem[part]).filter(Boolean);
    super(`${status} ${words.join(': ') || JSON.stringify(problem)}`);
    this.name = 'FickleError';
    this.status = status;
    this.problem = problem;
  }
}

// The virtual clock of a universe. Whatever falls due happens before a promise is fulfilled.
class Clock {
  #fickle;

  constructor(fickle) {
    this.#fickle = fickle;
  }

  async #tell(body) {
    return (await this.#fickle.call('POST', '/clock', body)).now;
  }

  async now() {
    return (await this.#fickle.call('GET', '/clock')).now;
  }

  advance(duration) {
    return this.#tell({ advance: duration });
  }

  set(instant) {
    return this.#tell({ set: instant });
  }

  freeze() {
    return this.#tell({ freeze: true });
  }

  resume() {
    return this.#tell({ resume: true });
  }
}

class Fickle {
  #token;

  constructor(endpoint, universe = 'default', token = process.env.FICKLEDB_CONTROL_TOKEN) {
    this.endpoint = endpoint.replace(/\/$/, '');
    this.universe = universe;
    this.#token = token;
    this.clock = new Clock(this);
  }

  // One control call; `where` below /_fickle. Answers the parsed body.
  async call(method, where, body) {
    const headers = { 'content-type': 'application/json', 'x-fickle-universe': this.universe };
    if (this.#token) headers.authorization = `Bearer ${this.#token}`;
    const answer = await fetch(`${this.endpoint}/_fickle${where}`, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    const text = await answer.text();
    let parsed;
    try {
      parsed = text ? JSON.parse(text) : {};
    } catch {
      parsed = { detail: text };
    }
    if (!answer.ok) throw new FickleError(answer.status, parsed);
    return parsed;
  }

  reset({ to, keep } = {}) {
    return this.call('POST', '/reset', { ...(to && { to }), ...(keep && { keep }) });
  }

  snapshot(name) {
    return this.call('PUT', `/snapshots/${encodeURIComponent(name)}`);
  }

  // Loads a document of any supported format; parameters as { table, format, replace }.
  load(document, parameters = {}) {
    return this.call('POST', `/fixtures?${new URLSearchParams(parameters)}`, document);
  }

  async faults() {
    return (await this.call('GET', '/faults')).faults;
  }

  // Sets a rule until the next reset; answers it as the server keeps it, with its name.
  async addFault(rule) {
    const answer = await this.call('POST', '/faults', rule);
    return answer.faults ? answer.faults[0] : answer;
  }

  removeFault(name) {
    return this.call('DELETE', `/faults/${encodeURIComponent(name)}`);
  }

  // The rule holds while `work` runs. A rule that never fired is a test that tests nothing: it rejects.
  async withFault(rule, work, { mustFire = true } = {}) {
    const { name } = await this.addFault(rule);
    const where = `/faults/${encodeURIComponent(name)}`;
    try {
      const result = await work({ name, state: () => this.call('GET', where), release: () => this.call('POST', `${where}/release`) });
      const { fired, matched } = await this.call('GET', where);
      if (mustFire && fired === 0) throw new Error(`fault '${name}' never fired; it matched ${matched} requests`);
      return result;
    } finally {
      await this.call('DELETE', where);
    }
  }

  // Rejects, naming them, if rules that are set have never fired with effect.
  verify() {
    return this.call('POST', '/faults/verify');
  }

  // verifyRequests({ operation: 'PutItem' }, { count: { exactly: 2 } })
  verifyRequests(when, expected) {
    return this.call('POST', '/requests/verify', { when, ...expected });
  }

  async requests(filters = {}) {
    return (await this.call('GET', `/requests?${new URLSearchParams(filters)}`)).requests;
  }

  // PATCHes the standing models.
  simulate(models) {
    return this.call('PATCH', '/simulation', models);
  }

  marker(name) {
    return this.call('PUT', '/marker', { name });
  }

  // What an unchanged program needs in its environment to meet this universe (server: --isolate access-key).
  environment(region = 'us-east-1') {
    return { AWS_ENDPOINT_URL: this.endpoint, AWS_ENDPOINT_URL_DYNAMODB: this.endpoint, AWS_REGION: region,
      AWS_DEFAULT_REGION: region, AWS_ACCESS_KEY_ID: this.universe, AWS_SECRET_ACCESS_KEY: 'fickle',
      FICKLEDB_ENDPOINT: this.endpoint };
  }

  // For `new DynamoDBClient(...)`, of any @aws-sdk v3 DynamoDB package, on a server with --isolate access-key.
  clientOptions(region = 'us-east-1') {
    return { endpoint: this.endpoint, region, credentials: { accessKeyId: this.universe, secretAccessKey: 'fickle' } };
  }

  // Puts a client into this universe by header, which wins: for a server without --isolate. Answers the client.
  adopt(client) {
    client.middlewareStack.add((next) => (args) => {
      args.request.headers['x-fickle-universe'] = this.universe;
      return next(args);
    }, { step: 'build', name: 'fickleUniverse' });
    return client;
  }
}

// A server of our own on a free port. The executable is FICKLEDB_BIN or `fickledb` on the PATH.
class Server {
  #child;
  #log = '';
  #ended;

  static async start(...flags) {
    const server = new Server();
    await server.#start(flags);
    return server;
  }

  async #start(flags, readyWithinMs = 30000) {
    this.#child = spawn(process.env.FICKLEDB_BIN ?? 'fickledb', ['serve', '--port', '0', ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child.stdout.on('data', (text) => (this.#log += text));
    this.#child.stderr.on('data', (text) => (this.#log += text));
    let failure;
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve(code ?? signal));
      this.#child.once('error', (error) => resolve((failure = error)));
    });
    for (const deadline = Date.now() + readyWithinMs; Date.now() < deadline; await pause(5)) {
      if (failure) throw failure;
      if (this.#child.exitCode !== null) throw new Error(`fickledb ended with ${this.#child.exitCode}:\n${this.#log}`);
      this.endpoint ??= this.#log.match(ENDPOINT)?.[0];
      if (this.endpoint && (await this.#isReady())) return;
    }
    this.#child.kill('SIGKILL');
    throw new Error(`fickledb was not ready in ${readyWithinMs} ms:\n${this.#log}`);
  }

  async #isReady() {
    try {
      return (await this.fickle().call('GET', '/health')).status === 'ready';
    } catch {
      return false;
    }
  }

  // SIGTERM; an exit code other than 0, or a server that lingers, is an error.
  async stop(withinMs = 5000) {
    this.#child.kill('SIGTERM');
    let timer;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, withinMs, 'late')));
    const code = await Promise.race([this.#ended, late]);
    clearTimeout(timer);
    if (code === 'late') this.#child.kill('SIGKILL');
    if (code !== 0) throw new Error(`fickledb ended with ${code} after SIGTERM:\n${this.#log}`);
  }

  fickle(universe) {
    return new Fickle(this.endpoint, universe);
  }
}

// FICKLEDB_UNIVERSE where somebody looks on from there (`fickledb sweep`). Else Jest and Vitest number their workers; a file run by
// node:test is a process of its own, and its name tells it apart.
function universeOfWorker() {
  if (process.env.FICKLEDB_UNIVERSE) return process.env.FICKLEDB_UNIVERSE;
  if (process.env.JEST_WORKER_ID && !process.env.VITEST_WORKER_ID) return `jest-${process.env.JEST_WORKER_ID}`;
  if (process.env.VITEST_POOL_ID) return `vitest-${process.env.VITEST_POOL_ID}`;
  return path.basename(process.argv[1] ?? 'default').replace(/\W+/g, '-');
}

// Once per test file: a Fickle for this worker, whose universe is fresh before each test and whose faults must have fired
// after it. `hooks` are the runner's own { beforeAll, beforeEach, afterEach, afterAll } (`before`, `after` in node:test);
// absent, Jest's and Vitest's globals are taken. Without FICKLEDB_ENDPOINT a server is started for the file.
function useFickle(hooks = globalThis, { flags = [], universe = universeOfWorker(), verify = true } = {}) {
  const before = hooks.beforeAll ?? hooks.before;
  const after = hooks.afterAll ?? hooks.after;
  const fickle = new Fickle(process.env.FICKLEDB_ENDPOINT ?? '', universe);
  let server;
  let outside;
  before(async () => {
    if (!fickle.endpoint) {
      server = await Server.start('--isolate', 'access-key', ...flags);
      fickle.endpoint = server.endpoint;
    }
    const environment = fickle.environment();
    outside = Object.keys(environment).map((name) => [name, process.env[name]]);
    Object.assign(process.env, environment);
  });
  hooks.beforeEach(() => fickle.reset());
  if (verify) hooks.afterEach(() => fickle.verify());
  after(async () => {
    for (const [name, value] of outside ?? []) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await server?.stop();
  });
  return fickle;
}

module.exports = { Fickle, FickleError, Server, universeOfWorker, useFickle };
