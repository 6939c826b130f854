// One server for the whole run of Jest (`globalSetup`) or Vitest (`globalSetup`); workers find it by FICKLEDB_ENDPOINT, which
// useFickle() reads. FICKLEDB_FLAGS, separated by spaces, are given to the server. Vitest calls what setup answers when all is
// done; Jest does not, so name global-teardown.cjs there, too.
'use strict';

const { Server } = require('./fickledb.cjs');

async function teardown() {
  await globalThis.fickledbServer?.stop();
  delete globalThis.fickledbServer;
}

async function setup() {
  if (process.env.FICKLEDB_ENDPOINT) return teardown; // a server runs already, a CI service container perhaps
  const flags = (process.env.FICKLEDB_FLAGS ?? '').split(' ').filter(Boolean);
  globalThis.fickledbServer = await Server.start('--isolate', 'access-key', ...flags);
  process.env.FICKLEDB_ENDPOINT = globalThis.fickledbServer.endpoint;
  return teardown;
}

module.exports = setup;
