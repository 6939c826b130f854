// Who may make control calls: the token, the Origin and the Host (against CSRF and DNS rebinding; control API, "Safety of control calls"). Pure.
#pragma once

#include <optional>

#include "emulator/options.hh"
#include "emulator/service/http_message.hh"

namespace fickle {

// The refusal, or nullopt when the call may pass. `open`: a call that needs no token (GET /health).
[[nodiscard]] std::optional<HttpReply> refuse_control(const HttpRequest& request, const Options& options, bool open);

}  // namespace fickle
