// What an export writes: its lines, its data file and the manifests beside it, laid out as the service lays them out. Reads tables, so under
// the universe's mutex. Source: developer guide, "DynamoDB table export output format".
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>

#include "emulator/ops/bucket.hh"
#include "emulator/ops/export_filter.hh"
#include "emulator/store/table.hh"

namespace fickle {

enum class ExportFormat { json, ion };

struct ExportData {
  std::string lines;  // of the one data file
  std::int64_t items = 0;
  std::int64_t bytes = 0;  // of the table
  ExportFormat format = ExportFormat::json;
};

[[nodiscard]] ExportData full_export(const Table& table, ReadView view, ExportFormat format,
                                     const ExportSelection& selection);

// From the state just before `from` to the state just before `to`; or the present state, when no end was asked for.
struct ExportWindow {
  Instant from{}, to{};
  bool to_present = false;
  bool old_images = true;
  Instant history_since{};  // what is older is not known
};
// Each item that changed once, with when it was last written; what came and went within the window is not in it.
[[nodiscard]] ExportData incremental_export(const Table& table, const ExportWindow& window, ExportFormat format,
                                            const ExportSelection& selection);

// Writes all files of the export that `description` (an ExportDescription) tells of. The key of the manifest's summary; nullopt when a file
// cannot be written.
[[nodiscard]] std::optional<std::string> write_export(const Bucket& bucket, const boost::json::object& description,
                                                      const ExportData& data, const std::string& id);

}  // namespace fickle
