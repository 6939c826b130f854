// The pipeline: bytes to reply for every request - DynamoDB's operations, health, CORS, and the control API it hands on. One direction, no way
// back (ARCHITECTURE.md, "Life of a request"). Thread-safe: handle() runs on many threads; per-universe work happens under that
// universe's mutex, waits and printing outside it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "emulator/ops/operation.hh"
#include "emulator/options.hh"
#include "emulator/service/events.hh"
#include "emulator/service/gate.hh"
#include "emulator/service/http_message.hh"
#include "emulator/service/identify.hh"
#include "emulator/service/metrics.hh"
#include "emulator/service/universes.hh"

namespace fickle {

// A gate that lets everything pass: the emulator without faults/.
class OpenGate final : public Gate {
 public:
  [[nodiscard]] bool idle(std::string_view, const Call&, const Models&) const override { return true; }
  [[nodiscard]] FaultPlan plan(const Call&, const Prepared&, const GateContext&) override { return {}; }
  [[nodiscard]] Duration clock_skew(const Call&, const GateContext&) override { return Duration{0}; }
  [[nodiscard]] std::vector<std::string> report(const GateReport&, const GateContext&) override { return {}; }
  void universe_created(const std::string&, const std::string&, Instant, Models&) override {}
  void universe_reset(const std::string&, bool, Instant, Models&) override {}
  void universe_dropped(const std::string&) override {}
};

class Pipeline final : public RequestHandler {
 public:
  Pipeline(const Options& options, Universes& universes, Gate& gate, Events& events, Metrics& metrics)
      : options_(options), universes_(universes), gate_(gate), events_(events), metrics_(metrics) {}

  // Requests whose path starts with `prefix` go to `handler` (the control API, the dashboard). Before the server starts.
  void mount(std::string prefix, std::function<HttpReply(const HttpRequest&)> handler);

  [[nodiscard]] HttpReply handle(HttpRequest request) override;

  // Wakes everything that waits (latency, hold, pauses); further waits return at once.
  void stop() { stop_.request_stop(); }
  [[nodiscard]] std::stop_token stop_token() const { return stop_.get_token(); }

  // Answers so far that --check-replies found undeclared.
  [[nodiscard]] std::uint64_t undeclared_replies() const { return undeclared_; }

 private:
  struct Exchange;
  [[nodiscard]] HttpReply answer_post(HttpRequest& request);
  void run(Exchange& exchange);
  void execute(Exchange& exchange);
  void wait_before(Exchange& exchange);
  void settle(Exchange& exchange);
  void check_declared(Exchange& exchange);
  void record(Exchange& exchange);
  void wait(Duration delay) const;

  const Options& options_;
  Universes& universes_;
  Gate& gate_;
  Events& events_;
  Metrics& metrics_;
  std::stop_source stop_;
  std::atomic<std::uint64_t> undeclared_{0};
  std::atomic<std::uint64_t> plain_answers_{0};  // they have request ids too
  std::vector<std::pair<std::string, std::function<HttpReply(const HttpRequest&)>>> mounts_;
};

}  // namespace fickle
