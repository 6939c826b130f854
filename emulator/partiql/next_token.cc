// Layout, in base64: 16 bytes of the fingerprint's digest, 16 bytes of a digest over all of the token, the key as DynamoDB JSON.
// The digest makes sure that only text of our own making is read as a key.
#include "emulator/partiql/next_token.hh"

#include <boost/json.hpp>

#include "emulator/api/error.hh"
#include "emulator/core/base64.hh"
#include "emulator/core/json_parse.hh"
#include "emulator/core/sha256.hh"
#include "emulator/value/value_json.hh"

namespace fickle::partiql {

namespace {

constexpr std::size_t kDigestBytes = 16;

std::string digest_of(std::string_view bytes) {
  return sha256(bytes).substr(0, kDigestBytes);
}
std::string seal_of(std::string_view statement_digest, std::string_view key) {
  return digest_of(std::string("next token\n").append(statement_digest).append(key));
}

}  // namespace

std::string make_next_token(std::string_view fingerprint, const Item& last_key) {
  std::string key;
  append_json(key, last_key);
  const std::string statement = digest_of(fingerprint);
  return base64_encode(statement + seal_of(statement, key) + key);
}

Item read_next_token(std::string_view token, std::string_view fingerprint) {
  const auto bytes = base64_decode(token);
  if (!bytes || bytes.value().size() < 2 * kDigestBytes) throw_invalid_token();
  const std::string_view all = bytes.value();
  const std::string_view statement = all.substr(0, kDigestBytes);
  const std::string_view key = all.substr(2 * kDigestBytes);
  if (seal_of(statement, key) != all.substr(kDigestBytes, kDigestBytes)) throw_invalid_token();
  if (statement != digest_of(fingerprint)) throw_validation("NextToken does not match request");
  const auto json = parse_json(key);
  if (!json || !json.value().is_object()) throw_invalid_token();
  auto item = read_item(json.value().get_object());
  if (!item) throw_invalid_token();
  return std::move(item).value();
}

void throw_invalid_token() {
  throw_validation("Invalid NextToken");
}

}  // namespace fickle::partiql
