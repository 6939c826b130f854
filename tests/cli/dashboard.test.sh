#!/usr/bin/env bash
# The dashboard: every route its page asks is there, and looking at tables leaves journal and faults as they were.
source "${FICKLE_SOURCE:?}/tests/support/server.sh"
same() { [ "$2" == "$3" ] || fail "$1: expected '$2', found '$3'"; }

start_server --fixtures "$SAMPLES"
page=$(curl -fsS --noproxy '*' "$ENDPOINT/_fickle/")
same 'the page below /shell/' "$page" "$(curl -fsS --noproxy '*' "$ENDPOINT/shell/")"
for path in $(grep -oE "control\('GET', '/[a-z]+" <<<"$page" | grep -oE '/[a-z]+' | sort -u); do
  control GET "$path" >/dev/null || fail "the page asks $path"
done

control POST /faults '{"name": "any", "effect": {"throttle": {}}}' >/dev/null
tables=$(control GET /tables)
same 'the tables' 'actions products user_keys users variables visits widgets' "$(jq -r '[.tables[].name] | join(" ")' <<<"$tables")"
same 'items of a table' 76 "$(jq '.tables[] | select(.name == "widgets") | .items' <<<"$tables")"
same 'its indexes' by_status "$(jq -r '.tables[] | select(.name == "widgets") | .indexes[]' <<<"$tables")"

from=0 seen=0
until [ "$from" == null ]; do
  items=$(control GET "/tables/widgets/items?limit=30&from=$from")
  seen=$((seen + $(jq '.items | length' <<<"$items")))
  from=$(jq .next <<<"$items")
done
same 'items page by page' 76 "$seen"
same 'typed items' 2 "$(control GET '/tables/widgets/items?limit=2' | jq '[.items[] | select(.widget.S)] | length')"
same 'exactly the last page' null "$(control GET '/tables/widgets/items?limit=76' | jq .next)"

same 'entries in the journal' 0 "$(control GET /requests | jq '.requests | length')"
same 'requests that the rule saw' 0 "$(control GET /faults | jq '.faults[0].matched')"
for wrong in '/tables/none/items' '/tables/widgets/items?limit=x' '/tables/widgets/items?limit=1001' '/tables/widgets/items?from=-1' '/tables?universe=none'; do
  if control GET "$wrong" >/dev/null; then fail "$wrong was answered"; fi
done
