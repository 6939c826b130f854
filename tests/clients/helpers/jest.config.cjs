'use strict';

module.exports = {
  rootDir: __dirname,
  testMatch: ['**/*.jest.cjs'],
  testEnvironment: 'node',
  transform: {},
  globalSetup: '../../../ci/helpers/node/global-setup.cjs',
  globalTeardown: '../../../ci/helpers/node/global-teardown.cjs',
};
