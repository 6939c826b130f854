// Operation: one DynamoDB operation as a row of constant data and two functions. Adding one: ADDING_AN_OPERATION.md.
#pragma once

#include <boost/json/fwd.hpp>
#include <span>
#include <string_view>

#include "emulator/api/field.hh"
#include "emulator/engine/prepared.hh"
#include "emulator/engine/session.hh"

namespace fickle {

struct Operation {
  std::string_view name;          // "PutItem"
  unsigned groups = 0;            // bits of Group
  std::span<const Field> fields;  // request, in the order in which errors are reported
  std::span<const Field> reply;   // declared reply
  // Pure: shapes and constraints have been checked; throws ApiError for the operation's own rules.
  Prepared (*prepare)(const boost::json::object& body) = nullptr;
  // In place of check_constraints(fields), for operations whose constraint errors follow rules of their own.
  void (*check)(const boost::json::object& body) = nullptr;
  bool streams = false;      // X-Amz-Target DynamoDBStreams_20120810
  bool empty_reply = false;  // the reply has no body at all (TagResource)
  // What is simpler than the service's, for emulator/COMPATIBILITY.md; empty: meant to be exact.
  std::string_view simplified = {};
};

// Every operation, in name order (operations.cc).
[[nodiscard]] std::span<const Operation* const> operations();
[[nodiscard]] const Operation* find_operation(std::string_view name);

}  // namespace fickle
