#!/usr/bin/env bash
# The control calls of faults and simulation on a running server: files at start, answers, refusals, reset, universes, verdicts.
source "${FICKLE_SOURCE:?}/tests/support/server.sh"
files=$(mktemp -d)

# same WHAT EXPECTED ACTUAL
same() { [ "$2" == "$3" ] || fail "$1: expected '$2', found '$3'"; }

# refused WHAT STATUS POINTER METHOD PATH [BODY]: a problem with that status and pointer, and no rule more than before.
refused() {
  local answer before
  before=$(control GET /faults | jq '.faults | length')
  answer=$(curl -sS --noproxy '*' -X "$4" ${6+--data-binary "$6"} -w '%{content_type}' "$ENDPOINT/_fickle$5")
  [[ $answer == *application/problem+json* ]] || fail "$1: no problem: $answer"
  same "$1: status" "$2" "$(jq -s '.[0].status' <<<"${answer%application*}")"
  same "$1: pointer" "$3" "$(jq -sr '.[0].pointer' <<<"${answer%application*}")"
  same "$1: rules" "$before" "$(control GET /faults | jq '.faults | length')"
}

names() { control GET "/faults${1:-}" | jq -r '[.faults[].name] | join(" ")'; }

cat >"$files/rules.json" <<'END'
// what our service must live with
[{"name": "base", "when": {"operation": "GetItem"}, "schedule": {"times": 1}, "effect": {"throttle": {}}},]
END
cat >"$files/bad.json" <<'END'
[{"name": "base", "effect": {"throttle": {}}, "schedual": {}}]
END

# A bad file ends the start with its name and the pointer.
if text=$("$FICKLEDB_BIN" serve --port 0 --faults "$files/bad.json" 2>&1); then fail "a bad --faults file was taken"; fi
[[ $text == *bad.json*"/0/schedual"* ]] || fail "a bad --faults file is not named: $text"

start_server --faults "$files/rules.json" --isolate access-key
same 'rules of --faults' base "$(names)"
same 'one rule is answered with itself' fault-1 "$(control POST /faults '{"effect":{"latency":"1ms"}}' | jq -r .name)"
same 'several with their list' 'a b' "$(control POST /faults '[{"name":"a","effect":{"latency":"1ms"}},{"name":"b","enabled":false,"effect":{"latency":"1ms"}}]' | jq -r '[.faults[].name]|join(" ")')"
refused 'unknown member' 400 /schedual POST /faults '{"effect":{"throttle":{}},"schedual":{}}'
refused 'unknown operation' 400 /when/operation POST /faults '{"when":{"operation":"Put"},"effect":{"throttle":{}}}'
refused 'taken name' 409 /name POST /faults '{"name":"a","effect":{"throttle":{}}}'
refused 'second of an array' 400 /1/effect/partialBatch POST /faults '[{"effect":{"latency":"1s"}},{"when":{"operation":"Scan"},"effect":{"partialBatch":{}}}]'
refused 'another name in the body' 400 /name PUT /faults/a '{"name":"z","effect":{"throttle":{}}}'
refused 'no such rule' 404 '' GET /faults/nobody
refused 'no such universe' 404 '' GET '/faults?universe=nobody'
refused 'bad simulation' 400 /ttl/sweep PUT /simulation '{"ttl":{"sweep":"0"}}'

control PUT /faults/a '{"effect":{"latency":"2ms"}}' >/dev/null
same 'PUT keeps the place' 'base fault-1 a b' "$(names)"
same 'PUT replaces' '"2ms"' "$(control GET /faults/a | jq -c .effect.latency)"
control POST /faults "$(control GET /faults/a | jq '.name = "copy"')" >/dev/null  # what is shown can be sent

control PUT /simulation '{"latency":{"write":"1ms"},"lifecycle":{"create":"8s"}}' >/dev/null
control PATCH /simulation '{"lifecycle":null,"capacity":{"mode":"enforce"}}' >/dev/null
same 'PATCH merges' '{"mode":"enforce","burst":"5m","partitions":true} {"write":"1ms"} null' \
  "$(control GET /simulation | jq -rc '[.capacity,.latency,.lifecycle] | map(tojson) | join(" ")')"

# Universes: a fork has the baseline's rules, not those set over HTTP; they live apart.
control POST '/faults?universe=worker-7' '{"name":"own","effect":{"throttle":{}}}' >/dev/null
same 'rules of a fork' 'base own' "$(names '?universe=worker-7')"
same 'models of a fork' '{}' "$(control GET '/simulation?universe=worker-7' | jq -c .)"

control POST /reset '{"keep":["faults"]}' >/dev/null
same 'reset keeps what it is told' 'base fault-1 a b copy' "$(names)"
control POST /reset >/dev/null
same 'reset goes back to the baseline' base "$(names)"
same 'and its models' '{}' "$(control GET /simulation | jq -c .)"

# A verdict names what never fired.
code=0
text=$(control POST /faults/verify) || code=$?
[ "$code" -ne 0 ] || fail "an unfired rule was verified"
same 'unfired' base "$(jq -r '.unfired[0]' <<<"$text")"
control DELETE /faults | jq -e '.faults == []' >/dev/null || fail "rules are left"
control POST /faults/verify | jq -e .verified >/dev/null
control GET /presets | jq -e '[.presets[].name] | index("lost-ack") and index("brownout")' >/dev/null

# Scenario sections belong to the baseline; a bad one changes nothing.
control POST /fixtures '{"fickle":1,"tables":[],"faults":[{"name":"scene","effect":{"throttle":{}}}],"simulation":{"latency":{"read":"1ms"}}}' >/dev/null
control POST /reset >/dev/null
same 'faults of a scenario' 'base scene' "$(names)"
same 'simulation of a scenario' '{"read":"1ms"}' "$(control GET /simulation | jq -c .latency)"
refused 'bad scenario' 400 /faults/0/efect POST /fixtures '{"fickle":1,"tables":[],"faults":[{"efect":{}}]}'

stop_server
rm -rf "$files"
echo "control calls answer as they should"
