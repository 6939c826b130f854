#!/usr/bin/env bash
# The three stories told with the AWS CLI, as somebody tries out a table design at the prompt.
source "${FICKLE_SOURCE:?}/tests/support/server.sh"
export AWS_ACCESS_KEY_ID=fickle AWS_SECRET_ACCESS_KEY=fickle AWS_DEFAULT_REGION=us-east-1 AWS_PAGER= AWS_EC2_METADATA_DISABLED=true
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null NO_PROXY='127.0.0.1,localhost,::1'
export AWS_MAX_ATTEMPTS=3

dynamodb() { aws --endpoint-url "$ENDPOINT" dynamodb "$@"; }

# same WHAT EXPECTED ACTUAL
same() { [ "$2" == "$3" ] || fail "$1: expected '$2', found '$3'"; }

# refused WHAT CODE COMMAND...: the command fails, with the CLI's exit code for a service error, and names CODE.
refused() {
  local what=$1 code=$2 exit_code=0 text
  shift 2
  text=$("$@" 2>&1) || exit_code=$?
  [ "$exit_code" -eq 254 ] || [ "$exit_code" -eq 255 ] || fail "$what: exit code $exit_code: $text"
  [[ $text == *"($code)"* ]] || fail "$what: expected $code, found: $text"
  printf '%s' "$text"
}

start_server --fixtures "$SAMPLES"

# What a newcomer types first.
same "tables" "actions products user_keys users variables visits widgets" "$(dynamodb list-tables --output text --query 'sort(TableNames)' | tr '\t' ' ')"
same "users" 1000 "$(dynamodb scan --table-name users | jq '.Items | length')"
same "table" "ACTIVE PAY_PER_REQUEST 3" "$(dynamodb describe-table --table-name users |
  jq -r '.Table | "\(.TableStatus) \(.BillingModeSummary.BillingMode) \(.GlobalSecondaryIndexes | length)"')"
dynamodb wait table-exists --table-name widgets

# Dynamic HTML widgets: the published template, filled by hand; a new version under a condition.
published=$(dynamodb get-item --table-name widgets --key '{"widget":{"S":"newsletter-inline"},"version":{"N":"0"}}' \
  --projection-expression published --output text --query Item.published.N)
widget=$(dynamodb get-item --table-name widgets --consistent-read \
  --key "{\"widget\":{\"S\":\"newsletter-inline\"},\"version\":{\"N\":\"$published\"}}")
