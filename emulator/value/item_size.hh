// Sizes as DynamoDB accounts them (behaviour reference 2.5): exact to the byte, they gate the 400 KB limit and price capacity.
#pragma once

#include "emulator/core/units.hh"
#include "emulator/value/value.hh"

namespace fickle {

inline constexpr Bytes kItemSizeLimit{409600};
inline constexpr int kNestingLimit = 32;

[[nodiscard]] Bytes size_of(const Value& value);
[[nodiscard]] Bytes size_of(const Item& item);   // names and values of the top-level attributes
[[nodiscard]] int depth_of(const Value& value);  // 1 for a scalar or an empty document... a scalar inside one map: 2

}  // namespace fickle
