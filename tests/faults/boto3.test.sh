#!/usr/bin/env bash
# boto3 in its three retry modes meets every fault: how often it tries, how long it waits, how it ends.
set -euo pipefail
cd "${FICKLE_SOURCE:?}/tests/faults/boto3"
exec "${FICKLE_PYTHON:-/usr/bin/python3}" -B -m pytest -q -p no:cacheprovider .
