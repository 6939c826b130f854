// Jest's `globalTeardown`: ends the server that global-setup.cjs started.
'use strict';

module.exports = require('./global-setup.cjs').teardown;
