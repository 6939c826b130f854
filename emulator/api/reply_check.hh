// Replies against their declaration: a reply may hold only declared members, each of its declared shape. Tests run this on every reply
// they see. Pure function, thread-safe.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <span>
#include <string>

#include "emulator/api/field.hh"

namespace fickle {

// The first offence with its path, in the order of the reply: "TableDescription.KeySchema[0].KeyTipe: not declared". A null is an
// offence (DynamoDB leaves members out), so are a missing required member and a word outside a declared enum.
[[nodiscard]] std::optional<std::string> reply_offence(const boost::json::object& reply, std::span<const Field> fields);

}  // namespace fickle
