#!/usr/bin/env bash
# The declared requests and replies against the models of the installed SDKs.
set -euo pipefail
cd "${FICKLE_SOURCE:?}/tests/clients"
FICKLE_DECLARATIONS=${FICKLE_BUILD:?}/tests/fickle_declarations exec node_modules/.bin/node --test js/model.test.mjs
