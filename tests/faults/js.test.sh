#!/usr/bin/env bash
# The AWS SDK for JavaScript v3 in its standard and adaptive modes meets every fault: attempts, delays, outcome.
set -euo pipefail
cd "${FICKLE_SOURCE:?}/tests/clients"
exec node_modules/.bin/node --test ../faults/js/faults.test.mjs
