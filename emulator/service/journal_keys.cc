#include "emulator/service/journal_keys.hh"

#include <algorithm>

#include "emulator/core/text.hh"
#include "emulator/core/timetext.hh"
#include "emulator/value/value_json.hh"

namespace fickle {

namespace {

boost::json::value item_json(const Item& item) {
  std::string text;
  append_json(text, item);
  return boost::json::parse(text);
}

}  // namespace

void redact(HeaderList& headers) {
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const auto [name, value] = headers[i];
    if (equals_ignoring_case(name, "authorization")) {
      const std::size_t slash = value.find('/');
      const bool names_key = slash != std::string_view::npos;
      headers.set_value(i, names_key ? std::string(value.substr(0, slash)).append("/... (redacted)") : " (redacted)");
    } else if (equals_ignoring_case(name, "x-amz-security-token") || equals_ignoring_case(name, "cookie") ||
               equals_ignoring_case(name, "proxy-authorization")) {
      headers.set_value(i, "(redacted)");
    }
  }
}

std::vector<std::string> tables_of(const JournalEntry& entry) {
  std::vector<std::string> tables;
  for (const Touch& touch : entry.touches) {
    if (!touch.table.empty() && std::find(tables.begin(), tables.end(), touch.table) == tables.end())
      tables.push_back(touch.table);
  }
  return tables;
}

std::string_view applied_name(Effects::Applied applied) {
  switch (applied) {
    case Effects::Applied::no: return "false";
    case Effects::Applied::yes: return "true";
    case Effects::Applied::partial: return "\"partial\"";
  }
  return "false";
}

Item key_of(const Touch& touch, const KeyNames& key_names) {
  if (!touch.carried) return {};
  const std::vector<std::string> names = key_names(touch.table);
  if (names.empty()) return *touch.carried;
  Item key;
  for (const std::string& name : names) {
    if (const Value* value = touch.carried->find(name)) key.set(name, *value);
  }
  return key;
}

KeyNames key_names_of(const Universe& universe) {
  return [&universe](std::string_view name) {
    std::vector<std::string> names;
    if (const Table* table = universe.find_table(name)) {
      for (const KeyAttribute* attribute : table->schema.key.all()) names.push_back(attribute->name);
    }
    return names;
  };
}

boost::json::object to_json(const JournalEntry& entry, const KeyNames& key_names) {
  boost::json::object out;
  out["id"] = entry.id;
  out["at"] = format_instant(entry.at);
  out["universe"] = entry.universe;
  out["marker"] = entry.marker;
  out["operation"] = entry.operation;
  boost::json::array& tables = out.emplace("tables", boost::json::array{}).first->value().as_array();
  for (const std::string& table : tables_of(entry)) tables.emplace_back(table);
  boost::json::array& keys = out.emplace("keys", boost::json::array{}).first->value().as_array();
  for (const Touch& touch : entry.touches) {
    if (touch.carried) keys.push_back(item_json(key_of(touch, key_names)));
  }
  out["status"] = entry.status;
  out["error"] = entry.error;
  boost::json::array& faults = out.emplace("faults", boost::json::array{}).first->value().as_array();
  for (const std::string& fault : entry.faults) faults.emplace_back(fault);
  out["effective"] = entry.effective;
  out["applied"] = boost::json::parse(applied_name(entry.applied));
  out["invocation"] = entry.invocation();
  out["attempt"] = entry.attempt;
  out["maxAttempts"] = entry.attempts_max;
  out["accessKey"] = entry.access_key;
  out["userAgent"] = entry.user_agent();
  out["latencyMs"] = std::chrono::duration<double, std::milli>(entry.latency).count();
  out["requestBytes"] = entry.request_bytes;
  out["responseBytes"] = entry.response_bytes;
  if (!entry.request_body.empty()) out["requestBody"] = entry.request_body;
  if (!entry.response_body.empty()) out["responseBody"] = entry.response_body;
  if (!entry.note.empty()) out["note"] = entry.note;
  return out;
}

}  // namespace fickle
