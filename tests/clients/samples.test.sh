#!/usr/bin/env bash
# The shipped samples: what is committed is what the scripts make, they stay small, and each loads alone and all together.
source "${FICKLE_SOURCE:?}/tests/support/server.sh"
work=$(mktemp -d)

cp -r "$SAMPLES" "$work/again"
rm "$work"/again/*/scenario.json
for script in "$work"/again/make_*.py; do
  "${FICKLE_PYTHON:-/usr/bin/python3}" -B "$script"
done
for sample in "$SAMPLES"/*/; do
  name=$(basename "$sample")
  cmp "$sample/scenario.json" "$work/again/$name/scenario.json" || fail "$name is not what its script makes: run it and commit"
done
size=$(cat "$SAMPLES"/*/scenario.json | wc -c)
((size < 3000000)) || fail "the samples have grown to $size bytes"
rm -rf "$work"

# holds FIXTURES TABLE=COUNT...: a server with these fixtures has exactly these tables and items, as its export says.
holds() {
  local fixtures=$1 found
  shift
  start_server --fixtures "$fixtures"
  found=$(control GET /fixtures | jq -r '[.tables[] | "\(.TableName)=\(.items | length)"] | sort | join(" ")')
  [ "$found" == "$*" ] || fail "$fixtures holds '$found', not '$*'"
  stop_server
}
holds "$SAMPLES/html-widgets" products=400 variables=25 widgets=76
holds "$SAMPLES/user-actions/scenario.json" actions=10000 visits=2000
holds "$SAMPLES/identity-pool" user_keys=2086 users=1000
holds "$SAMPLES" actions=10000 products=400 user_keys=2086 users=1000 variables=25 visits=2000 widgets=76
