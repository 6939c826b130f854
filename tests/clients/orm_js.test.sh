#!/usr/bin/env bash
# The object mappers people use over @aws-sdk v3: ElectroDB, Dynamoose and DynamoDB-Toolbox.
set -euo pipefail
cd "${FICKLE_SOURCE:?}/tests/clients"
exec node_modules/.bin/node --test --test-concurrency=2 js/orm-electrodb.test.mjs js/orm-dynamoose.test.mjs js/orm-toolbox.test.mjs
