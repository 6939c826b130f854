// Amazon Ion as far as attribute values go, in its text and binary forms: structs of strings, numbers, blobs, booleans, nulls, lists and
// annotated sets. Pure functions, thread-safe; depth is bounded.
// Source: the Ion specification; developer guide, "Amazon Ion" of the export data formats and "DynamoDB data import formats".
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/core/result.hh"
#include "emulator/value/item_size.hh"
#include "emulator/value/value.hh"

namespace fickle {

inline constexpr int kIonDepthMax = kNestingLimit + 2;  // {Item:{...}} around an item's values
inline constexpr std::string_view kIonTextMark = "$ion_1_0";
inline constexpr std::string_view kIonBinaryMark{"\xE0\x01\x00\xEA", 4};

// One value at the top level, or what is wrong with it. `place`: the line it begins on, or which one it is in the binary form; both from 1.
using IonVisit = std::function<void(std::size_t place, Result<Value, std::string> value)>;

// Every value at the top level; a struct becomes a map. Ends where it is not known any more where the next one would begin.
void visit_ion(std::string_view bytes, const IonVisit& visit);  // either form, by its mark
void visit_ion_text(std::string_view text, const IonVisit& visit);
void visit_ion_binary(std::string_view bytes, const IonVisit& visit);

// The set that a list annotated with `annotation` ("$dynamodb_SS") stands for; nullopt when the annotation is another, the list empty or a
// member does not belong in it.
[[nodiscard]] std::optional<Value> ion_set(std::string_view annotation, const List& members);

// {name:value,...} in the text form, numbers as decimals.
void append_ion(std::string& out, const AttributeMap& map);

}  // namespace fickle
