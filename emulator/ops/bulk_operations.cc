// StartBulkPutItems, DescribeBulkOperation, ListBulkOperations, CancelBulkOperation: items from the folder that stands in for S3 into
// an existing table. Source: API_StartBulkPutItems as the SDKs document it; simplified, nobody has observed the service.
#include <algorithm>

#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/engine/table_rules.hh"
#include "emulator/engine/vector_entries.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/replicas.hh"
#include "emulator/ops/transfer.hh"
#include "emulator/ops/vector_index.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::string_view kRegister = "bulkOperations";
constexpr std::int64_t kLeastUnits = 1024;

constexpr Field kInputMembers[] = {
    {.name = "S3BucketOwner", .pattern = "[0-9]{12}"},
    {.name = "S3Bucket", .required = true, .max_length = 255, .pattern = R"(^[a-z0-9A-Z]+[\.\-\w]*[a-z0-9A-Z]+$)"},
    {.name = "S3KeyPrefix", .max_length = 1024},
    {.name = "InputFormat", .required = true, .enum_set = "[DYNAMODB_JSON, ION]"},
    {.name = "InputCompressionType", .enum_set = "[GZIP, ZSTD, NONE]"},
};
constexpr Field kOutputType{.enum_set = "[CONDITION_CHECK_FAILURE, ERROR]"};
constexpr Field kOutputMembers[] = {
    {.name = "S3BucketOwner", .pattern = "[0-9]{12}"},
    {.name = "S3Bucket", .max_length = 255, .pattern = R"(^[a-z0-9A-Z]+[\.\-\w]*[a-z0-9A-Z]+$)"},
    {.name = "S3KeyPrefix", .max_length = 1024},
    {.name = "S3SseAlgorithm", .enum_set = "[AES256, KMS]"},
    {.name = "S3SseKmsKeyId", .min_length = 1, .max_length = 2048},
    {.name = "OutputType", .shape = Shape::list, .required = true, .element = &kOutputType},
};
constexpr Field kInput{.name = "InputS3Configuration",
                       .shape = Shape::structure,
                       .required = true,
                       .type_name = "com.amazonaws.dynamodb.v20120810.InputS3Configuration",
                       .members = kInputMembers};
constexpr Field kOutput{.name = "OutputS3Configuration",
                        .shape = Shape::structure,
                        .required = true,
                        .type_name = "com.amazonaws.dynamodb.v20120810.OutputS3Configuration",
                        .members = kOutputMembers};
constexpr Field kTier{.name = "PerformanceTier", .enum_set = "[STANDARD, ACCELERATED]"};
constexpr Field kUnits{.name = "MaxWriteRequestUnits", .shape = Shape::long_integer, .min_value = kLeastUnits};
constexpr Field kStartFields[] = {
    fields::control_table_name, {.name = "ClientToken", .pattern = R"(^[^\$]+$)"}, kInput, kOutput, kUnits, kTier,
};
constexpr std::string_view kStatuses = "[IN_PROGRESS, COMPLETED, COMPLETED_WITH_ERRORS, CANCELLING, CANCELLED, FAILED]";
constexpr Field kTableMembers[] = {{.name = "TableName"}, {.name = "TableId"}};
constexpr Field kTable{.shape = Shape::structure, .members = kTableMembers};
constexpr Field kBytesMembers[] = {{.name = "BulkPutBytes", .shape = Shape::double_number}};
constexpr Field kBytes{.shape = Shape::structure, .members = kBytesMembers};
constexpr Field kVectorBytesMembers[] = {{.name = "BulkPutVectorBytes", .shape = Shape::double_number}};
constexpr Field kVectorBytes{.shape = Shape::structure, .members = kVectorBytesMembers};
constexpr Field kUsageMembers[] = {
    {.name = "TableName"},
    {.name = "BulkPutBytes", .shape = Shape::double_number},
    {.name = "Table", .shape = Shape::structure, .members = kBytesMembers},
    {.name = "LocalSecondaryIndexes", .shape = Shape::map, .element = &kBytes},
    {.name = "GlobalSecondaryIndexes", .shape = Shape::map, .element = &kBytes},
    {.name = "VectorIndexes", .shape = Shape::map, .element = &kVectorBytes},
};
constexpr Field kUsage{.shape = Shape::structure, .members = kUsageMembers};
constexpr Field kDescriptionMembers[] = {
    {.name = "BulkOperationArn"},
    {.name = "BulkOperationStatus", .enum_set = kStatuses},
    {.name = "TableDetails", .shape = Shape::list, .element = &kTable},
    {.name = "ClientToken"},
    kInput,
    kOutput,
    {.name = "StartTime", .shape = Shape::timestamp},
    {.name = "EndTime", .shape = Shape::timestamp},
    {.name = "ProcessedItemCount", .shape = Shape::long_integer},
    {.name = "ProcessedInputBytes", .shape = Shape::long_integer},
    {.name = "TotalInputBytes", .shape = Shape::long_integer},
    {.name = "BulkOperationUsage", .shape = Shape::list, .element = &kUsage},
    {.name = "FailedItemCount", .shape = Shape::long_integer},
    {.name = "FailureCode"},
    {.name = "FailureMessage"},
    kUnits,
    kTier,
};
constexpr Field kReply[] = {
    {.name = "BulkOperationDescription", .shape = Shape::structure, .required = true, .members = kDescriptionMembers}};
