#!/usr/bin/env bash
# ci/helpers/python with pytest itself; then eight workers at once, as pytest-xdist would start them, tell the identity-pool
# story against one server without seeing each other.
source "${FICKLE_SOURCE:?}/tests/support/server.sh"
export PYTHONPATH=$SOURCE/ci/helpers/python PYTHONDONTWRITEBYTECODE=1
python=${FICKLE_PYTHON:-/usr/bin/python3}
unset FICKLEDB_ENDPOINT FICKLEDB_UNIVERSE PYTEST_XDIST_WORKER

(cd "$SOURCE/tests/helpers/python" && "$python" -m pytest -q -p no:cacheprovider .)

start_server --isolate access-key --fixtures "$SAMPLES/identity-pool"
logs=$(mktemp -d)
workers=()
for n in 0 1 2 3 4 5 6 7; do
  (cd "$SOURCE/tests/clients/boto3" && FICKLEDB_ENDPOINT=$ENDPOINT PYTEST_XDIST_WORKER=gw$n \
    exec "$python" -m pytest -q -p no:cacheprovider test_identity_pool.py) >"$logs/gw$n" 2>&1 &
  workers+=($!)
done
failed=
for n in 0 1 2 3 4 5 6 7; do
  wait "${workers[n]}" || { failed+=" gw$n"; cat "$logs/gw$n"; }
done
rm -rf "$logs"
[ -z "$failed" ] || fail "workers:$failed"
found=$(control GET /universes | jq -r '[.universes[].name] | sort | join(" ")')
[ "$found" == "default gw0 gw1 gw2 gw3 gw4 gw5 gw6 gw7" ] || fail "universes: $found"
[ "$(control GET /fixtures/users | jq '.tables[0].items | length')" -eq 1000 ] || fail "the default universe was touched"
stop_server
echo "eight workers told the story side by side"