labels=$(dynamodb get-item --table-name variables --key '{"scope":{"S":"site#shop-de"},"name":{"S":"labels"}}')
page=$(jq -r '.Item.template.S' <<<"$widget")
page=${page//'{{labels.subscribe}}'/$(jq -r '.Item.value.M.subscribe.S' <<<"$labels")}
page=${page//'{{heading}}'/$(jq -r '.Item.variables.M.heading.S' <<<"$widget")}
[[ $page == *'>News by lamplight<input'* && $page == *'>Abonnieren</button>'* ]] || fail "the widget is not filled: $page"

new='{"widget":{"S":"newsletter-inline"},"version":{"N":"3"},"status":{"S":"draft"},"template":{"S":"<b>{{heading}}</b>"},"updated_at":{"S":"2026-11-23T09:00:00Z"}}'
dynamodb put-item --table-name widgets --item "$new" --condition-expression 'attribute_not_exists(version)'
refused "the same version again" ConditionalCheckFailedException \
  dynamodb put-item --table-name widgets --item "$new" --condition-expression 'attribute_not_exists(version)' >/dev/null
same "published now" 3 "$(dynamodb update-item --table-name widgets --key '{"widget":{"S":"newsletter-inline"},"version":{"N":"0"}}' \
  --update-expression 'SET published = :new' --condition-expression 'published = :seen' --return-values UPDATED_NEW \
  --expression-attribute-values "{\":new\":{\"N\":\"3\"},\":seen\":{\"N\":\"$published\"}}" --output text --query Attributes.published.N)"

# Binary there and back. In an item's JSON the CLI's version 2 reads base64 and version 1 takes the text itself; both print base64.
head -c 3000 /dev/urandom | base64 -w0 >"$SERVER_LOG.text"
jq -n --rawfile bytes "$SERVER_LOG.text" '{widget:{S:"bytes"},version:{N:"1"},template:{B:$bytes}}' >"$SERVER_LOG.item"
dynamodb put-item --table-name widgets --item "file://$SERVER_LOG.item"
found=$(dynamodb get-item --table-name widgets --key '{"widget":{"S":"bytes"},"version":{"N":"1"}}' --output text --query Item.template.B)
[[ $(aws --version 2>&1) != aws-cli/1.* ]] || found=$(base64 -d <<<"$found")
same "binary" "$(cat "$SERVER_LOG.text")" "$found"
rm -f "$SERVER_LOG.text" "$SERVER_LOG.item"

# Tracking user actions: a batch, a search in pages, a claim, the end of what is old.
jq -n '{actions: [range(25) | {PutRequest: {Item: {visitor: {S: "cli"}, action: {S: "\(1000 + .)"}, type: {S: "ping"}, at: {N: "\(.)"}}}}]}' |
  dynamodb batch-write-item --request-items file:///dev/stdin | jq -e '.UnprocessedItems == {}' >/dev/null || fail "unprocessed"
search=(query --table-name actions --index-name by_type --key-condition-expression '#t = :ping and #a >= :from'
  --expression-attribute-names '{"#t":"type","#a":"at"}' --expression-attribute-values '{":ping":{"S":"ping"},":from":{"N":"5"}}')
same "the CLI's own pages" 20 "$(dynamodb "${search[@]}" --page-size 6 | jq '.Items | length')"
first=$(dynamodb "${search[@]}" --max-items 8)
same "the first eight" 8 "$(jq '.Items | length' <<<"$first")"
same "the rest" 12 "$(dynamodb "${search[@]}" --starting-token "$(jq -r .NextToken <<<"$first")" | jq '.Items | length')"
same "a count" "20 20" "$(dynamodb "${search[@]}" --select COUNT | jq -r '"\(.Count) \(.ScannedCount)"')"

order=$(dynamodb query --table-name actions --index-name by_queue --key-condition-expression 'queue = :q' --max-items 1 \
  --expression-attribute-values '{":q":{"S":"orders"}}' | jq '.Items[0] | {visitor, action}')
claim=(update-item --table-name actions --key "$order" --update-expression 'SET claimed_by = :me REMOVE queue'
  --condition-expression 'attribute_not_exists(claimed_by)' --expression-attribute-values '{":me":{"S":"cli"}}')
dynamodb "${claim[@]}"
refused "a second claim" ConditionalCheckFailedException dynamodb "${claim[@]}" >/dev/null
same "orders waiting" 499 "$(dynamodb query --table-name actions --index-name by_queue --key-condition-expression 'queue = :q' \
  --expression-attribute-values '{":q":{"S":"orders"}}' --select COUNT --query Count)"

total=0
for segment in 0 1 2; do
  total=$((total + $(dynamodb scan --table-name actions --segment "$segment" --total-segments 3 --select COUNT --query Count)))
done
same "a parallel scan" 10025 "$total"

same "expiry" "ENABLED expires" "$(dynamodb describe-time-to-live --table-name actions |
  jq -r '.TimeToLiveDescription | "\(.TimeToLiveStatus) \(.AttributeName)"')"
control POST /clock '{"advance":"31d"}' >/dev/null
left=$(dynamodb scan --table-name actions --select COUNT --query Count)
((left < 10025 && left > 9000)) || fail "after 31 days $left actions are left"
control POST /clock '{"advance":"30d"}' >/dev/null
same "what never expires" 25 "$(dynamodb scan --table-name actions --select COUNT --query Count)"

# The identity pool: sign up once, be refused the second time, be found by every key.
sign_up() { # ID EMAIL PHONE
  jq -n --arg id "$1" --arg email "$2" --arg phone "$3" '[
    {Put: {TableName: "users", Item: {id: {S: $id}, email: {S: $email}, phone: {S: $phone}, version: {N: "1"}},
           ConditionExpression: "attribute_not_exists(id)"}},
    {Put: {TableName: "user_keys", Item: {key: {S: "email#\($email)"}, kind: {S: "email"}, user_id: {S: $id}},
           ConditionExpression: "attribute_not_exists(user_id)"}},
    {Put: {TableName: "user_keys", Item: {key: {S: "phone#\($phone)"}, kind: {S: "phone"}, user_id: {S: $id}},
           ConditionExpression: "attribute_not_exists(user_id)"}}]' | dynamodb transact-write-items --transact-items file:///dev/stdin
}
sign_up cli-1 cli@example.com +447700900990
text=$(refused "the e-mail again" TransactionCanceledException sign_up cli-2 cli@example.com +447700900991)
[[ $text == *'[None, ConditionalCheckFailed, None]'* ]] || fail "the reasons: $text"
same "nothing of the second" null "$(dynamodb get-item --table-name users --key '{"id":{"S":"cli-2"}}' --query Item)"
for way in by_email:email:cli@example.com by_phone:phone:+447700900990; do
  IFS=: read -r index attribute value <<<"$way"
  same "$index" cli-1 "$(dynamodb query --table-name users --index-name "$index" --key-condition-expression '#a = :v' \
    --expression-attribute-names "{\"#a\":\"$attribute\"}" --expression-attribute-values "{\":v\":{\"S\":\"$value\"}}" \
    --output text --query 'Items[0].id.S')"
done
one=$(dynamodb scan --table-name users --filter-expression 'attribute_exists(provider)' --max-items 1 | jq '.Items[0]')
same "by_provider" "$(jq -r .id.S <<<"$one")" "$(dynamodb query --table-name users --index-name by_provider \
  --key-condition-expression 'provider = :p and provider_id = :i' \
  --expression-attribute-values "$(jq '{":p": .provider, ":i": .provider_id}' <<<"$one")" --output text --query 'Items[0].id.S')"

# Optimistic locking from parallel processes: each reads, writes under the version it saw, and begins again when refused.
bump() {
  local seen
  while true; do
    seen=$(dynamodb get-item --table-name users --key '{"id":{"S":"cli-1"}}' --consistent-read --output text --query Item.version.N)
    ! dynamodb update-item --table-name users --key '{"id":{"S":"cli-1"}}' --update-expression 'SET version = :next, #f = :me' \
      --condition-expression 'version = :seen' --expression-attribute-names "{\"#f\":\"field_$1\"}" \
      --expression-attribute-values "{\":next\":{\"N\":\"$((seen + 1))\"},\":seen\":{\"N\":\"$seen\"},\":me\":{\"S\":\"$1\"}}" \
      2>/dev/null || return 0
  done
}
workers=()
for n in 1 2 3; do
  bump "$n" &
  workers+=($!)
done
for worker in "${workers[@]}"; do wait "$worker"; done
same "no update lost" "4 3" "$(dynamodb get-item --table-name users --key '{"id":{"S":"cli-1"}}' --consistent-read |
  jq -r '.Item | "\(.version.N) \([keys[] | select(startswith("field_"))] | length)"')"

stop_server
echo "the stories hold with $(aws --version 2>&1 | cut -d' ' -f1)"
