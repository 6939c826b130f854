// /faults/verify and /requests/verify: the verdicts at the end of a test.
#include "emulator/core/json_print.hh"
#include "emulator/core/text.hh"
#include "faults/routes.hh"
#include "faults/verify.hh"

namespace fickle {
namespace {

constexpr int kUnprocessable = 422;

// A verdict that went against the test, as a problem with what was found beside the usual members.
ControlReply against(std::string title, std::string detail, json::object members) {
  members["title"] = std::move(title);
  members["status"] = kUnprocessable;
  members["detail"] = std::move(detail);
  members["pointer"] = "";
  return {kUnprocessable, {}, "application/problem+json", json_text(members) + "\n", {}};
}

ControlReply verify_faults(const FaultRoutes& parts, const ControlRequest& request) {
  Document document({request.body, ""}, "verify");
  document.finish();
  std::vector<std::string> unfired;
  std::size_t count = 0;
  parts.with_rules(request.universe, false, [&](RuleSet& rules, Instant) {
    unfired = rules.unfired();
    count = rules.show().size();
  });
  if (unfired.empty()) return {200, json::object{{"verified", true}, {"count", count}}, "", "", {}};
  json::array names;
  for (const std::string& name : unfired) names.emplace_back(name);
  return against("Not every fault fired", "never fired with effect: " + join(unfired, ", "),
                 {{"verified", false}, {"unfired", std::move(names)}});
}

ControlReply verify_requests(const FaultRoutes& parts, const ControlRequest& request) {
  const Expectation expectation = parse_expectation({request.body, ""}, parts.operations);
  parts.with_models(request.universe, true, [](Models&, Dice&) {});
  const auto entries = parts.models.journal(request.universe);
  Verdict verdict = verify(expectation, entries.value_or(std::vector<JournalEntry>{}));
  if (verdict.verified) return {200, std::move(verdict.body), "", "", {}};
  std::string detail(verdict.body.at("detail").get_string());
  return against("The requests are not as expected", std::move(detail), std::move(verdict.body));
}

}  // namespace

std::vector<Route> verify_routes(const FaultRoutes& parts) {
  return {
      {"POST", "/faults/verify", "422 names every rule, not parked, that never fired with effect.",
       [parts](const ControlRequest& request) { return verify_faults(parts, request); }},
      {"POST", "/requests/verify", "Whether the journal holds the requests expected; 422 shows the nearest misses.",
       [parts](const ControlRequest& request) { return verify_requests(parts, request); }},
  };
}

}  // namespace fickle
