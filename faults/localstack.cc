#include "faults/localstack.hh"

#include "emulator/api/error.hh"
#include "emulator/core/timetext.hh"

namespace fickle {
namespace {

constexpr int kDefaultStatus = 503;
constexpr std::string_view kDefaultCode = "ServiceUnavailable";
constexpr std::int64_t kLatencyMaxMs = 24LL * 60 * 60 * 1000;
constexpr std::string_view kCredentialHeader = "authorization";  // its credential scope names the region

json::object throttling_rule(std::string_view name, json::array operations, double probability) {
  return {{"name", name},
          {"when", json::object{{"operation", std::move(operations)}}},
          {"schedule", json::object{{"probability", probability}}},
          {"effect", json::object{{"throttle", json::object{}}}}};
}

const json::object* member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr ? value->if_object() : nullptr;
}

}  // namespace

json::array error_probability_rules(const Options& options) {
  json::array rules;
  if (options.error_probability > 0) {
    rules.push_back(throttling_rule("error-probability", {"read", "write"}, options.error_probability));
  }
  if (options.read_error_probability > 0) {
    rules.push_back(throttling_rule("read-error-probability", {"read"}, options.read_error_probability));
  }
  if (options.write_error_probability > 0) {
    rules.push_back(throttling_rule("write-error-probability", {"write"}, options.write_error_probability));
  }
  return rules;
}

std::optional<json::object> rule_of_chaos(const Node& entry, const std::string& name, const PreparePort& operations) {
  Document document(entry, "a fault");
  const auto service = document.take("service");
  const auto region = document.take("region");
  const auto operation = document.take("operation");
  const auto probability = document.take("probability");
  const auto error = document.take("error");
  document.finish();

  json::object when;
  if (operation) when["operation"] = operation->text();
  if (region) when["header"] = json::object{{kCredentialHeader, "*/" + region->text() + "/*"}};
  json::object rule{{"name", name}, {"when", std::move(when)}};
  if (probability) rule["schedule"] = json::object{{"probability", probability->number(0, 1)}};
  json::object effect{{"code", kDefaultCode}, {"status", kDefaultStatus}};
  if (error) {
    Document members(*error, "error");
    if (const auto code = members.take("code")) effect["code"] = code->text();
    if (const auto status = members.take("statusCode")) effect["status"] = status->integer(400, 599);
    members.finish();
  }
  rule["effect"] = json::object{{"error", std::move(effect)}};
  rule["force"] = true;

  const bool ours = !service || service->text() == "dynamodb" || service->text() == "dynamodbstreams";
  const bool known = !operation || operations.find(operation->text()) != nullptr;
  if (!ours || (!service && !known)) return std::nullopt;
  if (!known) operation->fail("there is no operation named " + operation->text());
  return rule;
}

json::object chaos_of_rule(const json::object& rule) {
  json::object entry{{"service", "dynamodb"}};
  if (const json::object* when = member(rule, "when")) {
    if (const json::value* operation = when->if_contains("operation")) entry["operation"] = *operation;
    if (const json::object* header = member(*when, "header")) {
      const std::string_view glob = header->at(kCredentialHeader).get_string();  // "*/region/*"
      entry["region"] = glob.substr(2, glob.size() - 4);
    }
  }
  if (const json::object* schedule = member(rule, "schedule")) entry["probability"] = schedule->at("probability");
  const json::object& error = rule.at("effect").at("error").get_object();
  entry["error"] = json::object{{"statusCode", error.at("status")}, {"code", error.at("code")}};
  return entry;
}

std::optional<json::object> rule_of_effects(const Node& effects, const std::string& name) {
  Document document(effects, "network effects");
  const auto latency = document.take("latency");
  document.finish();
  const std::int64_t milliseconds = latency ? latency->integer(0, kLatencyMaxMs) : 0;
  if (milliseconds == 0) return std::nullopt;
  return json::object{{"name", name}, {"effect", json::object{{"latency", std::to_string(milliseconds) + "ms"}}}};
}

json::object effects_of_rule(const std::optional<json::object>& rule) {
  const json::object* effect = rule ? member(*rule, "effect") : nullptr;
  const json::value* latency = effect != nullptr ? effect->if_contains("latency") : nullptr;
  const bool is_text = latency != nullptr && latency->is_string();  // not so when somebody replaced the rule
  const auto wait = is_text ? parse_duration(latency->get_string()) : std::nullopt;
  return {{"latency", std::chrono::duration_cast<std::chrono::milliseconds>(wait.value_or(Duration{0})).count()}};
}

}  // namespace fickle
