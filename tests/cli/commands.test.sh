#!/usr/bin/env bash
# Every command of the client against a running server: what it prints, and that it fails with one clear line when it must.
. "$(dirname "$0")/../support/server.sh"
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"; end_of_script' EXIT
cat >"$WORK/users.json" <<'JSON'
{"fickle": 1,
 "tables": [{"TableName": "users", "BillingMode": "PAY_PER_REQUEST",
             "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
             "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
             "items": [{"pk": "user#1", "name": "Ada"}, {"pk": "user#2", "name": "Bob"}]}]}
JSON
start_server --fixtures "$WORK/users.json" --control-token secret
export FICKLEDB_ENDPOINT=$ENDPOINT FICKLEDB_CONTROL_TOKEN=secret

fickledb() { "$FICKLEDB_BIN" "$@" >"$WORK/out" 2>"$WORK/err"; }
# works 'PATTERN' COMMAND...: ends with 0, nothing on stderr, and prints the pattern (extended, several lines as one).
works() {
  local pattern=$1 code=0
  shift
  fickledb "$@" || code=$?
  [ "$code" -eq 0 ] || { cat "$WORK/err"; fail "fickledb $*: ended with $code"; }
  [ ! -s "$WORK/err" ] || { cat "$WORK/err"; fail "fickledb $*: words on stderr"; }
  { tr '\n' '~' <"$WORK/out"; echo; } | grep -qE -- "$pattern" || { cat "$WORK/out"; fail "fickledb $*: does not print $pattern"; }
}
# refuses CODE 'PATTERN' COMMAND...: ends with CODE and says why in one line.
refuses() {
  local wanted=$1 pattern=$2 code=0
  shift 2
  fickledb "$@" || code=$?
  [ "$code" -eq "$wanted" ] || { cat "$WORK/out" "$WORK/err"; fail "fickledb $*: ended with $code, not $wanted"; }
  [ "$(wc -l <"$WORK/err")" -eq 1 ] || { cat "$WORK/err"; fail "fickledb $*: not one line"; }
  grep -qE -- "^fickledb: .*$pattern" "$WORK/err" || { cat "$WORK/err"; fail "fickledb $*: does not say $pattern"; }
}
# put TABLE ID [HEADER...]: one PutItem; prints the status.
put() {
  local table=$1 id=$2
  shift 2
  curl -s --noproxy '*' -o /dev/null -w '%{http_code}' -H 'Content-Type: application/x-amz-json-1.0' "$@" \
    -H 'X-Amz-Target: DynamoDB_20120810.PutItem' -H 'X-Amz-Date: 20260101T000000Z' \
    -H 'Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0' \
    -d "{\"TableName\":\"$table\",\"Item\":{\"pk\":{\"S\":\"$id\"}}}" "$ENDPOINT"
}

# Where the server is, and who may ask.
works 'ready +http://.*~version .*~seed +1~tables +1~' health
works 'ready' healthcheck
works '"status":"ready"' health --json
works 'ready' wait --timeout 5s
refuses 1 'cannot reach http://127.0.0.1:1: Connection refused' health --endpoint http://127.0.0.1:1
refuses 1 'not ready after 60ms: cannot reach' wait --timeout 60ms --endpoint 127.0.0.1:1
refuses 2 'is not a duration' wait --timeout soon
refuses 2 'plain HTTP' health --endpoint https://localhost
refuses 2 'neither a numeric address nor localhost' health --endpoint nowhere.invalid:8000
refuses 1 'Control token needed' universes --token wrong
FICKLEDB_ENDPOINT='' works 'ready' health --endpoint "localhost:${ENDPOINT##*:}"

# Every command explains itself and refuses what it does not know.
for command in load export reset snapshot truncate universes faults simulation decisions clock requests invocations verify marker \
  sweep health healthcheck wait; do
  works "^fickledb $command - .*~~  fickledb $command.*--endpoint URL" "$command" --help
  works "^fickledb $command - " "$command" -h
  refuses 2 "unrecognised option '--nope'.*fickledb $command --help" "$command" --nope
done

