#!/usr/bin/env bash
# The emulator builds and passes its tests with faults/ and fixtures/ deleted, and with them the cases and unit tests that use their control
# calls. What cases produce no more without those is not asked for: the folders are named, and the list of it made of whole runs only.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$FICKLE_SOURCE"
tar -cf - --exclude=node_modules --exclude=__pycache__ CMakeLists.txt CMakePresets.json .clang-format ci emulator tests |
  tar -xf - -C "$work"
cd "$work"
grep -rlZE '^> [A-Z]+ /_fickle/(faults|simulation|fixtures|decisions)' tests/cases | xargs -0 rm -f
grep -rlZE '"/_fickle/(faults|simulation|fixtures|decisions)' tests/unit/app | xargs -0 rm -f
source ci/lib.sh
configure_and_build dev
ctest --test-dir build/dev --output-on-failure --label-regex '^(unit|model|wire|ci)$' --label-exclude '^slow$' --exclude-regex '^ci/readme$'
FICKLE_SOURCE=$PWD build/dev/tests/fickle_cases tests/cases/*/
