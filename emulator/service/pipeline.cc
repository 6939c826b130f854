#include "emulator/service/pipeline.hh"

#include <algorithm>
#include <condition_variable>
#include <iostream>
#include <mutex>

#include "emulator/core/invariant.hh"
#include "emulator/core/json_print.hh"
#include "emulator/core/text.hh"
#include "emulator/service/content_encoding.hh"
#include "emulator/service/declared.hh"
#include "emulator/service/exchange.hh"
#include "emulator/service/journal_keys.hh"
#include "emulator/service/operations_port.hh"
#include "emulator/service/plain_answers.hh"
#include "emulator/service/request_id.hh"

namespace fickle {

namespace {

ApiError internal_error() {
  return {"InternalServerError", "Internal server error"};
}

// Merges `members` over the error's body, after everything else.
std::string merged(const std::string& body, const boost::json::object& members) {
  if (members.empty()) return body;
  boost::json::error_code error;
  boost::json::value document = boost::json::parse(body, error);
  if (error || !document.is_object()) return body;
  for (const auto& member : members) document.as_object()[member.key()] = member.value();
  JsonText text;
  text.json(document);
  return text.take();
}

}  // namespace

void Pipeline::mount(std::string prefix, std::function<HttpReply(const HttpRequest&)> handler) {
  mounts_.emplace_back(std::move(prefix), std::move(handler));
}

HttpReply Pipeline::handle(HttpRequest request) {
  for (const auto& [prefix, handler] : mounts_) {
    if (request.path.starts_with(prefix)) return handler(request);
  }
  if (auto plain = plain_answer(request, options_)) {
    add_cors(*plain, request.headers, options_);
    const std::uint64_t nth = plain_answers_.fetch_add(1, std::memory_order_relaxed);
    plain->headers.add("x-amzn-RequestId", request_id(options_.seed, "", nth));
    return std::move(*plain);
  }
  return answer_post(request);
}

HttpReply Pipeline::answer_post(HttpRequest& request) {
  Exchange exchange;
  exchange.request_bytes = request.body.size();
  auto body = decoded_body(request);
  const bool readable = body.has_value();
  exchange.identified = identify(request, std::move(body).value_or(""),
                                 {options_.isolate, options_.auth, options_.region, universes_.system_clock().now()},
                                 &exchange.json_memory);
  if (!readable) exchange.identified.error = internal_error();
  exchange.entry = universes_.open(exchange.call().universe);
  if (exchange.entry == nullptr) {
    exchange.entry = universes_.open("default");
    exchange.identified.error = ApiError("LimitExceededException", "Too many universes: '" + exchange.call().universe +
                                                                       "' would exceed --max-universes " +
                                                                       std::to_string(options_.universes_max));
  }
  exchange.error = exchange.identified.error;
  if (!exchange.error) run(exchange);
  settle(exchange);
  const std::uint64_t nth = exchange.entry->request_count.fetch_add(1, std::memory_order_relaxed);
  if (exchange.plan.raw_before || exchange.plan.raw_after) {
    exchange.reply.headers.add("x-amzn-RequestId", request_id(options_.seed, exchange.call().universe, nth));
  } else {
    exchange.uncompressed =
        compress_answer(exchange.reply, exchange.call().headers.find("accept-encoding").value_or(""));
    add_dynamodb_headers(exchange.reply, request_id(options_.seed, exchange.call().universe, nth),
                         exchange.call().json_1_1);
  }
  if (!exchange.plan.fired.empty()) exchange.reply.headers.add("X-Fickle-Fired", join(exchange.plan.fired, ", "));
  add_cors(exchange.reply, exchange.call().headers, options_);
  record(exchange);
  return std::move(exchange.reply);
}

namespace {

// The touches get to know their tables' keys, when that makes a difference.
void settle_touches(Prepared& prepared, const Universe& universe) {
  if (!prepared.settle) return;
  prepared.settle(prepared.touches, key_names_of(universe));
}

}  // namespace

// Validates, asks the gate, waits, executes.
void Pipeline::run(Exchange& exchange) {
  const Operation& operation = *exchange.identified.operation;
  try {
    exchange.prepared = prepare_operation(operation, exchange.call().body);
    execute(exchange);
  } catch (const ApiError& error) {
    exchange.error = error;
  } catch (const std::exception& bug) {
    exchange.error = internal_error();
    exchange.note = bug.what();
  }
}

// Everything in the gate's plan that comes before the work.
void Pipeline::wait_before(Exchange& exchange) {
  const FaultPlan& plan = exchange.plan;
  wait(plan.delay_before);
  for (const Hold& hold : plan.holds_before) hold.gate->wait(hold.at_most, stop_.get_token());
  if (plan.refuse) {
    exchange.answered = true;
    throw ApiError(plan.refuse->error);
  }
  exchange.answered = plan.raw_before.has_value() || plan.wire_before.has_value();
}

void Pipeline::execute(Exchange& exchange) {
  std::optional<Session> session;
  std::optional<Session::Continuation> continuation;
  const auto work = [&](Universe& universe) {
    exchange.began = true;
    exchange.virtual_now = universe.clock.now();
    session.emplace(universe, exchange.call(), exchange.plan.conditions);
    exchange.answer = exchange.prepared->execute(*session);
    continuation = session->take_continuation();
  };
  try {
    bool planned = false;
    Universes::with(*exchange.entry, [&](Universe& universe) {
      exchange.virtual_now = universe.clock.now();
      exchange.marker = exchange.entry->marker;
      if (gate_.idle(universe.name, exchange.call(), universe.models)) return work(universe);  // the hot path: one lock
      planned = true;
      settle_touches(*exchange.prepared, universe);
      exchange.plan = gate_.plan(exchange.call(), *exchange.prepared, gate_context(universe, exchange.marker));
    });
    if (planned) {
      wait_before(exchange);
      if (exchange.answered) return;
      Universes::with(*exchange.entry, work);
    }
    while (continuation) {
      wait(continuation->real);
      const auto then = std::move(continuation->then);
      Universes::with(*exchange.entry, [&](Universe&) {
        session->resume();
        exchange.answer = then(*session);
        continuation = session->take_continuation();
      });
    }
  } catch (...) {
    if (session) exchange.effects = session->effects();
    throw;
  }
  exchange.effects = session->effects();
  wait(exchange.plan.delay_after);
  for (const Hold& hold : exchange.plan.holds_after) hold.gate->wait(hold.at_most, stop_.get_token());
}

namespace {

// Whether the transport loses a whole answer, or damages one.
bool loses_the_answer(WirePlan::Kind kind) {
  return kind != WirePlan::Kind::intact && kind != WirePlan::Kind::truncate && kind != WirePlan::Kind::drip &&
         kind != WirePlan::Kind::bad_checksum;
}

// An answer is lost after the commit only: work that fails by itself sends its own error.
WirePlan wire_of(const FaultPlan& plan, bool failed_by_itself) {
  if (plan.wire_before) return *plan.wire_before;
  return failed_by_itself && loses_the_answer(plan.wire.kind) ? WirePlan{} : plan.wire;
}

}  // namespace

// Outcome and plan become the reply.
void Pipeline::settle(Exchange& exchange) {
  const FaultPlan& plan = exchange.plan;
  HttpReply& reply = exchange.reply;
  const ForcedError* forced = nullptr;
  if (plan.raw_before || (plan.raw_after && !exchange.error)) {
    const RawAnswer& raw = plan.raw_before ? *plan.raw_before : *plan.raw_after;
    reply.status = raw.status;
    reply.headers = raw.headers;
    reply.body = raw.body;
    return;
  }
  if (exchange.error && exchange.answered && plan.refuse) forced = &*plan.refuse;
  if (!exchange.error && plan.disown) {
    forced = &*plan.disown;
    exchange.disowned = true;
    exchange.error = forced->error;
  }
  if (exchange.error) {
    reply.status = exchange.error->code().status;
    reply.body = exchange.error->body();
  } else if (exchange.answer &&
             !(exchange.identified.operation != nullptr && exchange.identified.operation->empty_reply)) {
    JsonText text;
    exchange.answer(text);
    reply.body = text.take();
    if (options_.check_replies && exchange.identified.operation != nullptr) check_declared(exchange);
  }
  if (forced != nullptr) {
    reply.status = forced->status.value_or(reply.status);
    reply.body = merged(reply.body, forced->members);
    reply.headers.add(forced->headers);
  }
  reply.wire = wire_of(plan, exchange.error.has_value() && !exchange.disowned);
  reply.date_skew = plan.date_skew;
}

void Pipeline::check_declared(Exchange& exchange) {
  const Operation& operation = *exchange.identified.operation;
  const auto offence = undeclared(operation, exchange.reply.body);
  if (!offence) return;
  ++undeclared_;
  std::cerr << "undeclared: " << operation.name << " " << *offence << " in " << exchange.reply.body << "\n";
  exchange.error = ApiError("InternalServerError", std::string(operation.name) + " answers undeclared: " + *offence);
  exchange.reply.status = exchange.error->code().status;
  exchange.reply.body = exchange.error->body();
}

void Pipeline::wait(Duration delay) const {
  if (delay <= Duration{0}) return;
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop_.get_token(), delay, [] { return false; });
}

}  // namespace fickle
