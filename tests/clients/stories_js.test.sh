#!/usr/bin/env bash
# The three stories told with @aws-sdk v3 and lib-dynamodb: tests/clients/js, under the Node of tests/clients/package.json.
set -euo pipefail
cd "${FICKLE_SOURCE:?}/tests/clients"
exec node_modules/.bin/node --test --test-concurrency=2 js/html-widgets.test.mjs js/user-actions.test.mjs js/identity-pool.test.mjs
