#!/usr/bin/env bash
# A sweep over tests that reset the server and set faults of their own: with the pytest helper, and with Jest's.
. "$(dirname "$0")/../support/server.sh"
PYTHON=${FICKLE_PYTHON:-/usr/bin/python3}
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"; end_of_script' EXIT
export PYTHONPATH=$SOURCE/ci/helpers/python PYTHONDONTWRITEBYTECODE=1
unset PYTEST_XDIST_WORKER FICKLEDB_UNIVERSE

start_server --fixtures "$SOURCE/tests/sweep/sample/orders.json"
export FICKLEDB_ENDPOINT=$ENDPOINT
code=0
(cd "$SOURCE/tests/sweep/sample/pytest" && "$FICKLEDB_BIN" sweep --json "$WORK/orders.json" \
  --only '/partial-batch,/conflict,/stale-read,*Statement/lost-answer,PutItem/throttle' \
  -- "$PYTHON" -m pytest -q -p no:cacheprovider .) >"$WORK/orders.txt" 2>&1 || code=$?
[ "$code" -eq 1 ] || { cat "$WORK/orders.txt"; fail "sweeping the tests ended with $code"; }
"$PYTHON" - "$WORK/orders.json" <<'PY' || { cat "$WORK/orders.txt"; fail "the sweep found something else"; }
import json, sys

runs = json.load(open(sys.argv[1]))["runs"]
told = {(run["call"]["operation"], run["call"]["ordinal"], run["fault"]): run for run in runs}
assert {key for key, run in told.items() if not run["survived"]} == {
    ("BatchWriteItem", 1, "partial-batch"), ("ExecuteStatement", 1, "lost-answer"), ("ExecuteStatement", 2, "stale-read"),
    ("UpdateItem", 1, "conflict")}, told
# The test's own throttle comes on top; a transaction is repeated; what only reads meets no conflict, nor do orders, which no
# transaction writes.
assert told["PutItem", 1, "throttle"]["attempts"] == 3, told
assert {key for key, run in told.items() if run["survived"]} == {
    ("PutItem", 1, "throttle"), ("ExecuteStatement", 2, "lost-answer"), ("TransactWriteItems", 1, "conflict")}, told
assert all(run["fired"] and run["effective"] for run in runs), runs
PY
control GET /faults | grep -q '"faults":\[\]' || fail "the sweep left rules"
[ "$(control GET /fixtures/orders | jq -c '[.tables[0].items[].pk.S]')" = '["order#0"]' ] || fail "the sweep changed the data"
! control GET /sweep >/dev/null 2>&1 || fail "the sweep has not ended"
stop_server

start_server --isolate access-key --fixtures "$SAMPLES/identity-pool"
export FICKLEDB_ENDPOINT=$ENDPOINT CI=1
cd "$SOURCE/tests/clients/helpers"
"$FICKLEDB_BIN" sweep --universe worker-1 --only '/throttle' --budget 1 -- \
  ../node_modules/.bin/node ../node_modules/jest/bin/jest.js --config jest.config.cjs --runInBand --cache=false story.jest.cjs \
  >"$WORK/jest.txt" 2>&1 || { cat "$WORK/jest.txt"; fail "Jest's tests did not survive a throttle"; }
grep -q '1 survived' "$WORK/jest.txt" || { cat "$WORK/jest.txt"; fail "nothing was tried on Jest's tests"; }
echo "sweep: tests that reset the server are swept like any other"
