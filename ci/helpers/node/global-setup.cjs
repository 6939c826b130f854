// One server for the whole run of Jest (`globalSetup`) or Vitest (`globalSetup`); workers find it by FICKLEDB_ENDPOINT, which
// useFickle() reads. FICKLEDB_FLAGS, separated by spaces, are given to the server. With Jest, name global-teardown.cjs too.
'use strict';

const { Server } = require('./fickledb.cjs');

async function setup() {
  if (process.env.FICKLEDB_ENDPOINT) return; // a server runs already, a CI service container perhaps
  const flags = (process.env.FICKLEDB_FLAGS ?? '').split(' ').filter(Boolean);
  globalThis.fickledbServer = await Server.start('--isolate', 'access-key', ...flags);
  process.env.FICKLEDB_ENDPOINT = globalThis.fickledbServer.endpoint;
}

async function teardown() {
  await globalThis.fickledbServer?.stop();
}

module.exports = setup;
module.exports.setup = setup;
module.exports.teardown = teardown;
