#!/usr/bin/env bash
# The resilience sweep finds the three planted bugs of a fragile program, and nothing in the repaired one.
. "$(dirname "$0")/../support/server.sh"
PYTHON=${FICKLE_PYTHON:-/usr/bin/python3}
SHOP=$SOURCE/tests/sweep/sample/shop.py
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"; end_of_script' EXIT
start_server --fixtures "$SOURCE/tests/sweep/sample/shop.json"
export FICKLEDB_ENDPOINT=$ENDPOINT

# failures FILE: "OPERATION FAULT" of what was not survived, each once.
failures() {
  "$PYTHON" - "$1" <<'PY'
import json, sys
runs = json.load(open(sys.argv[1]))["runs"]
print("\n".join(sorted({f'{run["call"]["operation"]} {run["fault"]}' for run in runs if not run["survived"]})))
PY
}
before=$(control GET /fixtures)
control POST /faults '{"name":"mine","enabled":false,"effect":{"throttle":{}}}' >/dev/null

code=0
"$FICKLEDB_BIN" sweep --json "$WORK/fragile.json" --junit "$WORK/fragile.xml" -- "$PYTHON" -B "$SHOP" fragile \
  >"$WORK/fragile.txt" 2>"$WORK/fragile.err" || code=$?
[ "$code" -eq 1 ] || { cat "$WORK"/fragile.*; fail "sweeping the fragile program ended with $code"; }
wanted='BatchWriteItem partial-batch
GetItem stale-read
UpdateItem 500-after
UpdateItem lost-answer'
[ "$(failures "$WORK/fragile.json")" = "$wanted" ] || { cat "$WORK/fragile.txt"; fail "found $(failures "$WORK/fragile.json")"; }
grep -q 'UpdateItem shop #1 *lost-answer *passed *2 *differs *DID NOT SURVIVE *shop visitor#7/visits: visits is 43, should be 42' \
  "$WORK/fragile.txt" || { cat "$WORK/fragile.txt"; fail "the lost answer is not told"; }
! grep -q ' conflict ' "$WORK/fragile.txt" || { cat "$WORK/fragile.txt"; fail "a conflict was tried where there is no transaction"; }
grep -q '<testsuite name="fickledb sweep"' "$WORK/fragile.xml" || fail "no JUnit report"
"$PYTHON" -c 'import sys, xml.etree.ElementTree as tree; assert len(tree.parse(sys.argv[1]).getroot().findall("testcase/failure")) == 4' \
  "$WORK/fragile.xml" || fail "the JUnit report has not four failures"

# The server is as it was: data, rules, no snapshot left.
[ "$(control GET /fixtures)" = "$before" ] || fail "the sweep changed the data"
control GET /faults | grep -q '"name":"mine"' || fail "the sweep took a rule away"
control GET /snapshots | grep -q '"snapshots":\[\]' || fail "the sweep left a snapshot"

"$FICKLEDB_BIN" sweep --json "$WORK/repaired.json" -- "$PYTHON" -B "$SHOP" repaired >"$WORK/repaired.txt" 2>&1 ||
  { cat "$WORK/repaired.txt"; fail "the repaired program did not survive"; }
[ -z "$(failures "$WORK/repaired.json")" ] || fail "the repaired program: $(failures "$WORK/repaired.json")"
grep -q 'not compared, they differ between two untouched runs: shop lastVisit' "$WORK/repaired.txt" || fail "lastVisit was compared"

# Bounds.
"$FICKLEDB_BIN" sweep --only 'PutItem/throttle,/stale-read' --budget 1 --json - -- "$PYTHON" -B "$SHOP" repaired >"$WORK/bounded.json"
"$PYTHON" - "$WORK/bounded.json" <<'PY'
import json, sys
report = json.load(open(sys.argv[1]))
assert report["summary"]["planned"] == 2 and report["summary"]["made"] == 1, report["summary"]
assert report["runs"][0]["fault"] == "throttle" and report["runs"][0]["attempts"] == 2, report["runs"]
PY
echo "sweep: the fragile program is found out, the repaired one passes"
