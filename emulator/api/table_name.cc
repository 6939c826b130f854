#include "emulator/api/table_name.hh"

#include <algorithm>
#include <vector>

#include "emulator/api/error.hh"
#include "emulator/api/patterns.hh"
#include "emulator/core/text.hh"

namespace fickle {
namespace {

struct KindName {
  std::string_view name;
  TableArn::Kind kind;
};
constexpr KindName kKinds[] = {
    {"index", TableArn::Kind::index},    {"stream", TableArn::Kind::stream},  {"backup", TableArn::Kind::backup},
    {"export", TableArn::Kind::export_}, {"import", TableArn::Kind::import_},
};

constexpr std::string_view kTable = "table/";
constexpr std::size_t kNameLimit = 255;

// The six parts between colons; the last one (the resource) may hold colons itself, as stream labels do.
struct Parts {
  std::string_view partition, service, region, account, resource;
};
std::optional<Parts> parts_of(std::string_view text) {
  if (!text.starts_with("arn:")) return std::nullopt;
  std::vector<std::string_view> parts;
  for (int i = 0; i < 5; ++i) {
    const auto end = text.find(':');
    if (end == std::string_view::npos) return std::nullopt;
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return Parts{parts[1], parts[2], parts[3], parts[4], text};
}

bool is_region(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool is_partition(std::string_view text) {
  return text == "aws" || (text.starts_with("aws-") && is_region(text));
}

bool is_account(std::string_view text) {
  return matches_pattern("[0-9]{12}", text);
}

bool is_table_name(std::string_view text) {
  return text.size() <= kNameLimit && matches_pattern("[a-zA-Z0-9_.-]+", text);
}

[[noreturn]] void refuse(std::string_view what, std::string_view arn) {
  throw_validation(
      std::string("1 validation error detected: Invalid ").append(what).append(" in '").append(arn).append("'"));
}

}  // namespace

std::optional<TableArn> parse_table_arn(std::string_view text) {
  const auto parts = parts_of(text);
  if (!parts || !is_partition(parts->partition) || parts->service != "dynamodb" || !is_region(parts->region) ||
      !is_account(parts->account) || !parts->resource.starts_with(kTable)) {
    return std::nullopt;
  }
  const auto resource = parts->resource.substr(kTable.size());
  const auto table = resource.substr(0, resource.find('/'));
  if (!is_table_name(table)) return std::nullopt;

  TableArn arn{.partition = std::string(parts->partition),
               .region = std::string(parts->region),
               .account = std::string(parts->account),
               .table = std::string(table),
               .label = {}};
  if (table.size() == resource.size()) return arn;
  const auto rest = resource.substr(table.size() + 1);
  const auto slash = rest.find('/');
  if (slash == std::string_view::npos || slash + 1 == rest.size()) return std::nullopt;
  for (const auto& kind : kKinds) {
    if (kind.name != rest.substr(0, slash)) continue;
    arn.kind = kind.kind;
    arn.label = std::string(rest.substr(slash + 1));
    return arn;
  }
  return std::nullopt;
}

std::string print_table_arn(const TableArn& arn) {
  std::string text = "arn:" + arn.partition + ":dynamodb:" + arn.region + ":" + arn.account + ":table/" + arn.table;
  for (const auto& kind : kKinds) {
    if (kind.kind == arn.kind) text.append("/").append(kind.name).append("/").append(arn.label);
  }
  return text;
}

std::string plain_table_name(std::string_view name_or_arn) {
  if (!name_or_arn.starts_with("arn:")) return std::string(name_or_arn);
  const auto parts = parts_of(name_or_arn);
  if (!parts) refuse("ARN format", name_or_arn);
  if (!is_partition(parts->partition)) refuse("AWS partition", name_or_arn);
  if (parts->service != "dynamodb") refuse("AWS service", name_or_arn);
  if (!is_region(parts->region)) refuse("AWS region", name_or_arn);
  if (!is_account(parts->account)) refuse("AWS account", name_or_arn);
  auto arn = parse_table_arn(name_or_arn);
  if (!arn || arn->kind != TableArn::Kind::table) refuse("resource type", name_or_arn);
  return std::move(arn->table);
}

}  // namespace fickle
