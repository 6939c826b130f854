#include "emulator/ops/bulk_put.hh"

#include <algorithm>
#include <array>

#include "emulator/api/common_fields.hh"
#include "emulator/api/error.hh"
#include "emulator/api/expression_presence.hh"
#include "emulator/api/reader.hh"
#include "emulator/api/shape_check.hh"
#include "emulator/engine/expressions.hh"
#include "emulator/engine/mutation.hh"
#include "emulator/ops/transfer.hh"
#include "emulator/store/commit.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::size_t kReportedItemMax = 1024;  // bytes of an item beside its error

constexpr std::array<std::string_view, 1> kExpressions = {"ConditionExpression"};
constexpr ExpressionRules kRules{.legacy = {}, .expressions = kExpressions, .with_values = kExpressions};
constexpr Field kConditionFields[] = {fields::condition_expression, fields::expression_attribute_names,
                                      fields::expression_attribute_values};

std::optional<expr::Condition> condition_of(const json::object& record) {
  if (record.empty()) return std::nullopt;
  check_shapes(record, kConditionFields);
  check_expression_presence(record, kRules);
  Expressions expressions(read_expression_params(record, kRules), kRules);
  auto condition = expressions.condition(kExpressions[0], expr::ExpressionKind::condition);
  expressions.check_all_used();
  return condition;
}

// The item that was to be put, and the one that is there if there is one.
std::string refusal(const Item& attempted, const ItemPtr& present) {
  std::string line = R"({"Item":)";
  append_json(line, attempted);
  if (present) {
    line += R"(,"ExistingItem":)";
    append_json(line, *present);
  }
  return line + "}";
}

// Writes to come, committed together as long as nobody looks at what is there.
class Batch {
 public:
  Batch(Universe& universe, Instant at) : universe_(universe), at_(at) {}
  void add(store::Write write) { writes_.push_back(std::move(write)); }
  void flush() {
    if (!writes_.empty()) store::commit_at(universe_, writes_, WriteCause::request, at_);
    writes_.clear();
  }

 private:
  Universe& universe_;
  Instant at_;
  std::vector<store::Write> writes_;
};

void put_one(Batch& batch, Table& table, const BulkRecord& record, BulkOutcome& outcome) {
  const Mutation mutation{.table = table.schema.name,
                          .change = PutItemChange{.item = record.item},
                          .condition = condition_of(record.condition)};
  if (size_of(*record.item) > kItemSizeLimit) throw_validation("Item size has exceeded the maximum allowed size");
  RowKey key = resolve(mutation, table);
  if (mutation.condition) {
    batch.flush();
    const ItemPtr present = table.rows.find(key);
    if (evaluate(mutation, table, present).verdict == MutationOutcome::Verdict::condition_failed) {
      outcome.refused.push_back(refusal(*record.item, present));
      return;
    }
  }
  batch.add({&table, std::move(key), record.item});
  outcome.put.push_back(record.item);
}

bool asked_for(const json::object& output, std::string_view type) {
  const std::vector<std::string> types = read_strings(output, "OutputType");
  return std::find(types.begin(), types.end(), type) != types.end();
}

}  // namespace

std::optional<BulkFailure> check_bulk_objects(std::span<const Bucket::Object> objects) {
  if (objects.size() > kBulkObjectsMax)
    return BulkFailure{"InputObjectCountExceeded", "The input has more than 50,000 objects"};
  const bool large = std::any_of(objects.begin(), objects.end(),
                                 [](const Bucket::Object& object) { return object.size > kBulkObjectSizeMax; });
  if (large) return BulkFailure{"InputObjectSizeExceeded", "An object of the input is larger than 5 GB"};
  return std::nullopt;
}

Result<BulkInput, BulkFailure> read_bulk_input(const std::string& export_directory, const json::object& source) {
  const auto bucket =
      Bucket::open(export_directory, read_string(source, "S3Bucket").value_or(""), Bucket::Missing::refuse);
  if (!bucket) return Refused{BulkFailure{"S3NoSuchBucket", "The specified bucket does not exist"}};
  const std::string prefix = read_string(source, "S3KeyPrefix").value_or("");
  if (const auto failure = check_bulk_objects(bucket->list(prefix))) return Refused{*failure};
  auto input = read_input(*bucket, prefix, read_string(source, "InputCompressionType").value_or("NONE"),
                          read_string(source, "InputFormat").value_or(""), {});
  if (!input)
    return Refused{
        BulkFailure{"InvalidCompression", "The input files are not compressed as InputCompressionType says"}};
  BulkInput read{.records = {},
                 .errors = input->read.errors,
                 .error_texts = std::move(input->read.error_texts),
                 .bytes = input->bytes};
  read.records.reserve(input->read.items.size());
  for (Item& item : input->read.items)
    read.records.push_back({std::make_shared<const Item>(std::move(item)), json::object{}});
  for (auto& [position, condition] : input->read.conditions) read.records[position].condition = std::move(condition);
  return read;
}

BulkOutcome put_all(Universe& universe, Table& table, const BulkInput& input, Instant at) {
  BulkOutcome outcome;
  Batch batch(universe, at);
  for (const BulkRecord& record : input.records) {
    try {
      put_one(batch, table, record, outcome);
    } catch (const ApiError& error) {
      outcome.errors.push_back(json_line(*record.item).substr(0, kReportedItemMax) + error.message());
    }
  }
  batch.flush();
  outcome.failed = outcome.errors.size() + input.errors;
  outcome.errors.insert(outcome.errors.end(), input.error_texts.begin(), input.error_texts.end());
  return outcome;
}

void write_bulk_report(const std::string& export_directory, const json::object& output, const std::string& id,
                       const BulkOutcome& outcome) {
  const auto write = [&](std::string_view type, const std::vector<std::string>& lines, const std::string& file) {
    if (lines.empty() || !asked_for(output, type)) return;
    const auto bucket =
        Bucket::open(export_directory, read_string(output, "S3Bucket").value_or(""), Bucket::Missing::make);
    if (!bucket) return;
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    const std::string prefix = read_string(output, "S3KeyPrefix").value_or("");
    static_cast<void>(bucket->write(under_prefix(prefix, "AWSDynamoDB/" + id + "/" + file), text));
  };
  write("ERROR", outcome.errors, "errors.txt");
  write("CONDITION_CHECK_FAILURE", outcome.refused, "condition-check-failures.json");
}

bool is_running(const json::object& description) {
  return description.at("BulkOperationStatus").as_string() == "IN_PROGRESS";
}

bool has_running_bulk_put(const Universe& universe, const Table& table) {
  const auto operations = universe.registers.find(kBulkRegister);
  if (operations == universe.registers.end()) return false;
  return std::any_of(operations->second.begin(), operations->second.end(), [&table](const auto& one) {
    return is_running(one.value().as_object()) &&
           one.value().at("TableDetails").at(0).at("TableId").as_string() == table.settings.id;
  });
}

}  // namespace fickle
