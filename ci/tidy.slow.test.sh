#!/usr/bin/env bash
# clang-tidy has nothing to say about any source. Only what changed since the last run is looked at again.
set -euo pipefail
cd "$FICKLE_SOURCE"
source ci/lib.sh
configure_and_build tidy
