#!/usr/bin/env bash
# The sources are laid out as .clang-format says.
exec "$FICKLE_SOURCE/ci/check-format"
