// ImportTable, DescribeImport, ListImports: from the folder that stands in for S3 into a new table. Source: API_ImportTable;
// behaviour reference 12.3; errors: tests/cases/ImportTable.
#include <algorithm>

#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/engine/arn_scope.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/engine/table_rules.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/make_table.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/quotas.hh"
#include "emulator/ops/transfer.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::string_view kRegister = "imports";

constexpr Field kSourceMembers[] = {
    {.name = "S3BucketOwner", .pattern = "[0-9]{12}"},
    {.name = "S3Bucket", .required = true, .max_length = 255, .pattern = R"(^[a-z0-9A-Z]+[\.\-\w]*[a-z0-9A-Z]+$)"},
    {.name = "S3KeyPrefix", .max_length = 1024},
};
constexpr Field kHeader{.min_length = 1, .max_length = 65536, .pattern = R"([\x20-\x21\x23-\x2B\x2D-\x7E]*)"};
constexpr Field kCsvMembers[] = {
    {.name = "Delimiter", .min_length = 1, .max_length = 1, .pattern = R"([,;:|\t ])"},
    {.name = "HeaderList", .shape = Shape::list, .min_length = 1, .max_length = 255, .element = &kHeader},
};
constexpr Field kOptionMembers[] = {{.name = "Csv", .shape = Shape::structure, .members = kCsvMembers}};
constexpr Field kTableMembers[] = {
    fields::control_table_name,
    fields::required(fields::attribute_definitions),
    fields::key_schema,
    fields::billing_mode,
    fields::provisioned_throughput,
    fields::on_demand_throughput,
    fields::sse_specification,
    fields::global_secondary_indexes,
    fields::vector_indexes,
};
constexpr Field kSource{.name = "S3BucketSource",
                        .shape = Shape::structure,
                        .required = true,
                        .type_name = "com.amazonaws.dynamodb.v20120810.S3BucketSource",
                        .members = kSourceMembers};
constexpr Field kParameters{.name = "TableCreationParameters",
                            .shape = Shape::structure,
                            .required = true,
                            .type_name = "com.amazonaws.dynamodb.v20120810.TableCreationParameters",
                            .members = kTableMembers};
constexpr Field kFormat{.name = "InputFormat", .required = true, .enum_set = "[DYNAMODB_JSON, ION, CSV]"};
constexpr Field kOptions{.name = "InputFormatOptions",
                         .shape = Shape::structure,
                         .type_name = "com.amazonaws.dynamodb.v20120810.InputFormatOptions",
                         .members = kOptionMembers};
constexpr Field kCompression{.name = "InputCompressionType", .enum_set = "[GZIP, ZSTD, NONE]"};
constexpr Field kFields[] = {
    {.name = "ClientToken", .pattern = R"(^[^\$]+$)"}, kSource, kFormat, kOptions, kCompression, kParameters,
};
constexpr Field kDescriptionMembers[] = {
    {.name = "ImportArn"},
    {.name = "ImportStatus", .enum_set = "[IN_PROGRESS, COMPLETED, CANCELLING, CANCELLED, FAILED]"},
    {.name = "TableArn"},
    {.name = "TableId"},
    {.name = "ClientToken"},
    kSource,
    {.name = "ErrorCount", .shape = Shape::long_integer},
    {.name = "CloudWatchLogGroupArn"},
    kFormat,
    kOptions,
    kCompression,
    kParameters,
    {.name = "StartTime", .shape = Shape::timestamp},
    {.name = "EndTime", .shape = Shape::timestamp},
    {.name = "ProcessedSizeBytes", .shape = Shape::long_integer},
    {.name = "ProcessedItemCount", .shape = Shape::long_integer},
    {.name = "ImportedItemCount", .shape = Shape::long_integer},
    {.name = "FailureCode"},
    {.name = "FailureMessage"},
};
constexpr Field kReply[] = {
    {.name = "ImportTableDescription", .shape = Shape::structure, .required = true, .members = kDescriptionMembers}};
