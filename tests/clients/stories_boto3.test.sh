#!/usr/bin/env bash
# The three stories told with boto3: tests/clients/boto3. The interpreter is Debian's, which has boto3 and pytest.
set -euo pipefail
cd "${FICKLE_SOURCE:?}/tests/clients/boto3"
exec "${FICKLE_PYTHON:-/usr/bin/python3}" -B -m pytest -q -p no:cacheprovider .
