#!/usr/bin/env bash
# The sweep of commands that cannot be swept: one clear line each, and the server as it was. Without any SDK: curl is the client.
. "$(dirname "$0")/../support/server.sh"
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"; end_of_script' EXIT
start_server --fixtures "$SOURCE/tests/sweep/sample/shop.json"
export FICKLEDB_ENDPOINT=$ENDPOINT

cat >"$WORK/put" <<'SH'
#!/bin/sh
# One PutItem without any retry.
exec curl -fsS --noproxy '*' -o /dev/null -H 'Content-Type: application/x-amz-json-1.0' -H 'X-Amz-Target: DynamoDB_20120810.PutItem' \
  -H "Authorization: AWS4-HMAC-SHA256 Credential=$AWS_ACCESS_KEY_ID/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0" \
  -H 'X-Amz-Date: 20260101T000000Z' -d '{"TableName":"shop","Item":{"pk":{"S":"a"},"sk":{"S":"b"}}}' "$AWS_ENDPOINT_URL_DYNAMODB"
SH
chmod +x "$WORK/put"

# refuses CODE TEXT ARGUMENT...: the sweep ends with CODE and says TEXT in one last line.
refuses() {
  local wanted=$1 text=$2 code=0
  shift 2
  "$FICKLEDB_BIN" sweep "$@" >"$WORK/out" 2>"$WORK/err" || code=$?
  [ "$code" -eq "$wanted" ] || { cat "$WORK/out" "$WORK/err"; fail "sweep $*: ended with $code, not $wanted"; }
  tail -1 "$WORK/err" | grep -qF "$text" || { cat "$WORK/err"; fail "sweep $*: does not say $text"; }
  control GET /snapshots | grep -q '"snapshots":\[\]' || fail "sweep $*: left a snapshot"
}
refuses 2 'which command?'
refuses 2 'unrecognised option' --nope -- true
refuses 2 'neither a number of runs nor a duration' --budget soon -- true
refuses 2 'neither a number of runs nor a duration' --budget 0 -- true
refuses 2 'is not a duration' --timeout 0 -- true
refuses 2 "no fault is called 'lost-anser'" --only '*/lost-anser' -- true
refuses 1 'cannot be started: No such file' -- /no/such/command
refuses 1 'must pass without any fault before it is swept: exit 1' -- false
refuses 1 'must pass without any fault before it is swept: timed out (see --timeout)' --timeout 100ms -- sleep 100
refuses 1 'the command made no DynamoDB calls that reached' -- true
refuses 1 'nothing was tried' --only Query -- "$WORK/put"
refuses 1 'the command ends the sweep' -- curl -fsS -o /dev/null -X DELETE "$ENDPOINT/_fickle/sweep"
refuses 1 'cannot reach http://127.0.0.1:1: Connection refused' --endpoint 127.0.0.1:1 -- true

# Without retries and invocation ids every fault is one request, and none is survived but those that leave nothing to see.
refuses 1 '4 of 4 faults were not survived' -- "$WORK/put"
grep -q 'PutItem shop #1 *lost-answer *exit 5[26] *1 *same *DID NOT SURVIVE' "$WORK/out" || { cat "$WORK/out"; fail "lost answer"; }
grep -q 'PutItem shop #1 *throttle *exit 22 *1 *differs *DID NOT SURVIVE' "$WORK/out" || { cat "$WORK/out"; fail "throttle"; }

# Interrupted: what was found so far, and 130.
code=0
"$FICKLEDB_BIN" sweep -- sh -c "'$WORK/put'; touch '$WORK/began'; sleep 0.3" >"$WORK/out" 2>"$WORK/err" &
sweep=$!
for ((turn = 0; turn < 1000; turn++)); do [ ! -e "$WORK/began" ] || break; sleep 0.02; done
kill -TERM "$sweep"
wait "$sweep" || code=$?
[ "$code" -eq 130 ] || { cat "$WORK/out" "$WORK/err"; fail "an interrupted sweep ended with $code"; }
control GET /snapshots | grep -q '"snapshots":\[\]' || fail "an interrupted sweep left a snapshot"

# A universe of its own: the access key names it, and one that nobody has used yet will do.
stop_server
start_server --isolate access-key --fixtures "$SOURCE/tests/sweep/sample/shop.json"
export FICKLEDB_ENDPOINT=$ENDPOINT
refuses 1 '1 of 1 faults were not survived' --universe worker-1 --budget 1 -- "$WORK/put"
refuses 1 'the command made no DynamoDB calls' -- sh -c "AWS_ACCESS_KEY_ID=elsewhere '$WORK/put'"

# The clock stands where it stood, in each run and afterwards.
control POST /clock '{"set":"2030-01-01T00:00:00Z","freeze":true}' >/dev/null
refuses 1 'the command made no DynamoDB calls' -- "$FICKLEDB_BIN" clock advance 1h
control GET /clock | grep -q '"now":"2030-01-01T00:00:00Z","mode":"frozen"' || fail "the sweep moved the clock: $(control GET /clock)"
echo "sweep: what cannot be swept is told"