constexpr Field kDescribeFields[] = {{.name = "ImportArn", .required = true, .min_length = 37, .max_length = 1024}};
constexpr Field kListFields[] = {
    {.name = "TableArn", .min_length = 1, .max_length = 1024, .arn_allowed = true},
    {.name = "PageSize", .shape = Shape::integer, .min_value = 1, .max_value = 25},
    {.name = "NextToken", .min_length = 112, .max_length = 1024, .pattern = "([0-9a-f]{16})+"},
};
constexpr std::string_view kSummaryNames[] = {
    "ImportArn",   "ImportStatus", "TableArn", "S3BucketSource", "CloudWatchLogGroupArn",
    "InputFormat", "StartTime",    "EndTime"};
constexpr Field kSummaryMembers[] = {
    {.name = "ImportArn"},
    {.name = "ImportStatus", .enum_set = "[IN_PROGRESS, COMPLETED, CANCELLING, CANCELLED, FAILED]"},
    {.name = "TableArn"},
    kSource,
    {.name = "CloudWatchLogGroupArn"},
    kFormat,
    {.name = "StartTime", .shape = Shape::timestamp},
    {.name = "EndTime", .shape = Shape::timestamp},
};
constexpr Field kSummary{.shape = Shape::structure, .members = kSummaryMembers};
constexpr Field kListReply[] = {{.name = "ImportSummaryList", .shape = Shape::list, .element = &kSummary},
                                fields::next_token};

CsvRules csv_rules(const json::object& body, const TableSpec& spec) {
  CsvRules rules;
  rules.typed = spec.attribute_definitions;
  const json::object* options = read_object(body, "InputFormatOptions");
  const json::object* csv = options == nullptr ? nullptr : read_object(*options, "Csv");
  if (csv == nullptr) return rules;
  rules.delimiter = read_string(*csv, "Delimiter").value_or(",").front();
  rules.header = read_strings(*csv, "HeaderList");
  return rules;
}

// The last of equal keys stays; what breaks a rule of items is an error.
struct Checked {
  std::vector<ItemPtr> items;
  std::size_t errors = 0;
};
Checked check_items(const Table& table, std::vector<Item> given) {
  Checked checked;
  std::map<RowKey, ItemPtr> rows;
  for (Item& item : given) {
    try {
      RowKey key = check_put_item(table, item);
      if (size_of(item) > kItemSizeLimit) throw_validation("Item size has exceeded the maximum allowed size");
      rows[std::move(key)] = std::make_shared<const Item>(std::move(item));
    } catch (const ApiError&) {
      ++checked.errors;
    }
  }
  for (auto& [key, item] : rows) checked.items.push_back(std::move(item));
  return checked;
}

void fail(json::object& description, std::string_view code, std::string_view message) {
  description["ImportStatus"] = "FAILED";
  description["FailureCode"] = code;
  description["FailureMessage"] = message;
}

// Fills the table and notes how it went.
void import(Session& session, Table& table, const TableSpec& spec, const json::object& body,
            json::object& description) {
  const json::object& source = *read_object(body, "S3BucketSource");
  const auto bucket = Bucket::open(session.universe().export_directory, read_string(source, "S3Bucket").value_or(""),
                                   Bucket::Missing::refuse);
  if (!bucket) return fail(description, "S3NoSuchBucket", "The specified bucket does not exist");
  auto input = read_input(*bucket, read_string(source, "S3KeyPrefix").value_or(""),
                          read_string(body, "InputCompressionType").value_or("NONE"),
                          read_string(body, "InputFormat").value_or(""), csv_rules(body, spec));
  if (!input)
    return fail(description, "InvalidCompression", "The input files are not compressed as InputCompressionType says");
  const std::size_t records = input->read.items.size() + input->read.errors;
  Checked checked = check_items(table, std::move(input->read.items));
  description["ImportStatus"] = "COMPLETED";
  description["ErrorCount"] = input->read.errors + checked.errors;
  description["ProcessedSizeBytes"] = input->bytes;
  description["ProcessedItemCount"] = records;
  description["ImportedItemCount"] = checked.items.size();
  store::load(session.universe(), table, std::move(checked.items));
}

constexpr std::ptrdiff_t kImportsMax = 50;  // at a time: developer guide, "Service, account, and table quotas"

