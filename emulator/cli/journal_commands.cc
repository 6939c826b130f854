// requests, invocations, verify and marker: what the client did.
#include <array>
#include <cstdio>
#include <ostream>

#include "emulator/cli/command_list.hh"
#include "emulator/cli/failure.hh"
#include "emulator/cli/http_client.hh"
#include "emulator/cli/json_view.hh"
#include "emulator/cli/text_table.hh"
#include "emulator/core/json_print.hh"

namespace fickle::cli {
namespace {

constexpr std::size_t kInvocationWidth = 13;

// "2026-01-01T12:00:00.123Z" -> 12:00:00.123
std::string time_of_day(const std::string& instant) {
  const std::size_t begin = instant.find('T');
  if (begin == std::string::npos || !instant.ends_with('Z')) return instant;
  return instant.substr(begin + 1, instant.size() - begin - 2);
}

std::string milliseconds(const json::object& owner, std::string_view member) {
  const json::value* value = owner.if_contains(member);
  json::error_code error;
  if (value == nullptr || !value->is_number()) return "";
  const double number = value->to_number<double>(error);
  std::array<char, 32> text{};
  (void)std::snprintf(text.data(), text.size(), number < 10 ? "%.1f" : "%.0f", number);
  return text.data();
}

constexpr Flag kFilters[] = {
    {"operation", "NAME", "only this operation (globs)"},
    {"table", "NAME", "only this table (globs)"},
    {"status", "CODE", "only this HTTP status"},
    {"error", "NAME", "only this error, e.g. ConditionalCheckFailedException"},
    {"fault", "RULE", "only requests that this rule touched"},
    {"invocation", "ID", "only this call of the SDK"},
    {"marker", "NAME", "only after fickledb marker NAME"},
    {"since", "ID|TIME", "only entries after this id, or from this instant on"},
    {"limit", "N", "only the newest N"},
};

std::string query_of(const Session& session) {
  std::string query;
  for (const Flag& filter : kFilters) {
    if (const auto value = session.arguments.get(filter.name))
      query += (query.empty() ? "?" : "&") + std::string(filter.name) + "=" + percent_encoded(*value);
  }
  return query;
}

int requests(const Session& session) {
  session.expect_words(0, 0);
  if (session.arguments.has("clear")) {
    const Reply reply = session.control.ask("DELETE", "/requests");
    if (!session.print_json(reply)) session.out << "the journal is empty\n";
    return 0;
  }
  const Reply reply = session.control.ask("GET", "/requests" + query_of(session));
  if (session.print_json(reply)) return 0;
  TextTable table({{"ID", Align::right},
                   {"AT"},
                   {"OPERATION"},
                   {"TABLES"},
                   {"KEYS"},
                   {"STATUS", Align::right},
                   {"ERROR"},
                   {"FAULTS"},
                   {"TRY", Align::right},
                   {"MS", Align::right},
                   {"MARKER"}});
  for (const json::value& entry : list_in(reply.body, "requests")) {
    const json::object& one = object_in(entry);
    const std::string faults = shown(one, "faults");
    const std::string attempt = shown(one, "attempt");
    table.add({shown(one, "id"), time_of_day(shown(one, "at")), shown(one, "operation"),
               shortened(shown(one, "tables"), 40), shortened(shown(one, "keys"), 40), shown(one, "status"),
               shown(one, "error"),
               faults + (!faults.empty() && shown(one, "effective") == "false" ? " (no effect)" : ""),
               attempt == "0" ? "" : attempt, milliseconds(one, "latencyMs"), shown(one, "marker")});
  }
  session.out << (table.empty() ? "no requests\n" : table.text());
  if (const long long dropped = number_in(object_in(reply.body), "dropped"); dropped > 0)
    session.out << dropped << " older ones were dropped (see --journal of the server)\n";
  return 0;
}

int invocations(const Session& session) {
  session.expect_words(0, 0);
  const Reply reply = session.control.ask("GET", "/invocations" + query_of(session));
  if (session.print_json(reply)) return 0;
  TextTable table(
      {{"INVOCATION"}, {"OPERATION"}, {"TRIES", Align::right}, {"GAPS (MS)"}, {"ANSWERS"}, {"FAULTS"}, {"OUTCOME"}});
  for (const json::value& entry : list_in(reply.body, "invocations")) {
    const json::object& one = object_in(entry);
    std::string gaps, answers, faults;
    const json::array& attempts = list_in(entry, "attempts");
    for (const json::value& element : attempts) {
      const json::object& attempt = object_in(element);
      const std::string gap = milliseconds(attempt, "gapMs");
      const std::string fault = shown(attempt, "faults");
      if (!gap.empty()) gaps += (gaps.empty() ? "" : " ") + gap;
      answers += (answers.empty() ? "" : " ") + shown(attempt, "status");
      if (!fault.empty()) faults += (faults.empty() ? "" : " ") + fault;
    }
    table.add({shortened(shown(one, "invocation"), kInvocationWidth), shown(one, "operation"),
               std::to_string(attempts.size()), shortened(gaps, 40), shortened(answers, 40), shortened(faults, 40),
               shown(one, "outcome")});
  }
  session.out << (table.empty() ? "no invocations\n" : table.text());
  return 0;
}

// The nearest misses that the server names, one to a line, when the expectation did not hold.
void print_misses(const Session& session, const Reply& reply) {
  for (const json::value& entry : list_in(reply.body, "nearest")) {
    const json::object& miss = object_in(entry);
    std::string why;
    for (const json::value& reason : list_in(entry, "misses")) why += (why.empty() ? "" : ", ") + shown(reason);
    session.out << "near miss: request " << shown(miss, "id") << " " << shown(miss, "operation") << " "
                << shown(miss, "tables") << ": " << why << "\n";
  }
}

int verify(const Session& session) {
  session.expect_words(1, 1);
  const std::string& word = session.arguments.words.front();
  const Reply reply = session.control.call("POST", "/requests/verify", word.starts_with('{') ? word : read_input(word));
  const bool printed = session.print_json(reply);
  if (!reply.ok()) {
    if (!printed) print_misses(session, reply);
    throw Failure{reply.problem()};
  }
  if (!printed) session.out << "as expected: " << shown(object_in(reply.body), "count") << " requests\n";
  return 0;
}

int marker(const Session& session) {
  session.expect_words(0, 1);
  const std::string name = session.arguments.words.empty() ? "" : session.arguments.words.front();
  const Reply reply = session.control.ask("PUT", "/marker", json_text(json::object{{"name", name}}));
  if (session.print_json(reply)) return 0;
  session.out << (name.empty() ? "later requests carry no marker" : "later requests are marked " + name) << "\n";
  return 0;
}

constexpr Flag kRequestFlags[] = {
    kFilters[0], kFilters[1], kFilters[2], kFilters[3], kFilters[4],
    kFilters[5], kFilters[6], kFilters[7], kFilters[8], {"clear", "", "empty the journal"}};

}  // namespace

constinit const Command requests_command{.name = "requests",
                                         .summary = "the journal: every DynamoDB request, oldest first",
                                         .usage = "requests [filters]\nrequests --clear",
                                         .details =
                                             "Try:\n"
                                             "  fickledb requests --table orders --limit 20\n"
                                             "  fickledb requests --error ProvisionedThroughputExceededException",
                                         .flags = kRequestFlags,
                                         .run = requests};
constinit const Command invocations_command{
    .name = "invocations",
    .summary = "requests grouped by the call of the SDK: attempts, gaps between them, outcome",
    .usage = "invocations [filters]",
    .details = "Shows the time that an SDK's retries hide.",
    .flags = kFilters,
    .run = invocations};
constinit const Command verify_command{
    .name = "verify",
    .summary = "whether the journal holds the requests that were expected",
    .usage = "verify FILE",
    .details =
        "FILE may be the expectation itself:\n"
        "  fickledb verify '{\"when\":{\"operation\":\"PutItem\"},\"count\":{\"exactly\":2}}'",
    .flags = {},
    .run = verify};
constinit const Command marker_command{.name = "marker",
                                       .summary = "stamps later requests, so that a log can be split by test",
                                       .usage = "marker NAME\nmarker               ends it",
                                       .details = "",
                                       .flags = {},
                                       .run = marker};

}  // namespace fickle::cli