constexpr Field kArn{.name = "BulkOperationArn", .required = true, .min_length = 37, .max_length = 1024};
constexpr Field kArnFields[] = {kArn};
constexpr Field kCancelReply[] = {kArn, {.name = "BulkOperationStatus", .required = true, .enum_set = kStatuses}};
constexpr Field kListFields[] = {{.name = "MaxResults", .shape = Shape::integer, .min_value = 1, .max_value = 100},
                                 {.name = "NextToken"}};
constexpr Field kSummaryMembers[] = {
    kArn,
    {.name = "BulkOperationStatus", .required = true, .enum_set = kStatuses},
    {.name = "StartTime", .shape = Shape::timestamp, .required = true},
    {.name = "EndTime", .shape = Shape::timestamp},
};
constexpr Field kSummary{.shape = Shape::structure, .members = kSummaryMembers};
constexpr Field kListReply[] = {{.name = "BulkOperationsSummaryList", .shape = Shape::list, .element = &kSummary},
                                fields::next_token};

// What of the input is an item of the table, and why the rest is not.
struct Checked {
  std::vector<std::pair<RowKey, ItemPtr>> rows;
  std::vector<std::string> failures;
};
Checked check_all(const Table& table, std::vector<Item> items) {
  Checked checked;
  for (Item& item : items) {
    try {
      RowKey key = check_put_item(table, item);
      const Bytes size = size_of(item);
      if (size > kItemSizeLimit) throw_validation("Item size has exceeded the maximum allowed size");
      checked.rows.emplace_back(std::move(key), std::make_shared<const Item>(std::move(item)));
    } catch (const ApiError& error) {
      checked.failures.push_back(json_line(item).substr(0, 1024) + error.message());
    }
  }
  return checked;
}

