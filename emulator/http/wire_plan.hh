// Carries a wire plan out: sends a finished answer, or damages it on its way.
// Thread-safety: as Stream; many connections share one RefusalWindow.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "emulator/http/refusal_window.hh"
#include "emulator/http/stream.hh"
#include "emulator/service/http_message.hh"

namespace fickle {

enum class Delivery { intact, over };  // over: the connection is to be closed as it is

// `head` and `body`: the bytes of the true answer.
[[nodiscard]] Delivery deliver(Stream& stream, const WirePlan& plan, std::string head, std::string_view body,
                               const std::stop_token& stop, RefusalWindow& refusals);

// Makes x-amz-crc32 wrong (and adds one when there is none): still a number, so that only a client that computes it notices.
void spoil_checksum(HttpReply& reply);

}  // namespace fickle
