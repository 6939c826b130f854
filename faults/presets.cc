#include "faults/presets.hh"

namespace fickle {
namespace {

constexpr Preset kPresets[] = {
    {"hot-partition",
     "one partition key takes more than its share: a third of its calls is throttled with KeyRangeThroughputExceeded",
     R"({"when":{"operation":["read","write"]},"schedule":{"probability":0.33,"per":"key"},"effect":{"throttle":{"kind":"key-range"}}})"},
    {"throttle-twice", "each call is throttled on its first two attempts and then succeeds",
     R"({"when":{"operation":["read","write"]},"schedule":{"times":2,"per":"invocation"},"effect":{"throttle":{}}})"},
    {"lost-ack", "the first write is done, but its answer never arrives: the client retries what has happened",
     R"({"when":{"operation":"write"},"schedule":{"times":1},"effect":{"connection":"reset"},"at":"afterCommit"})"},
    {"flaky-500", "one call in ten fails with InternalServerError before anything is done",
     R"({"schedule":{"probability":0.1},"effect":{"error":{"code":"InternalServerError"}}})"},
    {"maybe-done-500", "one write in ten is done and answered with InternalServerError all the same",
     R"({"when":{"operation":"write"},"schedule":{"probability":0.1},"effect":{"error":{"code":"InternalServerError"}},"at":"afterCommit"})"},
    {"brownout", "for 3 seconds of every 10 the service is unavailable",
     R"({"schedule":{"flap":{"period":"10s","active":"3s"}},"effect":{"error":{"code":"ServiceUnavailable"}}})"},
    {"partial-batch", "every other batch, beginning with the first, comes back half unprocessed",
     R"({"when":{"operation":["BatchGetItem","BatchWriteItem"]},"schedule":{"sequence":["fail","pass"],"then":"repeat"},"effect":{"partialBatch":{"unprocessed":0.5}}})"},
    {"transaction-conflict", "the first attempt of each transaction meets another one on the same items",
     R"({"when":{"operation":"transaction"},"schedule":{"times":1,"per":"invocation"},"effect":{"transactionConflict":{}}})"},
    {"stale-read", "eventually consistent reads see the version before the last write",
     R"({"when":{"operation":"read","consistentRead":false},"effect":{"staleRead":{"versions":1}}})"},
    {"slow-tail", "one answer in twenty takes half a second to two seconds",
     R"({"schedule":{"probability":0.05},"effect":{"latency":{"uniform":["500ms","2s"]}}})"},
    {"lost-update", "somebody else changes the item just before each conditional write",
     R"({"when":{"operation":["PutItem","UpdateItem","DeleteItem"],"conditional":true},"effect":{"contend":{"touch":"version"}}})"},
    {"rate-limit", "more than 25 calls a second are throttled",
     R"({"when":{"operation":["read","write"]},"schedule":{"rate":{"count":25,"window":"1s"}},"effect":{"throttle":{"kind":"on-demand"}}})"},
    {"bad-network", "one connection in twenty breaks in the middle of the answer",
     R"({"schedule":{"probability":0.05},"effect":{"connection":{"truncate":20}}})"},
    {"wrong-clock", "the service's clock is an hour ahead of the client's", R"({"effect":{"clockSkew":"1h"}})"},
    {"short-pages", "every page holds at most one item",
     R"({"when":{"operation":"query"},"effect":{"shortPage":{"maxItems":1}}})"},
    {"expired-credentials", "the security token has expired",
     R"({"effect":{"error":{"code":"ExpiredTokenException"}}})"},
};

}  // namespace

std::span<const Preset> presets() {
  return kPresets;
}

const Preset* find_preset(std::string_view name) {
  for (const Preset& preset : kPresets) {
    if (preset.name == name) return &preset;
  }
  return nullptr;
}

boost::json::object preset_rule(const Preset& preset) {
  return boost::json::parse(preset.rule).as_object();
}

}  // namespace fickle
