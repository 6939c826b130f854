// Layout of an encoded value:
//   S, B  its bytes, each 00 as 00 FF, then 00 01. The end sorts below every continuation, so that shorter comes first.
//   N     Number::append_ordered_bytes (see number_bytes.cc).
// No encoding is a prefix of another of its type. Types are not written: a key attribute has one type in all rows.
#include "emulator/value/key_codec.hh"

#include <algorithm>

#include "emulator/core/invariant.hh"
#include "emulator/core/sha256.hh"

namespace fickle {
namespace {

constexpr std::string_view kEscapedZero{"\x00\xFF", 2};
constexpr std::string_view kEnd{"\x00\x01", 2};
constexpr std::size_t kHashSize = 8;
constexpr std::string_view kHashSalt = "Outliers";

void append_escaped(std::string& out, std::string_view bytes) {
  for (;;) {
    const std::size_t zero = bytes.find('\0');
    out.append(bytes.substr(0, zero));
    if (zero == std::string_view::npos) return;
    out.append(kEscapedZero);
    bytes.remove_prefix(zero + 1);
  }
}

// The bytes of an S or B, nullptr for anything else.
const std::string* raw_bytes(const Value& value) {
  const std::string* const text = value.as_string();
  return text != nullptr ? text : value.as_binary();
}

// The bytes that the service hashes for a number, observed by dynalite (its numToBuffer): the power of 100 of the first pair of digits, less
// 64; then the pairs, each plus 1. Negative: the first byte complemented, pairs subtracted from 101, and 102 behind fewer than 20 of them.
// Zero is 0x80.
void append_hashed_number(std::string& out, const Number& number) {
  if (number.is_zero()) {
    out.push_back('\x80');
    return;
  }
  std::string digits = number.to_string();  // plain decimal
  if (number.is_negative()) digits.erase(0, 1);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  if (point < digits.size()) digits.erase(point, 1);
  const std::size_t zeros = digits.find_first_not_of('0');
  int exponent = static_cast<int>(point) - static_cast<int>(zeros);  // 0.d1 d2 ... * 10^exponent
  digits.erase(0, zeros);
  digits.erase(digits.find_last_not_of('0') + 1);
  if (exponent % 2 != 0) {  // pairs start at an even power of ten
    digits.insert(digits.begin(), '0');
    ++exponent;
  }
  if (digits.size() % 2 != 0) digits.push_back('0');
  const int first = exponent / 2 - 64;
  out.push_back(static_cast<char>(number.is_negative() ? ~first : first));
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const int pair = (digits[i] - '0') * 10 + (digits[i + 1] - '0');
    out.push_back(static_cast<char>(number.is_negative() ? 101 - pair : pair + 1));
  }
  constexpr std::size_t kDigitsOfUnended = 40;
  if (number.is_negative() && digits.size() < kDigitsOfUnended) out.push_back('\x66');
}

void append_hash(std::string& out, std::uint64_t hash) {
  for (std::size_t i = 0; i < kHashSize; ++i) {
    out.push_back(static_cast<char>(hash >> (8 * (kHashSize - 1 - i)) & 0xFFU));
  }
}

// The bytes of key values that a hash is made of.
void append_hashed_bytes(std::string& bytes, std::span<const Value* const> values) {
  for (const Value* const value : values) {
    if (const Number* const number = value->as_number()) {
      append_hashed_number(bytes, *number);
    } else {
      const std::string* const text = raw_bytes(*value);
      invariant(text != nullptr, "a key value is of type S, N or B");
      bytes.append(*text);
    }
  }
}

}  // namespace

void append_key_bytes(std::string& out, const Value& value) {
  if (const Number* const number = value.as_number()) {
    number->append_ordered_bytes(out);
    return;
  }
  const std::string* const bytes = raw_bytes(value);
  invariant(bytes != nullptr, "a key value is of type S, N or B");
  append_escaped(out, *bytes);
  out.append(kEnd);
}

// The service's own hash, so that scans go in its order; found by dynalite.
std::uint64_t partition_hash(std::string_view encoded_partition) {
  const std::string digest = md5(std::string(kHashSalt).append(encoded_partition));
  return hash_of_row_key(digest);
}

// dynalite saw the same of an item's whole key (its createIndexKey).
void append_item_hash(std::string& out, std::span<const Value* const> hash_values,
                      std::span<const Value* const> range_values) {
  std::string bytes;
  append_hashed_bytes(bytes, hash_values);
  append_hashed_bytes(bytes, range_values);
  append_hash(out, partition_hash(bytes));
}

std::string encode_partition(std::span<const Value* const> hash_values) {
  constexpr std::size_t kUsualSize = 64;
  std::string encoded;
  encoded.reserve(kUsualSize);
  append_item_hash(encoded, hash_values, {});
  for (const Value* const value : hash_values) append_key_bytes(encoded, *value);
  return encoded;
}

RowKey encode_row_key(std::span<const Value* const> hash_values, std::span<const Value* const> range_values) {
  RowKey key = encode_partition(hash_values);
  for (const Value* const value : range_values) append_key_bytes(key, *value);
  return key;
}

std::string prefix_end(std::string prefix) {
  while (prefix.ends_with('\xFF')) prefix.pop_back();
  if (!prefix.empty()) prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
  return prefix;
}

std::string encode_key_prefix(const Value& text) {
  const std::string* const bytes = raw_bytes(text);
  invariant(bytes != nullptr, "only an S or B value can begin with another");
  std::string encoded;
  append_escaped(encoded, *bytes);
  return encoded;
}

std::uint64_t hash_of_row_key(std::string_view row_key) {
  invariant(row_key.size() >= kHashSize, "a row key begins with its partition's hash");
  std::uint64_t hash = 0;
  for (const char c : row_key.substr(0, kHashSize)) hash = hash << 8U | static_cast<unsigned char>(c);
  return hash;
}

}  // namespace fickle
