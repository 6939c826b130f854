#!/usr/bin/env bash
# The AWS CLI meets faults: its exit codes, its words, and how often it tried.
source "${FICKLE_SOURCE:?}/tests/support/server.sh"
export AWS_ACCESS_KEY_ID=fickle AWS_SECRET_ACCESS_KEY=fickle AWS_DEFAULT_REGION=us-east-1 AWS_PAGER= AWS_EC2_METADATA_DISABLED=true
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null NO_PROXY='127.0.0.1,localhost,::1'
export AWS_MAX_ATTEMPTS=3 AWS_RETRY_MODE=standard

dynamodb() { aws --endpoint-url "$ENDPOINT" --cli-read-timeout 2 dynamodb "$@"; }
attempts() { control GET /invocations | jq '.invocations[-1].attempts | length'; }

# meets WHAT RULE ATTEMPTS EXIT WORD: one update under the rule, its attempts, exit code and a word of what it printed.
meets() {
  local what=$1 rule=$2 attempts=$3 wanted=$4 word=$5 text code=0
  control DELETE /faults >/dev/null
  control POST /faults "$rule" >/dev/null
  text=$(dynamodb update-item --table-name orders --key '{"pk":{"S":"a"}}' --update-expression 'SET n = n + :one' \
    --expression-attribute-values '{":one":{"N":"1"}}' --return-values UPDATED_NEW 2>&1) || code=$?
  [ "$code" -ne 255 ] || code=254  # the older CLI's code for a service error
  [ "$code" -eq "$wanted" ] || fail "$what: exit code $code: $text"
  [[ $text == *"$word"* ]] || fail "$what: expected '$word', found: $text"
  [ "$(attempts)" -eq "$attempts" ] || fail "$what: $(attempts) attempts, expected $attempts"
  control POST /faults/verify >/dev/null || fail "$what: the fault never fired"
  echo "$what: $attempts attempts, exit $code"
}

start_server
dynamodb create-table --table-name orders --billing-mode PAY_PER_REQUEST --key-schema AttributeName=pk,KeyType=HASH \
  --attribute-definitions AttributeName=pk,AttributeType=S >/dev/null
dynamodb put-item --table-name orders --item '{"pk":{"S":"a"},"n":{"N":"1"}}'
once='"when":{"operation":"UpdateItem"},"schedule":{"times":1}'

meets throttle "{$once,\"effect\":{\"throttle\":{}}}" 2 0 '"2"'
meets 'throttled for good' '{"effect":{"throttle":{"kind":"on-demand"}}}' 3 254 ThrottlingException
meets '500 after the commit' "{$once,\"effect\":{\"error\":{\"code\":\"InternalServerError\"}},\"at\":\"afterCommit\"}" 2 0 '"4"'
meets 'lost answer' "{$once,\"effect\":{\"connection\":\"reset\"},\"at\":\"afterCommit\"}" 2 0 '"6"'
meets 'close' "{$once,\"effect\":{\"connection\":\"close\"}}" 2 0 '"7"'
meets 'wrong checksum' "{$once,\"effect\":{\"connection\":\"badChecksum\"}}" 2 0 '"9"'
meets 'conflict' '{"effect":{"transactionConflict":{}}}' 1 254 TransactionConflictException
meets 'denied' '{"effect":{"error":{"code":"AccessDeniedException"}}}' 1 254 AccessDeniedException
meets 'clock' '{"effect":{"clockSkew":"-2h"}}' 1 254 'Signature not yet current'
meets 'latency' '{"effect":{"latency":"20ms"}}' 1 0 '"10"'
stop_server