// What of the items goes to the table and to each of its indexes; vectors are counted by themselves. Amounts: the sizes of items and
// entries, nobody has observed the service's.
json::object usage_of(const Table& table, const Checked& checked) {
  const auto amount = [](std::string_view member, Bytes size) {
    return json::object{{member, static_cast<double>(size.count)}};
  };
  Bytes own;
  for (const auto& [key, item] : checked.rows) own += size_of(*item);
  Bytes all = own;
  json::object usage{{"TableName", table.schema.name}, {"BulkPutBytes", 0.0}, {"Table", amount("BulkPutBytes", own)}};
  const auto share_in = [&usage](std::string_view list) -> json::object& {
    json::value& shares = usage[list];
    if (!shares.is_object()) shares = json::object{};
    return shares.as_object();
  };
  for (const Index& index : table.indexes) {
    Bytes size;
    for (const auto& [key, item] : checked.rows) {
      if (index_row_key_of(index.schema, table.schema, *item))
        size += projected_size(index.schema, table.schema, *item);
    }
    all += size;
    const bool global = index.schema.kind == IndexSchema::Kind::global;
    share_in(global ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes")[index.schema.name] =
        amount("BulkPutBytes", size);
  }
  usage["BulkPutBytes"] = static_cast<double>(all.count);
  const json::array none;
  const json::array* vectors = vector_indexes_of(table);
  for (const auto& one : vectors == nullptr ? none : *vectors) {
    const json::object& index = one.as_object();
    Bytes size;
    for (const auto& [key, item] : checked.rows) {
      if (indexed_vector(index, *item)) size += vector_entry_size(table, index, *item);
    }
    share_in("VectorIndexes")[index.at("IndexName").as_string()] = amount("BulkPutVectorBytes", size);
  }
  return usage;
}

void fail(json::object& description, std::string_view code, std::string_view message) {
  description["BulkOperationStatus"] = "FAILED";
  description["FailureCode"] = code;
  description["FailureMessage"] = message;
}

void write_errors(Session& session, const json::object& output, const std::string& id,
                  const std::vector<std::string>& failures) {
  const std::vector<std::string> types = read_strings(output, "OutputType");
  if (failures.empty() || std::find(types.begin(), types.end(), "ERROR") == types.end()) return;
  const auto bucket = Bucket::open(session.universe().export_directory, read_string(output, "S3Bucket").value_or(""),
                                   Bucket::Missing::make);
  if (!bucket) return;
  std::string text;
  for (const std::string& failure : failures) text += failure + "\n";
  const std::string key = "AWSDynamoDB/" + id + "/errors.txt";
  static_cast<void>(bucket->write(under_prefix(read_string(output, "S3KeyPrefix").value_or(""), key), text));
}

// Reads and checks the input, and notes how the operation will have ended when its items are in the table.
Checked read_all(Session& session, const Table& table, const json::object& body, const std::string& id,
                 json::object& description) {
  const json::object& source = *read_object(body, "InputS3Configuration");
  const auto bucket = Bucket::open(session.universe().export_directory, read_string(source, "S3Bucket").value_or(""),
                                   Bucket::Missing::refuse);
  if (!bucket) {
    fail(description, "S3NoSuchBucket", "The specified bucket does not exist");
    return {};
  }
  auto input = read_input(*bucket, read_string(source, "S3KeyPrefix").value_or(""),
                          read_string(source, "InputCompressionType").value_or("NONE"),
                          read_string(source, "InputFormat").value_or(""), {});
  if (!input) {
    fail(description, "InvalidCompression", "The input files are not compressed as InputCompressionType says");
    return {};
  }
  const std::size_t records = input->read.items.size() + input->read.errors;
  Checked checked = check_all(table, std::move(input->read.items));
  const std::size_t failed = checked.failures.size() + input->read.errors;
  for (std::string& text : input->read.error_texts) checked.failures.push_back(std::move(text));
  write_errors(session, *read_object(body, "OutputS3Configuration"), id, checked.failures);
  description["BulkOperationStatus"] = failed == 0 ? "COMPLETED" : "COMPLETED_WITH_ERRORS";
  description["ProcessedItemCount"] = records;
  description["FailedItemCount"] = failed;
  description["ProcessedInputBytes"] = description["TotalInputBytes"] = input->bytes;
  description["BulkOperationUsage"] = json::array{usage_of(table, checked)};
  return checked;
}

bool is_running(const json::object& description) {
  return description.at("BulkOperationStatus").as_string() == "IN_PROGRESS";
}

// The items become visible and the operation has ended - unless it was cancelled, or its table is gone.
struct Ending {
  std::string arn, table, table_id;
  json::object description;
  std::vector<std::pair<RowKey, ItemPtr>> rows;

  void operator()(Universe& universe, Instant at) const {
    json::value& kept = universe.registers[std::string(kRegister)][arn];
    if (!is_running(kept.as_object())) return;
    json::object ended = description;
    Table* target = same_table(universe, table, table_id);
    if (target == nullptr) {
      fail(ended, "TableNotFound", "The table was deleted");
    } else {
      std::vector<store::Write> writes;
      writes.reserve(rows.size());
      for (const auto& [key, item] : rows) writes.push_back({target, key, item});
      store::commit_at(universe, writes, WriteCause::request, at);
    }
    ended["EndTime"] = epoch_seconds(at);
    kept = std::move(ended);
  }
};

// ACTIVE, or UPDATING by a change that does not get in the way; no index in the making, and no global table.
// Source: developer guide, bulk put items considerations; the words are guessed.
void check_ready(const Table& table) {
  if (table.status != TableStatus::updating) check_active(table);
  const bool indexing = std::any_of(table.indexes.begin(), table.indexes.end(),
                                    [](const Index& index) { return index.status == IndexStatus::creating; });
  if (indexing || online_vector_changes(table) > 0) throw_in_use("Table is being updated: " + table.schema.name);
  if (is_replicated(table))
    throw_validation("Bulk operations are not supported on global tables. TableName: " + table.schema.name);
}

Answer start(Session& session, const std::string& name, const json::object& body) {
  Table& table = session.control_table(name);
  check_ready(table);
  Transfers transfers(session.universe(), kRegister, "IdempotentParameterMismatchException");
  if (const auto* again = transfers.replay(session, body)) return document({{"BulkOperationDescription", *again}});
  const std::string id = transfers.new_id(session);
  const std::string arn = table.settings.arn + "/bulk-operation/" + id;
  json::object description{
      {"BulkOperationArn", arn},
      {"BulkOperationStatus", "IN_PROGRESS"},
      {"TableDetails", json::array{json::object{{"TableName", name}, {"TableId", table.settings.id}}}}};
  for (const std::string_view member :
       {"ClientToken", "InputS3Configuration", "OutputS3Configuration", "MaxWriteRequestUnits"}) {
    if (const json::value* value = find_member(body, member)) description[member] = *value;
  }
  description["PerformanceTier"] = read_string(body, "PerformanceTier").value_or("STANDARD");
  description["StartTime"] = epoch_seconds(session.now());
  transfers.keep(session, body, arn, description);
  Ending ending{.arn = arn, .table = name, .table_id = table.settings.id, .description = description, .rows = {}};
  ending.rows = read_all(session, table, body, id, ending.description).rows;
  after(session, session.universe().models.lifecycle_update, std::move(ending));
  note_change(session);
  return document({{"BulkOperationDescription", description}});
}

Prepared prepare_start(const json::object& body) {
  return on_table(table_name_of(body), Access::write,
                  [name = table_name_of(body), body](Session& session) { return start(session, name, body); });
}

const json::object& find(Session& session, const std::string& arn) {
  const json::value* found = session.universe().registers[std::string(kRegister)].if_contains(arn);
  if (found == nullptr) {
    throw ApiError("ResourceNotFoundException", "Requested resource not found: BulkOperation: " + arn + " not found");
  }
  return found->as_object();
}

Prepared prepare_describe(const json::object& body) {
  return on_account([arn = read_string(body, "BulkOperationArn").value_or("")](Session& session) {
    return document({{"BulkOperationDescription", find(session, arn)}});
  });
}

// What has not ended is cancelled, and nothing of it is done; what has ended stays as it is, and the answer tells how.
Prepared prepare_cancel(const json::object& body) {
  return on_account([arn = read_string(body, "BulkOperationArn").value_or("")](Session& session) {
    json::object description = find(session, arn);
    const bool running = is_running(description);
    if (running) {
      description["BulkOperationStatus"] = "CANCELLED";
      description["EndTime"] = epoch_seconds(session.now());
      session.universe().registers[std::string(kRegister)][arn] = description;
      note_change(session);
    }
    return document({{"BulkOperationArn", arn},
                     {"BulkOperationStatus", running ? "CANCELLING" : description.at("BulkOperationStatus")}});
  });
}

Prepared prepare_list(const json::object& body) {
  const auto size = static_cast<std::size_t>(read_integer(body, "MaxResults").value_or(100));
  return on_account([size, start = read_page_token(body)](Session& session) {
    json::array all;
    for (const auto& one : session.universe().registers[std::string(kRegister)]) {
      json::object summary;
      for (const std::string_view name : {"BulkOperationArn", "BulkOperationStatus", "StartTime", "EndTime"}) {
        if (const json::value* value = one.value().as_object().if_contains(name)) summary[name] = *value;
      }
      all.push_back(std::move(summary));
    }
    return page_of(std::move(all), "BulkOperationsSummaryList", start, size);
  });
}

}  // namespace

constinit const Operation start_bulk_put_items{
    .name = "StartBulkPutItems",
    .groups = Group::control | Group::write,
    .fields = kStartFields,
    .reply = kReply,
    .prepare = prepare_start,
    .simplified =
        "not observed; from a folder per bucket under --export-directory; no condition expressions in "
        "the input"};
constinit const Operation describe_bulk_operation{.name = "DescribeBulkOperation",
                                                  .groups = static_cast<unsigned>(Group::control),
                                                  .fields = kArnFields,
                                                  .reply = kReply,
                                                  .prepare = prepare_describe};
constinit const Operation cancel_bulk_operation{.name = "CancelBulkOperation",
                                                .groups = static_cast<unsigned>(Group::control),
                                                .fields = kArnFields,
                                                .reply = kCancelReply,
                                                .prepare = prepare_cancel,
                                                .simplified = "not observed; nothing of a cancelled operation is done"};
constinit const Operation list_bulk_operations{.name = "ListBulkOperations",
                                               .groups = static_cast<unsigned>(Group::control),
                                               .fields = kListFields,
                                               .reply = kListReply,
                                               .prepare = prepare_list};

}  // namespace fickle
