// GET /events (server-sent events) and GET /metrics (Prometheus).
#include "emulator/admin/routes.hh"

namespace fickle {

namespace {

constexpr Duration kHeartbeat = std::chrono::seconds(15);

ControlReply watch(const ControlParts& parts, const ControlRequest& request) {
  ControlReply reply;
  reply.content_type = "text/event-stream";
  const bool all = request.query("universe") == "*";
  reply.stream = [&events = parts.events, wanted = all ? std::string() : request.universe](const ChunkWriter& write) {
    const auto subscription = events.subscribe();
    bool open = write(": fickledb\n\n");
    while (open && !subscription->ended()) {
      const auto event = subscription->next(kHeartbeat);
      if (!event) {
        open = subscription->ended() ? false : write(": still here\n\n");
        continue;
      }
      if (!wanted.empty() && event->universe != wanted) continue;
      open = write("event: " + event->kind + "\ndata: " + event->data + "\n\n");
    }
    events.unsubscribe(subscription);
  };
  return reply;
}

}  // namespace

void add_event_routes(Router& router, const ControlParts& parts) {
  router.add({"GET", "/events", "Server-sent events: requests, firings, clock, resets (?universe=* for all).",
              [parts](const ControlRequest& request) { return watch(parts, request); }});
  router.add({"GET", "/metrics", "Counters in Prometheus' text format.", [parts](const ControlRequest&) {
                ControlReply reply;
                reply.content_type = "text/plain; version=0.0.4; charset=utf-8";
                reply.text = parts.metrics.text();
                return reply;
              }});
}

}  // namespace fickle
