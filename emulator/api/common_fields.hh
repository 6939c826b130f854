// Field definitions that several operations share, so that an operation's own table is short. An operation lists them in the order in
// which it reports violations. Constant data.
#pragma once

#include "emulator/api/batch_fields.hh"     // IWYU pragma: export
#include "emulator/api/capacity_fields.hh"  // IWYU pragma: export
#include "emulator/api/item_fields.hh"      // IWYU pragma: export
#include "emulator/api/reply_fields.hh"     // IWYU pragma: export
#include "emulator/api/table_fields.hh"     // IWYU pragma: export
