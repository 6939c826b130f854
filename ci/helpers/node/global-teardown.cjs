// Jest's `globalTeardown`: ends the server that global-setup.cjs started. Jest loads this file anew, so the server is found by globalThis.
'use strict';

module.exports = async () => {
  await globalThis.fickledbServer?.stop();
};
