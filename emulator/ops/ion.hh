// What the two forms of Ion share: which values are attribute values, and what a record is. Pure functions; thread-safe.
// Source: developer guide, "DynamoDB data import formats", Amazon Ion.
#pragma once

#include <optional>
#include <string_view>

#include "emulator/ops/item_files.hh"

namespace fickle {

inline constexpr int kIonDepthMax = 33;  // of values within a record
inline constexpr std::string_view kIonSetPrefix = "$dynamodb_";
inline constexpr std::string_view kIonBinaryMark{"\xE0\x01\x00\xEA", 4};

// The set that a list annotated with `annotation` ("$dynamodb_SS") stands for; nullopt when the annotation is another or a member does not
// belong in it.
[[nodiscard]] std::optional<Value> ion_set(std::string_view annotation, const List& members);

// A record is {Item: {...}}: adds its item, or one to the errors. `record` may be null: it could not be read.
void add_ion_record(ReadItems& read, const Value* record);

[[nodiscard]] ReadItems read_ion_text(std::string_view text);
[[nodiscard]] ReadItems read_ion_binary(std::string_view bytes);

}  // namespace fickle
