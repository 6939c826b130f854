#!/usr/bin/env bash
# Two runs of one sequential client with a frozen clock are byte-identical but for the Date header; a saved run replays; another seed differs.
source "${FICKLE_SOURCE:?}/tests/support/server.sh"
python=${FICKLE_PYTHON:-/usr/bin/python3}
out=$(mktemp -d)

# run FILE [FLAGS...]: the bytes of every answer of a chaotic session, without the Date header, into FILE.
run() {
  local file=$1
  shift
  start_server "$@"
  "$python" "$SOURCE/tests/faults/chaotic_session.py" "$ENDPOINT" "${SCRIPT:-}" >"$file"
  control GET /decisions | jq -S . >"$file.decisions"
  stop_server
}

run "$out/first" --seed 7
run "$out/second" --seed 7
run "$out/other" --seed 8
cmp "$out/first" "$out/second" || fail "two runs differ"
cmp "$out/first.decisions" "$out/second.decisions" || fail "the draws of two runs differ"
! cmp -s "$out/first" "$out/other" || fail "another seed made no difference"
SCRIPT=$out/first.decisions run "$out/replayed" --seed 8
statuses() { grep -a '^HTTP/1.1' "$1"; }
[ "$(statuses "$out/first")" == "$(statuses "$out/replayed")" ] || fail "the saved decisions were not followed"
grep -aq ' 400 ' "$out/first" || fail "nothing failed: the session proves nothing"
rm -rf "$out"
echo "same seed, same bytes"
