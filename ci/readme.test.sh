#!/usr/bin/env bash
# Runs README's shell blocks as a reader would, against the built executable on a free port. A command that fails fails the test.
set -euo pipefail
root=${FICKLE_SOURCE:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
bin=${FICKLEDB_BIN:?path of the executable}
work=$(mktemp -d)
port=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cleanup() {
  pkill -TERM -P $$ 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

# The blocks in order; the build is what brought us here, port and executable are the test's own. curl must fail on a refusal.
awk '/^```sh$/ {on = 1; next} /^```$/ {on = 0} on' "$root/README.md" |
  sed -e '/^ci\/up/d' -e "s#build/fickledb#$bin#g" -e "s#:8000#:$port#g" -e "s#--port 8000#--port $port#" \
      -e 's#curl -s #curl -fsS #g' -e "s#fixtures/samples#$root/fixtures/samples#" >"$work/readme.sh"
grep -q 'faults' "$work/readme.sh"

cd "$work"
export FICKLEDB_ENDPOINT=http://127.0.0.1:$port AWS_PAGER=
# The write after a lost answer would be retried for long; README's rules are deleted before any further write.
{ echo "trap 'kill \$(jobs -p)' EXIT" && cat "$work/readme.sh"; } >"$work/run.sh"  # the server that README leaves running
bash -euo pipefail "$work/run.sh"