Answer run(Session& session, const TableSpec& spec, const json::object& body) {
  Universe& universe = session.universe();
  Transfers transfers(universe, kRegister, "ImportConflictException");
  if (const auto* again = transfers.replay(session, body)) return document({{"ImportTableDescription", *again}});
  transfers.check_room("ImportStatus", kImportsMax);
  if (universe.find_table(spec.name) != nullptr)
    throw ApiError("ResourceInUseException", "Table already exists: " + spec.name);
  check_new_table(session, spec.indexes.empty() ? Indexed::no : Indexed::yes);
  Table& table = make_table(session, spec);
  json::object description{{"ImportArn", table.settings.arn + "/import/" + transfers.new_id(session)},
                           {"ImportStatus", "IN_PROGRESS"},
                           {"TableArn", table.settings.arn},
                           {"TableId", table.settings.id}};
  for (const std::string_view name :
       {"ClientToken", "S3BucketSource", "InputFormat", "InputFormatOptions", "TableCreationParameters"}) {
    if (const json::value* value = find_member(body, name)) description[name] = *value;
  }
  // The group that the service writes its log to; here nothing is.
  description["CloudWatchLogGroupArn"] =
      "arn:aws:logs:" + table.settings.region + ":" + table.settings.account + ":log-group:/aws-dynamodb/imports:*";
  description["InputCompressionType"] = read_string(body, "InputCompressionType").value_or("NONE");
  description["StartTime"] = epoch_seconds(session.now());
  const std::string arn(description.at("ImportArn").as_string());
  transfers.keep(session, body, arn, description);
  // The items are there when the table becomes ACTIVE: nobody can look before.
  const Duration wait = universe.models.lifecycle_create;
  json::object ended = description;
  ended["ErrorCount"] = 0;
  import(session, table, spec, body, ended);
  ended["EndTime"] = epoch_seconds(session.now() + wait);
  after(session, wait, [arn, ended = std::move(ended)](Universe& owner, Instant) {
    owner.registers[std::string(kRegister)][arn] = ended;
  });
  note_change(session);
  return document({{"ImportTableDescription", description}});
}

Prepared prepare(const json::object& body) {
  auto spec = std::make_shared<const TableSpec>(read_table_spec(*read_object(body, "TableCreationParameters")));
  return on_table(spec->name, Access::write, [spec, body](Session& session) { return run(session, *spec, body); });
}

Prepared prepare_describe(const json::object& body) {
  return on_account([arn = read_string(body, "ImportArn").value_or("")](Session& session) {
    const json::value* found = session.universe().registers[std::string(kRegister)].if_contains(arn);
    if (found == nullptr) {
      if (const auto parsed = parse_table_arn(arn)) check_account(session, *parsed);
      throw ApiError("ImportNotFoundException", "Import not found: " + arn);
    }
    return document({{"ImportTableDescription", *found}});
  });
}

Prepared prepare_list(const json::object& body) {
  const std::string table = read_string(body, "TableArn").value_or("");
  const auto size = static_cast<std::size_t>(read_integer(body, "PageSize").value_or(25));
  return on_account([table, size, start = read_page_token(body)](Session& session) {
    json::array all;
    for (const auto& one : session.universe().registers[std::string(kRegister)]) {
      const json::object& description = one.value().as_object();
      if (!table.empty() && description.at("TableArn").as_string() != table) continue;
      json::object summary;
      for (const std::string_view name : kSummaryNames) {
        if (const json::value* value = description.if_contains(name)) summary[name] = *value;
      }
      all.push_back(std::move(summary));
    }
    return page_of(std::move(all), "ImportSummaryList", start, size);
  });
}

}  // namespace

constinit const Operation import_table{.name = "ImportTable",
                                       .groups = static_cast<unsigned>(Group::control),
                                       .fields = kFields,
                                       .reply = kReply,
                                       .prepare = prepare,
                                       .simplified = "from a folder per bucket under --export-directory; no logs"};
constinit const Operation describe_import{.name = "DescribeImport",
                                          .groups = static_cast<unsigned>(Group::control),
                                          .fields = kDescribeFields,
                                          .reply = kReply,
                                          .prepare = prepare_describe};
constinit const Operation list_imports{.name = "ListImports",
                                       .groups = static_cast<unsigned>(Group::control),
                                       .fields = kListFields,
                                       .reply = kListReply,
                                       .prepare = prepare_list};

}  // namespace fickle
