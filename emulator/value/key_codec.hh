// Order-preserving bytes for keys: memcmp order of encodings = DynamoDB's order of values (N numeric; S, B by unsigned bytes).
// A row key is: 8 bytes partition hash (big-endian) | partition key values | sort key values. Each value is self-delimiting, so that
// concatenations order like tuples. Layout is written in key_codec.cc.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "emulator/value/value.hh"

namespace fickle {

using RowKey = std::string;

// Appends one S, N or B value. Precondition: the value is of one of these types.
void append_key_bytes(std::string& out, const Value& value);
// The partition hash of the encoded partition key values: uniformly spread, the same in every run and build.
[[nodiscard]] std::uint64_t partition_hash(std::string_view encoded_partition);
// Appends the hash of partition and sort values together, by which the service orders index entries of one key: 8 bytes, big-endian.
void append_item_hash(std::string& out, std::span<const Value* const> hash_values,
                      std::span<const Value* const> range_values);
// hash | encoded partition values.
[[nodiscard]] std::string encode_partition(std::span<const Value* const> hash_values);
// encode_partition + encoded sort values.
[[nodiscard]] RowKey encode_row_key(std::span<const Value* const> hash_values,
                                    std::span<const Value* const> range_values);
// The smallest string greater than every string with this prefix; empty when there is none (unbounded).
[[nodiscard]] std::string prefix_end(std::string prefix);
// Bytes that every encoded S (or B) value starting with `text` has in common: for begins_with.
[[nodiscard]] std::string encode_key_prefix(const Value& text);
[[nodiscard]] std::uint64_t hash_of_row_key(std::string_view row_key);  // the first 8 bytes back

}  // namespace fickle
