// What an item takes of the 1 MB of a page. The service counts bytes as it stores them, which nobody has described; this is the formula that
// dynalite fitted to the service (its db/index.js, itemSize; tests of pages to the byte in its test/query.js and test/scan.js). Pure.
#pragma once

#include "emulator/store/schema.hh"

namespace fickle {

inline constexpr Bytes kPageBytes{1024ULL * 1024};

[[nodiscard]] Bytes page_size_of(const Item& entry, const TableSchema& table);

}  // namespace fickle
