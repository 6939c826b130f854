#!/usr/bin/env bash
# ci/helpers/node with Jest, Vitest and node:test themselves: the story passes, and a fault that never fired fails its test.
set -euo pipefail
cd "${FICKLE_SOURCE:?}/tests/clients/helpers"
node=../node_modules/.bin/node
unset FICKLEDB_ENDPOINT FICKLEDB_UNIVERSE
export FICKLEDB_FLAGS="--fixtures $FICKLE_SOURCE/fixtures/samples/identity-pool --seed $$" CI=1

jest() { "$node" ../node_modules/jest/bin/jest.js --config jest.config.cjs --maxWorkers 2 --cache=false "$@"; }
vitest() { "$node" ../node_modules/vitest/vitest.mjs run "$@"; }
by_node() { "$node" --test "$@"; }

# forgets NAME COMMAND...: the run fails, and its output names the rule.
forgets() {
  local name=$1 text
  shift
  ! text=$("$@" 2>&1) || { echo "FAILED: $name passed a test whose fault never fired" >&2; exit 1; }
  [[ $text == *asleep* ]] || { echo "FAILED: $name does not name the rule: $text" >&2; exit 1; }
}

# leaves_none COMMAND...: runs it; its server, known by its seed, must have ended with it.
leaves_none() {
  "$@"
  ! pgrep -f -- "--seed $$\b" >/dev/null || { echo "FAILED: '$*' left its server behind" >&2; exit 1; }
}

leaves_none jest story.jest.cjs
forgets Jest jest forgotten.jest.cjs
leaves_none vitest story.vitest.mjs
forgets Vitest vitest forgotten.vitest.mjs
by_node story.node.mjs
forgets node:test by_node forgotten.node.mjs
