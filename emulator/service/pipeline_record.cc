// What stays of a request: the journal's entry, metrics, events, and the gate's report of what its faults did.
#include <memory>
#include <utility>

#include "emulator/core/json_print.hh"
#include "emulator/service/exchange.hh"
#include "emulator/service/journal_keys.hh"

namespace fickle {

void Pipeline::record(Exchange& exchange) {
  const Call& call = exchange.call();
  const std::string error = exchange.error ? std::string(exchange.error->code().name) : std::string();
  const FaultPlan& plan = exchange.plan;
  if (!plan.fired.empty() || exchange.virtual_now == Instant{}) {
    Universes::with(*exchange.entry, [&](Universe& universe) {
      if (exchange.virtual_now == Instant{}) {  // refused before its universe was entered
        exchange.virtual_now = universe.clock.now();
        exchange.marker = exchange.entry->marker;
      }
      if (plan.fired.empty()) return;
      const bool failed_by_itself = exchange.began && exchange.error && !(plan.disown && exchange.disowned);
      exchange.ineffective = gate_.report({&plan, exchange.effects, exchange.reply.status, error, failed_by_itself,
                                           &call, exchange.prepared ? &*exchange.prepared : nullptr},
                                          gate_context(universe, exchange.marker));
    });
    for (const std::string& rule : plan.fired) metrics_.count_fired(call.universe, rule);
  }
  auto made = std::make_unique<JournalEntry>();
  JournalEntry& entry = *made;
  entry.at = exchange.virtual_now;
  entry.arrived = call.received;
  entry.universe = call.universe;
  entry.marker = exchange.marker;
  entry.operation = call.operation;
  if (exchange.prepared) {
    entry.touches = std::move(exchange.prepared->touches);
    entry.groups = exchange.prepared->groups;
    entry.consistent_read = exchange.prepared->consistent_read;
  }
  entry.status = exchange.reply.status;
  entry.error = error;
  entry.faults = exchange.plan.fired;
  entry.effective = exchange.ineffective.empty();
  entry.applied = exchange.effects.applied;
  entry.attempt = call.attempt;
  entry.attempts_max = call.attempts_max;
  entry.request_bytes = exchange.request_bytes;
  entry.response_bytes = exchange.reply.body.size();
  entry.note = exchange.note;
  if (exchange.reply.status >= 400 || exchange.entry->journal.keeps_bodies()) {
    entry.request_body = call.body_text;
    entry.response_body = exchange.uncompressed.value_or(exchange.reply.body);
  }
  entry.latency = std::chrono::steady_clock::now() - exchange.started;
  // The call has served: its texts move into the entry.
  Call& spent = exchange.identified.call;
  entry.access_key = std::move(spent.access_key);
  entry.headers = std::move(spent.headers);
  redact(entry.headers);
  metrics_.count_request(call.universe, call.operation, exchange.reply.status, error, entry.latency);
  if (events_.watched()) {
    for (const std::string& rule : exchange.plan.fired) {
      JsonText text;
      text.begin_object().member("rule", rule).member("operation", call.operation).end_object();
      events_.publish({"fault", entry.universe, text.take()});
    }
    std::string line;
    Universes::with(*exchange.entry,
                    [&](Universe& universe) { line = json_text(to_json(entry, key_names_of(universe))); });
    events_.publish({"request", entry.universe, std::move(line)});
  }
  exchange.entry->journal.add(std::move(made));
}

}  // namespace fickle
