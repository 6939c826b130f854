#include "emulator/http/wire_plan.hh"

#include <algorithm>
#include <chrono>

#include "emulator/core/text.hh"

namespace fickle {
namespace {

using namespace std::chrono_literals;

// Neither HTTP nor TLS, the same every time.
constexpr std::string_view kGarbage{"\x7f\x00\xff\xfe fickle: no protocol you know \x00\x80\r\n\r\n", 38};

// Steady pace: what is due by now is sent, so that a late wake-up is made good.
Delivery drip(Stream& stream, std::string_view head, std::string_view body, std::uint64_t bytes_per_second,
              const std::stop_token& stop) {
  if (!stream.send(head)) return Delivery::over;
  const auto pace = static_cast<double>(std::max<std::uint64_t>(bytes_per_second, 1));
  const Duration tick = std::clamp<Duration>(std::chrono::duration_cast<Duration>(1.0s / pace), 1ms, 50ms);
  const auto begin = std::chrono::steady_clock::now();
  std::size_t sent = 0;
  while (sent < body.size()) {
    if (!stream.sleep(tick) || stop.stop_requested()) return Delivery::over;
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
    const double due = std::min(elapsed.count() * pace, static_cast<double>(body.size()));
    const std::size_t count = static_cast<std::size_t>(due) - sent;
    if (!stream.send(body.substr(sent, count))) return Delivery::over;
    sent += count;
  }
  return Delivery::intact;
}

}  // namespace

Delivery deliver(Stream& stream, const WirePlan& plan, std::string head, std::string_view body,
                 const std::stop_token& stop, RefusalWindow& refusals) {
  switch (plan.kind) {
    case WirePlan::Kind::intact:
    case WirePlan::Kind::bad_checksum: return stream.send(std::move(head), body) ? Delivery::intact : Delivery::over;
    case WirePlan::Kind::reset: stream.arm_reset(); return Delivery::over;
    case WirePlan::Kind::close: return Delivery::over;
    case WirePlan::Kind::hang: stream.wait_for_end(plan.duration); return Delivery::over;
    case WirePlan::Kind::refuse:
      refusals.open_for(plan.duration);
      stream.arm_reset();
      return Delivery::over;
    case WirePlan::Kind::truncate:
      (void)stream.send(std::move(head),
                        body.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(plan.amount, body.size()))));
      return Delivery::over;
    case WirePlan::Kind::drip: return drip(stream, head, body, plan.amount, stop);
    case WirePlan::Kind::garbage: (void)stream.send(kGarbage); return Delivery::over;
  }
  return Delivery::over;
}

void spoil_checksum(HttpReply& reply) {
  const auto right = parse_integer(reply.headers.find("x-amz-crc32").value_or("0")).value_or(0);
  reply.headers.set("x-amz-crc32", std::to_string(static_cast<std::uint32_t>(right) ^ 1u));
}

}  // namespace fickle
