// Idempotency tokens of transactions (behaviour reference 8.5): the same token and content within ten minutes is answered without effects.
// The records live in the universe; under its mutex.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/engine/session.hh"

namespace fickle {

// A digest of a request's content that does not depend on the order of members.
[[nodiscard]] std::string fingerprint_of(const boost::json::value& content);

// `name` is the token within its own name space. nullopt: it is new (or empty: there is none) and the call is to run; else what finish_token
// kept. Throws TransactionInProgressException and IdempotentParameterMismatchException.
[[nodiscard]] std::optional<std::string> replayed_answer(Session& session, const std::string& name,
                                                         const std::string& fingerprint);
// The call runs on without the mutex (transactions.hold).
void hold_token(Session& session, const std::string& name, const std::string& fingerprint);
// It is done: `answer` is kept for replays.
void finish_token(Session& session, const std::string& name, const std::string& fingerprint, std::string answer);
// It was cancelled: the token may be used again.
void drop_token(Session& session, const std::string& name);

}  // namespace fickle
