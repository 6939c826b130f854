# shellcheck shell=bash
# The binary under test for shell tests. Source it, then:
#   start_server --fixtures "$SAMPLES"    sets ENDPOINT; waits until the server is ready
#   stop_server                           SIGTERM; fails unless it ends with 0 within one second
# A server that is still running when the script ends is stopped the same way.
set -euo pipefail
SOURCE=${FICKLE_SOURCE:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
SAMPLES=$SOURCE/fixtures/samples
SERVER_PID=
SERVER_LOG=$(mktemp)

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

start_server() {
  : >"$SERVER_LOG" # an earlier server's endpoint must not be taken for this one's
  "${FICKLEDB_BIN:?FICKLEDB_BIN names the binary under test}" serve --port 0 "$@" >"$SERVER_LOG" 2>&1 &
  SERVER_PID=$!
  ENDPOINT=
  local turn
  for ((turn = 0; turn < 1500; turn++)); do
    kill -0 "$SERVER_PID" 2>/dev/null || { cat "$SERVER_LOG" >&2; SERVER_PID=; fail "the server ended at start"; }
    [ -n "$ENDPOINT" ] || ENDPOINT=$(grep -m1 -oE 'http://[][0-9a-z.:]+:[0-9]+' "$SERVER_LOG" | head -1 || true)
    [ -z "$ENDPOINT" ] || ! curl -fsS --noproxy '*' -o /dev/null "$ENDPOINT/_fickle/health" 2>/dev/null || return 0
    sleep 0.02
  done
  cat "$SERVER_LOG" >&2
  fail "the server was not ready in 30 s"
}

stop_server() {
  local pid=$SERVER_PID code=0 turn
  SERVER_PID=
  kill -TERM "$pid"
  for ((turn = 0; turn < 50; turn++)); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.02
  done
  if kill -0 "$pid" 2>/dev/null; then
    kill -KILL "$pid"
    fail "the server did not end within a second of SIGTERM"
  fi
  wait "$pid" || code=$?
  [ "$code" -eq 0 ] || { cat "$SERVER_LOG" >&2; fail "the server ended with $code"; }
}

# control METHOD PATH [BODY]: one call of the control API; prints the answer, fails on a refusal.
control() {
  local body=()
  [ $# -lt 3 ] || body=(--data-binary "$3")
  curl -sS --noproxy '*' --fail-with-body -X "$1" -H 'Content-Type: application/json' "${body[@]}" "$ENDPOINT/_fickle$2"
}

end_of_script() {
  local code=$?
  trap 'rm -f "$SERVER_LOG"' EXIT
  [ -z "$SERVER_PID" ] || stop_server
  exit "$code"
}
trap end_of_script EXIT
