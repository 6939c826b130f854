// What a bulk put does: reads its input, puts the items whose conditions hold, and reports the others. Under the universe's mutex.
// Source: developer guide, "Amazon S3 input formats for bulk put items" (per-item condition expressions), "Bulk put items output and
// reconciliation", "Best practices for bulk put items" (objects and their sizes); API_OutputS3Configuration. What is guessed: the names of
// a record's members beside Item (those of PutItem), the failure codes, and the files of the report.
#pragma once

#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/core/result.hh"
#include "emulator/ops/bucket.hh"
#include "emulator/store/universe.hh"

namespace fickle {

inline constexpr std::string_view kBulkRegister = "bulkOperations";
inline constexpr std::size_t kBulkObjectsMax = 50'000;                        // of one operation
inline constexpr std::uint64_t kBulkObjectSizeMax = std::uint64_t{5} << 30U;  // bytes of one object as it lies there

struct BulkRecord {
  ItemPtr item;
  boost::json::object
      condition;  // ConditionExpression with its names and values, as PutItem has them; empty: puts anyway
};
struct BulkInput {
  std::vector<BulkRecord> records;
  std::size_t errors = 0;                // records that are none
  std::vector<std::string> error_texts;  // the first few of them
  std::uint64_t bytes = 0;
};
// FailureCode and FailureMessage of an operation that puts nothing.
struct BulkFailure {
  std::string_view code, message;
};

// nullopt: neither too many objects nor too large ones.
[[nodiscard]] std::optional<BulkFailure> check_bulk_objects(std::span<const Bucket::Object> objects);
// `source`: InputS3Configuration.
[[nodiscard]] Result<BulkInput, BulkFailure> read_bulk_input(const std::string& export_directory,
                                                             const boost::json::object& source);

struct BulkOutcome {
  std::vector<ItemPtr> put;
  std::vector<std::string> errors;  // lines of the report: what was no item of the table, and why
  std::vector<std::string>
      refused;             // lines of the report: the items whose condition was false, and what was there instead
  std::size_t failed = 0;  // `errors` and the records of the input that are none
};
// In the order of the records, each of which sees those before it. Items become visible at `at`.
[[nodiscard]] BulkOutcome put_all(Universe& universe, Table& table, const BulkInput& input, Instant at);
// The files that `output` (OutputS3Configuration) asks for; none when there is nothing to tell.
void write_bulk_report(const std::string& export_directory, const boost::json::object& output, const std::string& id,
                       const BulkOutcome& outcome);
// BulkOperationUsage: what of the items went to the table and to each of its indexes.
[[nodiscard]] boost::json::object bulk_usage(const Table& table, const std::vector<ItemPtr>& items);

[[nodiscard]] bool is_running(const boost::json::object& description);  // IN_PROGRESS
// Has the table an operation that is running?
[[nodiscard]] bool has_running_bulk_put(const Universe& universe, const Table& table);

}  // namespace fickle
