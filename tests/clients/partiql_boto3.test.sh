#!/usr/bin/env bash
# PartiQL through boto3: statements, parameters, pages, batches, transactions. The interpreter is Debian's, which has boto3 and pytest.
set -euo pipefail
cd "${FICKLE_SOURCE:?}/tests/clients/boto3"
exec "${FICKLE_PYTHON:-/usr/bin/python3}" -B -m pytest -q -p no:cacheprovider partiql_story.py
