#!/usr/bin/env bash
# The image is built without a daemon, says how its health is checked, runs as nobody, and serves.
set -euo pipefail
cd "$FICKLE_SOURCE"
image=localhost/fickledb-test
work=$(mktemp -d)
container=
server=

# buildah with its storage in $work, so that nothing stays behind and no other image is touched.
in_store() { buildah --root "$work/storage" --runroot "$work/run" --storage-driver vfs "$@"; }

# The server's own process: what is started here is buildah, which hands no signal on.
server_pid() {
  local candidate
  for candidate in $(pgrep -f '^/fickledb serve$'); do
    ! tr '\0' '\n' <"/proc/$candidate/environ" 2>/dev/null | grep -qx "FICKLEDB_PORT=$port" || echo "$candidate"
  done
}

end() {
  local code=$? pid
  if [[ -n $server ]]; then
    for pid in $(server_pid); do kill "$pid" || true; done
    wait "$server" || true
  fi
  [[ -z $container ]] || in_store rm "$container" >/dev/null || true
  rm -rf "$work"
  exit "$code"
}
trap end EXIT

fail() {
  echo "FAILED: $*" >&2
  [[ ! -s $work/log ]] || sed 's/^/  server: /' "$work/log" >&2
  exit 1
}

[[ -x build/fickledb ]] || fail "build/fickledb is missing: ci/up --build-only makes it"
file build/fickledb | grep -q 'statically linked' || fail "build/fickledb is not static"

in_store bud --isolation chroot --format docker --quiet -f ci/Dockerfile -t "$image" . >"$work/build" 2>&1 ||
  { cat "$work/build" >&2; fail "the image does not build"; }

# The shape of it.
config=$(in_store inspect --type image "$image" | jq .Docker.config)
expect() { [[ $(jq -c "$1" <<<"$config") == "$2" ]] || fail "the image's $1 is $(jq -c "$1" <<<"$config"), not $2"; }
expect .Healthcheck.Test '["CMD","/fickledb","health"]'
expect .Entrypoint '["/fickledb"]'
expect .Cmd '["serve"]'
expect .User '"65532:65532"'
expect '.ExposedPorts|keys' '["8000/tcp"]'
expect '[.Env[]|select(startswith("FICKLEDB_"))]' '["FICKLEDB_HOST=0.0.0.0"]'

# It serves its samples, on a port that is free now: chroot isolation shares the network with the machine.
container=$(in_store from --isolation chroot "$image")
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
inside() { in_store run --isolation chroot --env FICKLEDB_PORT="$port" --env FICKLEDB_FIXTURES=/samples "$container" -- "$@"; }

if inside /fickledb health >/dev/null 2>&1; then fail "health is well before there is a server"; fi
inside /fickledb serve >"$work/log" 2>&1 </dev/null &
server=$!
for ((turn = 0; ; turn++)); do
  if inside /fickledb health >"$work/health" 2>&1; then break; fi
  kill -0 "$server" 2>/dev/null || fail "the server ended at start"
  ((turn < 100)) || fail "not healthy in time: $(cat "$work/health")"
  sleep 0.1
done

pid=$(server_pid)
[[ -n $pid && $(stat -c %u "/proc/$pid") == 65532 ]] || fail "the server does not run as user 65532"

answer=$(curl -sS --noproxy '*' --max-time 5 "http://127.0.0.1:$port/" \
  -H 'X-Amz-Target: DynamoDB_20120810.ListTables' -H 'Content-Type: application/x-amz-json-1.0' \
  -H 'Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0000000000000000000000000000000000000000000000000000000000000000' \
  -H 'X-Amz-Date: 20260101T000000Z' -d '{}')
jq -e '.TableNames | index("users")' <<<"$answer" >/dev/null || fail "ListTables answered $answer"

kill -TERM "$pid"
wait "$server" || fail "the server did not end well on SIGTERM"
server=
echo "image: $(du -bc build/fickledb | tail -1 | cut -f1) bytes of executable, healthy, serving"
