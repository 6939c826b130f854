// The ordered field table of an operation: it drives conversion errors (SerializationException), collected constraint errors and their
// order, and, for replies, the check that no answer carries an undeclared member. Constant data.
// Source: botocore's service model for shapes and bounds; behaviour reference 1.6, 1.7 and 13 for order and wording.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace fickle {

enum class Shape {
  string,
  boolean,
  integer,       // "Integer" in conversion errors
  long_integer,  // "Long"
  double_number,
  timestamp,  // JSON number, epoch seconds
  blob,
  structure,        // members
  list,             // element
  map,              // string -> element
  attribute_value,  // recursive AttributeValue
  attribute_map,    // string -> AttributeValue (Key, Item, ExpressionAttributeValues)
};

struct Field {
  std::string_view name = {};
  Shape shape = Shape::string;
  bool required = false;

  // Constraints; the defaults constrain nothing. Lengths: bytes of a string, elements of a list, entries of a map.
  std::int64_t min_length = 0;
  std::int64_t max_length = std::numeric_limits<std::int64_t>::max();
  std::int64_t min_value = std::numeric_limits<std::int64_t>::min();
  std::int64_t max_value = std::numeric_limits<std::int64_t>::max();
  std::string_view pattern =
      {};  // as printed; only "[a-zA-Z0-9_.-]+" and the like, see constraints.cc for the known ones
  std::string_view enum_set = {};  // as printed, "[INDEXES, TOTAL, NONE]": membership is tested against its elements

  std::string_view type_name =
      {};  // Java type for conversion errors: "com.amazonaws.dynamodb.v20120810.ProvisionedThroughput"
  std::span<const Field> members = {};  // of a structure
  const Field* element = nullptr;       // of a list or map
  // Of a map's keys: all constraints, or only a length.
  const Field* key = nullptr;
  std::int64_t max_key_length = std::numeric_limits<std::int64_t>::max();

  // A violation here is reported before what comes after it is looked at (TableName of PutItem).
  bool alone = false;
  // What a missing member is answered with instead of the constraint, by itself: "The parameter 'TableName' is required ...".
  std::string_view missing_text = {};
  // Print no value in constraint errors of this member ("Value at 'x' failed ...").
  bool hide_value = false;
  // The name in the path of a constraint error, when not the member's with a small first letter ("Limit" of Query).
  std::string_view printed_as = {};
  // Over-long values name the whole path as members are written: "RequestItems.t.member.Keys".
  bool long_path_as_written = false;
  // The lengths are reported before the pattern; usually the pattern comes first (the order is the service's own and not regular).
  bool length_first = false;
  // An ARN may stand in for the name: then the pattern does not apply and 1,024 characters may be used.
  bool arn_allowed = false;
  // Replies, and semantic members that only document the shape, are not constrained.
};

}  // namespace fickle