# Data.
works '"TableName":"users"' export
works '"Ada"' export users
refuses 1 "no table 'nothing'" export nothing
works '^$' export users --output "$WORK/exported.json"
works 'FILE +TABLE +ITEMS~exported.json +users +2' load "$WORK/exported.json"
works '"items":2' load --json "$WORK/exported.json"
sed 's/"user#1", "name": "Ada"/"user#3", "name": "Cyd"/' "$WORK/users.json" >"$WORK/more.json"
works 'users +2' load --no-baseline "$WORK/more.json"
mkdir -p "$WORK/folder/deep" "$WORK/folder/.hidden"
cp "$WORK/more.json" "$WORK/folder/deep/more.json"
cp "$WORK/users.json" "$WORK/folder/a-users.json"
echo 'not JSON' | tee "$WORK/folder/.hidden/x.json" >"$WORK/folder/README.md"
works 'folder/a-users.json +users +2.*folder/deep/more.json +users +2~$' load --no-baseline "$WORK/folder"
# What defines tables goes first, whatever its name; data find their table by the file's name, or by --table.
mkdir "$WORK/mixed"
sed 's/"users"/"people"/' "$WORK/users.json" >"$WORK/mixed/z-schema.json"
printf '{"pk":"user#%s"}\n' 8 9 >"$WORK/mixed/people.jsonl"
works 'z-schema.json +people +2 +new~mixed/people.jsonl +people +2~$' load --no-baseline "$WORK/mixed"
works 'users +2~$' load --no-baseline --table users - <"$WORK/mixed/people.jsonl"
# What a document names beside it goes with it, and not a second time; curl sends both as a form.
mkdir -p "$WORK/named/data"
sed 's/"users"/"guests"/; s/"items":.*/"itemsFrom": "data\/guests.csv"}]}/' "$WORK/users.json" >"$WORK/named/scenario.json"
printf 'pk,name\nguest#1,Dee\n' >"$WORK/named/data/guests.csv"
works 'FILE.*~scenario.json +guests +1 +new~$' load --no-baseline "$WORK/named/scenario.json"
works 'FILE.*~named/scenario.json +guests +1~$' load --no-baseline "$WORK/named"
curl -fsS --noproxy '*' -H 'Authorization: Bearer secret' -F "file=@$WORK/named/scenario.json" -F "file=@$WORK/named/data/guests.csv;filename=data/guests.csv" \
  "$ENDPOINT/_fickle/fixtures?baseline=false" | grep -q '"items":1' || fail "a form with files is not loaded"
works '"loaded":\[' load --no-baseline --json "$WORK/users.json" "$WORK/more.json"
works 'users +2' load - <"$WORK/users.json"
refuses 1 'No such file' load "$WORK/none.json"
refuses 2 'something is missing' load
echo '{"fickle":1,"tabels":[]}' >"$WORK/bad.json"
refuses 1 'bad.json: .*tabels' load "$WORK/bad.json"
works 'users: 5 items deleted' truncate users
refuses 1 "no table 'nothing'" truncate nothing
works 'default is as after its fixtures loaded: 1 tables' reset
works 'snapshot one: 1 tables; back to it with: fickledb reset --to one' snapshot one
works 'SNAPSHOT +TABLES +ITEMS~one +1' snapshot
works 'an empty one: 0 tables, 0 items' reset --to empty
works 'default is as in one: 1 tables' reset --to one --keep faults,clock
refuses 1 "no snapshot 'two'" reset --to two
refuses 1 'Cannot be kept' reset --keep everything
works 'snapshot one is gone' snapshot one --remove
refuses 1 "no snapshot 'one'" snapshot one --remove
works 'UNIVERSE +TABLES +ITEMS +BYTES~default +1 +[0-9]+ +[0-9]+~' universes
works 'other is as after its fixtures loaded' reset --universe other
works '"name":"other"' universes --json
works 'universe other is gone' universes --drop other
refuses 1 "no universe 'other'" universes --drop other

# The clock.
works '^[-0-9T:.]+Z  running~' clock
works 'set|running' clock show
works '^2030-01-01T00:00:0.*Z  running, .* ahead of the wall clock' clock set 2030-01-01T00:00:00Z
works '2030-01-01T02:00:0' clock advance 2h
works 'frozen' clock freeze
works 'running' clock resume
works '"mode":"running"' clock --json
refuses 1 'Not a duration.*at /advance' clock advance -- -2h
refuses 2 "unrecognised option '-2h'" clock advance -2h
refuses 1 'Not an instant' clock set tomorrow
refuses 2 "knows show, advance, set, freeze, resume, not 'stop'" clock stop
refuses 2 'something is missing' clock advance
works 'default' reset

