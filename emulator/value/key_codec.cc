// Layout of an encoded value:
//   S, B  its bytes, each 00 as 00 FF, then 00 01. The end sorts below every continuation, so that shorter comes first.
//   N     Number::append_ordered_bytes (see number_bytes.cc).
// No encoding is a prefix of another of its type. Types are not written: a key attribute has one type in all rows.
#include "emulator/value/key_codec.hh"

#include "emulator/core/invariant.hh"
#include "emulator/core/mix.hh"

namespace fickle {
namespace {

constexpr std::string_view kEscapedZero{"\x00\xFF", 2};
constexpr std::string_view kEnd{"\x00\x01", 2};
constexpr std::size_t kHashSize = 8;
constexpr std::uint64_t kHashSeed = 0x7061'7274'6974'696fU;

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

// Writes the hash of what follows the first eight bytes into these, most significant byte first.
void fill_in_hash(std::string& encoded) {
  const std::uint64_t hash = partition_hash(std::string_view(encoded).substr(kHashSize));
  for (std::size_t i = 0; i < kHashSize; ++i) {
    encoded[i] = static_cast<char>(hash >> (8 * (kHashSize - 1 - i)) & 0xFFU);
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

std::uint64_t partition_hash(std::string_view encoded_partition) {
  return mix_text(kHashSeed, encoded_partition);
}

std::string encode_partition(std::span<const Value* const> hash_values) {
  constexpr std::size_t kUsualSize = 64;
  std::string encoded;
  encoded.reserve(kUsualSize);
  encoded.resize(kHashSize);
  for (const Value* const value : hash_values) append_key_bytes(encoded, *value);
  fill_in_hash(encoded);
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
