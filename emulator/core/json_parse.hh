// Text to boost::json::value, with the place of the error when it is not JSON. Never throws; nesting is bounded.
// Numbers: integers that fit 64 bits stay integers, all others become the nearest double. Of duplicate keys the last stays.
// Thread-safety: pure functions.
#pragma once

#include <boost/json/fwd.hpp>
#include <boost/json/storage_ptr.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "emulator/core/result.hh"

namespace fickle {

// Where and why, counted as editors do: lines and columns (in bytes) from 1.
struct JsonError {
  std::size_t line = 0;
  std::size_t column = 0;
  std::string what;
};

// relaxed: // and /* */ comments and trailing commas are allowed, for documents that people write by hand.
enum class JsonDialect { strict, relaxed };

// Deep enough for any document that DynamoDB takes (32 levels of {"M":{"name": ...}} inside a batch) and for plain data.
inline constexpr std::size_t kJsonDepth = 256;

// nearest: as above. keep_text: a number that a double may not give back digit by digit (more than 15 digits, or an exponent)
// becomes the object {kExactNumber: "the number as written"}, so that whoever wants decimals can have them.
enum class JsonNumbers { nearest, keep_text };
inline constexpr std::string_view kExactNumber = "\x01number";

[[nodiscard]] Result<boost::json::value, JsonError> parse_json(std::string_view text,
                                                               JsonDialect dialect = JsonDialect::strict,
                                                               std::size_t max_depth = kJsonDepth,
                                                               boost::json::storage_ptr storage = {},
                                                               JsonNumbers numbers = JsonNumbers::nearest);

}  // namespace fickle