# Faults.
works 'no fault rules' faults
echo '[{"name":"slow","effect":{"latency":"1ms"}},{"name":"busy","when":{"operation":"PutItem","table":"users"},"schedule":{"times":1},"effect":{"throttle":{}}}]' >"$WORK/rules.json"
works 'NAME +WHEN +SCHEDULE +EFFECT.*~slow +everything +latency 1ms .*~busy +operation PutItem, table users +times 1 +throttle' faults add "$WORK/rules.json"
refuses 1 'slow' faults add "$WORK/rules.json"
refuses 1 'at /schedual' faults add '{"schedual":{},"effect":{"throttle":{}}}'
refuses 1 'must lie between 0.0 and 1.0 \(at /schedule/probability\)' faults add '{"schedule":{"probability":2},"effect":{"throttle":{}}}'
[ "$(put users x)" = 400 ] || fail "the rule does not throttle"
[ "$(put users x)" = 200 ] || fail "the rule throttles twice"
works 'busy .* 2 +1 +0~' faults list
works '"fired":1' faults list --json
works 'every rule fired with effect \(2 rules\)' faults verify
works 'rule busy is gone; it fired 1 times' faults remove busy
refuses 1 'no rule named busy' faults remove busy
works 'parked' faults add '{"name":"parked","enabled":false,"preset":"lost-ack"}'
echo '{"name":"never","when":{"table":"other"},"effect":{"throttle":{}}}' >"$WORK/never.json"
works 'never +table other' faults add - <"$WORK/never.json"
refuses 1 'never fired with effect: never' faults verify
works 'PRESET +WHAT IT DOES~hot-partition' faults presets
works '0 requests let go' faults release slow
refuses 1 'no rule named nobody' faults release nobody
works 'no fault rules' faults clear
refuses 2 "not 'explode'" faults explode

# A held request is let go.
works 'waits' faults add '{"name":"waits","effect":{"hold":{"atMost":"60s"}}}'
put users held >"$WORK/held" &
held=$!
for ((turn = 0; turn < 500; turn++)); do
  fickledb faults release waits
  ! grep -q '1 requests let go' "$WORK/out" || break
  sleep 0.02
done
wait "$held"
[ "$(cat "$WORK/held")" = 200 ] || fail "the held request answered $(cat "$WORK/held")"
works 'no fault rules' faults clear

# Simulation and decisions.
works 'no simulation' simulation
echo '{"consistency":{"reads":{"lag":"300ms","probability":0.5}}}' >"$WORK/simulation.json"
works 'consistency .*300ms' simulation set "$WORK/simulation.json"
works 'transactions .*20ms' simulation set --merge '{"transactions":{"hold":"20ms"}}'
works 'consistency' simulation show
refuses 1 '/consistncy' simulation set '{"consistncy":{}}'
works 'no simulation' simulation set '{}'
works '^0 decisions saved; again with' decisions save "$WORK/decisions.json"
works '"decisions":\[\]' decisions save -
works 'following 0 decisions' decisions replay "$WORK/decisions.json"
refuses 1 'No such file' decisions replay "$WORK/none"
refuses 2 'save FILE or replay FILE' decisions

# The journal.
works 'the journal is empty' requests --clear
works 'no requests' requests
works 'no invocations' invocations
works 'later requests are marked test_one' marker test_one
put users y -H 'amz-sdk-invocation-id: 1234567890-abcdef' -H 'amz-sdk-request: attempt=1; max=3' >/dev/null
put users z >/dev/null
put nothing z >/dev/null
works 'later requests carry no marker' marker
works 'ID +AT +OPERATION +TABLES +KEYS +STATUS +ERROR .*MARKER~.*PutItem +users .*ResourceNotFoundException' requests
works '^[^~]*~[^~]*nothing[^~]*~$' requests --error ResourceNotFoundException
works '^[^~]*~[^~]*~[^~]*~$' requests --table users --operation 'Put*' --marker test_one
works '^[^~]*~[^~]*nothing[^~]*~$' requests --limit 1
works '"requests":\[\{' requests --json --invocation 1234567890-abcdef
refuses 1 "'limit' is a whole number" requests --limit many
works 'INVOCATION +OPERATION +TRIES.*1234567890\.\.\. +PutItem +1 +200 +success' invocations
echo '{"when":{"operation":"PutItem"},"count":{"exactly":3}}' >"$WORK/expected.json"
works 'as expected: 3 requests' verify "$WORK/expected.json"
refuses 1 '.' verify '{"when":{"operation":"PutItem","table":"other"},"count":{"atLeast":1}}'
grep -q 'near miss: request [0-9]* PutItem' "$WORK/out" || { cat "$WORK/out"; fail "no near miss shown"; }
refuses 1 '.' verify --json '{"count":{"exactly":99}}'
grep -q '"verified":false' "$WORK/out" || fail "verify --json prints nothing"
refuses 2 'something is missing' verify

stop_server
refuses 1 'cannot reach' reset

# Beside a server that FICKLEDB_PORT put elsewhere, as in a container, no endpoint is needed.
start_server
FICKLEDB_CONTROL_TOKEN='' FICKLEDB_ENDPOINT='' FICKLEDB_PORT=${ENDPOINT##*:} works 'tables +0' health
# ::1 alone is found too.
stop_server
start_server --host ::1
FICKLEDB_CONTROL_TOKEN='' FICKLEDB_ENDPOINT='' FICKLEDB_PORT=${ENDPOINT##*:} works 'ready' health
FICKLEDB_CONTROL_TOKEN='' FICKLEDB_ENDPOINT="http://[::1]:${ENDPOINT##*:}" works 'ready' health
echo "cli: every command works, and fails as it should"
