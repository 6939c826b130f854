#!/usr/bin/env bash
# The sources keep to their layers.
exec "$FICKLE_SOURCE/ci/check-layers"
