#include "emulator/ops/tag_rules.hh"

#include <algorithm>

#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/core/text.hh"
#include "emulator/engine/arn_scope.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::size_t kKeyMax = 128;           // UTF-16 units
constexpr std::size_t kValueMax = 256;         // UTF-16 units
constexpr std::size_t kTagSetMax = 10 * 1024;  // bytes of all keys and values; guessed

// Letters (beyond ASCII everything counts as one), digits, blanks and a few signs.
bool is_tag_text(std::string_view text) {
  constexpr std::string_view kSigns = " +-=._:/@";
  return std::all_of(text.begin(), text.end(), [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kSigns.find(c) != std::string_view::npos;
  });
}

void check_tag_value(const std::optional<std::string>& value) {
  if (value && utf16_length(*value) <= kValueMax && is_tag_text(*value)) return;
  throw_validation("The Tag Value provided is invalid, Value: " + value.value_or("null"));
}

[[noreturn]] void throw_bad_arn(const std::string& arn) {
  throw_validation("Invalid TableArn: Invalid ResourceArn provided as input " + arn);
}

}  // namespace

void check_tag_key(const std::string& key) {
  if (key.empty() || utf16_length(key) > kKeyMax || !is_tag_text(key))
    throw_validation("The Tag Key provided is invalid, Key: " + key);
  if (key.starts_with("aws:")) throw_validation("Tag Key cannot be prefixed with aws:, Key: " + key);
}

void check_tag_set(const Tags& tags) {
  if (tags.size() > kTagsMax) throw_validation("Number of Tags exceed the current limit for the provided ResourceArn");
  std::size_t bytes = 0;
  for (const auto& [key, value] : tags) bytes += key.size() + value.size();
  if (bytes > kTagSetMax) {
    throw_validation("Tag set size " + std::to_string(bytes) + " bytes is above max size limit of " +
                     std::to_string(kTagSetMax) + " bytes");
  }
}

Tags read_tags(const json::object& body, std::string_view name) {
  Tags tags;
  const json::array* list = read_array(body, name);
  if (list == nullptr) return tags;
  for (const auto& element : *list) {
    const json::object& tag = element.as_object();
    const auto key = read_string(tag, "Key");
    if (!key) throw_validation("The Tag Key provided is invalid, Key: null");
    check_tag_key(*key);
    const auto value = read_string(tag, "Value");
    check_tag_value(value);
    if (!tags.emplace(*key, *value).second)
      throw_validation("Duplicate Tag Keys provided as input: Duplicate Tag Key found " + *key);
  }
  check_tag_set(tags);
  return tags;
}

TaggedTable tagged_table(const std::string& arn) {
  if (!arn.starts_with("arn:")) throw_parameter_invalid("ARNs must start with 'arn:': " + arn);
  const std::vector<std::string_view> parts = split(arn, ':');
  if (parts.size() < 6) throw_bad_arn(arn);
  if (parts[2] != "dynamodb") throw_parameter_invalid("Provided Arn is not a DynamoDB resource arn: " + arn);
  const auto parsed = parse_table_arn(arn);
  if (!parsed) throw_bad_arn(arn);
  if (parsed->kind == TableArn::Kind::index) {
    throw_parameter_invalid("Invalid resource arn provided, only table or stream is accepted. Provided resource arn: " +
                            arn);
  }
  if (parsed->kind != TableArn::Kind::table) throw_bad_arn(arn);
  return {parsed->table, arn};
}

Table& find_tagged(Session& session, const TaggedTable& wanted) {
  const TableArn arn = parse_table_arn(wanted.arn).value();
  if (!is_home_region(session, arn)) throw_bad_arn(wanted.arn);
  check_account(session, arn);
  Table* table = session.universe().find_table(wanted.name);
  if (table == nullptr || table->status == TableStatus::creating || table->settings.arn != wanted.arn) {
    throw ApiError("ResourceNotFoundException",
                   "Requested resource not found: ResourceArn: " + wanted.arn + " not found");
  }
  return *table;
}

}  // namespace fickle
