// The binary under test for JavaScript tests: the users' own helper, stricter about how the server ends.
import { after, beforeEach } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Server } from '../../../ci/helpers/node/fickledb.cjs';

export const SAMPLES = fileURLToPath(new URL('../../../fixtures/samples', import.meta.url));

// Starts a server with `flags` for a test file that node:test runs, reset before each test; answers its Fickle. The server
// must end with 0 within a second of SIGTERM, whatever connections are open, or the file fails.
export async function serverUnderTest(...flags) {
  const server = await Server.start(...flags);
  const fickle = server.fickle();
  beforeEach(() => fickle.reset());
  after(() => server.stop(1000));
  return fickle;
}
