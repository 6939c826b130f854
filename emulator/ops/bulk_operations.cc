// StartBulkPutItems, DescribeBulkOperation, ListBulkOperations, CancelBulkOperation: items from the folder that stands in for S3 into
// an existing table. Source: API_StartBulkPutItems as the SDKs document it; simplified, nobody has observed the service.
#include <algorithm>

#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/ops/bulk_fields.hh"
#include "emulator/ops/bulk_put.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/replicas.hh"
#include "emulator/ops/transfer.hh"
#include "emulator/ops/vector_index.hh"

namespace fickle {

namespace {

namespace json = boost::json;

void fail(json::object& description, const BulkFailure& failure) {
  description["BulkOperationStatus"] = "FAILED";
  description["FailureCode"] = failure.code;
  description["FailureMessage"] = failure.message;
}

// The items are put and the operation has ended - unless it was cancelled, or its table is gone.
struct Ending {
  std::string arn, id, table, table_id;
  std::optional<BulkFailure> failure;
  std::shared_ptr<const BulkInput> input;  // not null unless it failed

  void operator()(Universe& universe, Instant at) const {
    json::object& kept = universe.registers[std::string(kBulkRegister)][arn].as_object();
    if (!is_running(kept)) return;
    Table* target = same_table(universe, table, table_id);
    if (failure) {
      fail(kept, *failure);
    } else if (target == nullptr) {
      fail(kept, {"TableNotFound", "The table was deleted"});
    } else {
      end(universe, *target, at, kept);
    }
    kept["EndTime"] = epoch_seconds(at);
  }

  // A condition that does not hold is no failure of the operation, nor is its item counted as failed (API_BulkOperationDescription).
  void end(Universe& universe, Table& target, Instant at, json::object& description) const {
    const BulkOutcome outcome = put_all(universe, target, *input, at);
    write_bulk_report(universe.export_directory, *read_object(description, "OutputS3Configuration"), id, outcome);
    description["BulkOperationStatus"] = outcome.failed == 0 ? "COMPLETED" : "COMPLETED_WITH_ERRORS";
    description["ProcessedItemCount"] = input->records.size() + input->errors;
    description["FailedItemCount"] = outcome.failed;
    description["TotalInputBytes"] = input->bytes;
    description["ProcessedInputBytes"] = input->bytes;
    description["BulkOperationUsage"] = json::array{bulk_usage(target, outcome.put)};
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
  Transfers transfers(session.universe(), kBulkRegister, "IdempotentParameterMismatchException");
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
  Ending ending{.arn = arn, .id = id, .table = name, .table_id = table.settings.id, .failure = {}, .input = {}};
  auto input = read_bulk_input(session.universe().export_directory, *read_object(body, "InputS3Configuration"));
  if (input) {
    ending.input = std::make_shared<const BulkInput>(std::move(input).value());
  } else {
    ending.failure = input.error();
  }
  after(session, session.universe().models.lifecycle_update, std::move(ending));
  note_change(session);
  return document({{"BulkOperationDescription", description}});
}

Prepared prepare_start(const json::object& body) {
  return on_table(table_name_of(body), Access::write,
                  [name = table_name_of(body), body](Session& session) { return start(session, name, body); });
}

const json::object& find(Session& session, const std::string& arn) {
  const json::value* found = session.universe().registers[std::string(kBulkRegister)].if_contains(arn);
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
      session.universe().registers[std::string(kBulkRegister)][arn] = description;
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
    for (const auto& one : session.universe().registers[std::string(kBulkRegister)]) {
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
    .fields = bulk_fields::kStartFields,
    .reply = bulk_fields::kReply,
    .prepare = prepare_start,
    .simplified =
        "not observed; from a folder per bucket under --export-directory; any number of operations at once, of any "
        "size in all"};
constinit const Operation describe_bulk_operation{.name = "DescribeBulkOperation",
                                                  .groups = static_cast<unsigned>(Group::control),
                                                  .fields = bulk_fields::kArnFields,
                                                  .reply = bulk_fields::kReply,
                                                  .prepare = prepare_describe};
constinit const Operation cancel_bulk_operation{.name = "CancelBulkOperation",
                                                .groups = static_cast<unsigned>(Group::control),
                                                .fields = bulk_fields::kArnFields,
                                                .reply = bulk_fields::kCancelReply,
                                                .prepare = prepare_cancel,
                                                .simplified = "not observed; nothing of a cancelled operation is done"};
constinit const Operation list_bulk_operations{.name = "ListBulkOperations",
                                               .groups = static_cast<unsigned>(Group::control),
                                               .fields = bulk_fields::kListFields,
                                               .reply = bulk_fields::kListReply,
                                               .prepare = prepare_list};

}  // namespace fickle
