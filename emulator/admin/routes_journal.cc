// /requests, /invocations and /marker: what the client did, as the journal kept it. POST /requests/verify belongs to faults/, whose matcher it uses.
#include <algorithm>
#include <map>

#include "emulator/admin/routes.hh"
#include "emulator/core/text.hh"
#include "emulator/core/timetext.hh"
#include "emulator/service/journal_keys.hh"

namespace fickle {

namespace {

std::size_t read_limit(const ControlRequest& request, std::optional<std::size_t>& limit) {
  const auto text = request.query("limit");
  if (!text) return 0;
  const auto number = parse_integer(*text);
  if (!number || *number < 0) throw ControlError{400, "Not a number", "'limit' is a whole number", "/limit"};
  limit = static_cast<std::size_t>(*number);
  return *limit;
}

std::function<bool(const JournalEntry&)> read_filter(const ControlRequest& request) {
  const auto operation = request.query("operation");
  const auto table = request.query("table");
  const auto status = request.query("status");
  const auto error = request.query("error");
  const auto fault = request.query("fault");
  const auto invocation = request.query("invocation");
  const auto marker = request.query("marker");
  const auto since = request.query("since");
  std::optional<long long> since_id;
  std::optional<Instant> since_instant;
  if (since) {
    since_id = parse_integer(*since);
    if (!since_id) since_instant = parse_instant(*since);
    if (!since_id && !since_instant)
      throw ControlError{400, "Neither id nor instant", "'since' is an entry's id or an instant", "/since"};
  }
  return [=](const JournalEntry& entry) {
    if (operation && !glob_match(*operation, entry.operation)) return false;
    if (table) {
      const auto tables = tables_of(entry);
      if (std::none_of(tables.begin(), tables.end(), [&](const std::string& name) { return glob_match(*table, name); }))
        return false;
    }
    if (status && std::to_string(entry.status) != *status) return false;
    if (error && entry.error != *error) return false;
    if (fault && std::find(entry.faults.begin(), entry.faults.end(), *fault) == entry.faults.end()) return false;
    if (invocation && entry.invocation() != *invocation) return false;
    if (marker && entry.marker != *marker) return false;
    if (since_id && entry.id <= static_cast<std::uint64_t>(*since_id)) return false;
    return !since_instant || entry.at >= *since_instant;
  };
}

ControlReply list_requests(const ControlParts& parts, const ControlRequest& request) {
  const auto entry = universe_for(parts, request, Unknown::refuse);
  std::optional<std::size_t> limit;
  (void)read_limit(request, limit);
  const auto found = entry->journal.select(read_filter(request), limit);
  ControlReply reply;
  boost::json::object body;
  boost::json::array& list = body["requests"].emplace_array();
  Universes::with(*entry, [&](Universe& universe) {
    const KeyNames names = key_names_of(universe);
    for (const JournalEntry& one : found) list.push_back(to_json(one, names));
  });
  body["dropped"] = entry->journal.dropped();
  reply.body = std::move(body);
  return reply;
}

boost::json::object invocation_json(const std::vector<const JournalEntry*>& attempts) {
  boost::json::object out;
  const JournalEntry& first = *attempts.front();
  out["invocation"] = first.invocation();
  out["operation"] = first.operation;
  boost::json::array& list = out["attempts"].emplace_array();
  const JournalEntry* previous = nullptr;
  for (const JournalEntry* attempt : attempts) {
    boost::json::array faults;
    for (const std::string& fault : attempt->faults) faults.emplace_back(fault);
    boost::json::object one;
    one["attempt"] = attempt->attempt > 0 ? attempt->attempt : static_cast<int>(list.size()) + 1;
    one["at"] = format_instant(attempt->at);
    if (previous == nullptr)
      one["gapMs"] = nullptr;
    else
      one["gapMs"] = std::chrono::duration<double, std::milli>(attempt->arrived - previous->arrived).count();
    one["status"] = attempt->status;
    one["error"] = attempt->error;
    one["faults"] = std::move(faults);
    list.push_back(std::move(one));
    previous = attempt;
  }
  const JournalEntry& last = *attempts.back();
  out["outcome"] = last.status < 400 ? "success" : last.error.empty() ? "failure" : last.error;
  return out;
}

ControlReply list_invocations(const ControlParts& parts, const ControlRequest& request) {
  const auto entry = universe_for(parts, request, Unknown::refuse);
  std::optional<std::size_t> limit;
  (void)read_limit(request, limit);
  const auto found = entry->journal.select(read_filter(request));
  std::vector<std::vector<const JournalEntry*>> groups;
  std::map<std::string, std::size_t> position;
  for (const JournalEntry& one : found) {
    const auto [where, fresh] = position.try_emplace(
        one.invocation().empty() ? "#" + std::to_string(one.id) : std::string(one.invocation()), groups.size());
    if (fresh) groups.emplace_back();
    groups[where->second].push_back(&one);
  }
  const std::size_t skip = limit && groups.size() > *limit ? groups.size() - *limit : 0;
  ControlReply reply;
  boost::json::object body;
  boost::json::array& list = body["invocations"].emplace_array();
  for (std::size_t i = skip; i < groups.size(); ++i) list.push_back(invocation_json(groups[i]));
  reply.body = std::move(body);
  return reply;
}

ControlReply put_marker(const ControlParts& parts, const ControlRequest& request) {
  const boost::json::object& body = object_body(request, {"name"});
  const auto* name = body.if_contains("name");
  if (name != nullptr && !name->is_string() && !name->is_null()) {
    throw ControlError{400, "Not a string", "'name' is a string; absent or empty ends the marker", "/name"};
  }
  const std::string marker = name != nullptr && name->is_string() ? std::string(name->as_string()) : "";
  const auto entry = universe_for(parts, request, Unknown::make);
  Universes::with(*entry, [&](Universe&) { entry->marker = marker; });
  ControlReply reply;
  reply.body = boost::json::object{{"name", marker}};
  return reply;
}

}  // namespace

void add_journal_routes(Router& router, const ControlParts& parts) {
  router.add({"GET", "/requests",
              "The journal, oldest first; filters operation table status error fault invocation marker since limit.",
              [parts](const ControlRequest& request) { return list_requests(parts, request); }});
  router.add({"DELETE", "/requests", "Empties the journal.", [parts](const ControlRequest& request) {
                universe_for(parts, request, Unknown::refuse)->journal.clear();
                return ControlReply{};
              }});
  router.add({"GET", "/invocations", "Requests grouped by amz-sdk-invocation-id: attempts, gaps, outcome.",
              [parts](const ControlRequest& request) { return list_invocations(parts, request); }});
  router.add({"PUT", "/marker", "Stamps later entries, so that a log can be split by test.",
              [parts](const ControlRequest& request) { return put_marker(parts, request); }});
}

}  // namespace fickle
