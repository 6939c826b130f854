// What tests produced: every reply is checked against its operation's declared fields, and operations, error codes and reply fields seen are
// remembered, so that a last test can list what no test ever produced. Thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emulator/service/http_message.hh"

namespace fickle::test {

// Throws std::runtime_error when the reply has a member that the operation does not declare.
void note_reply(std::string_view operation, const HttpReply& reply);

// "operation X", "error Y" and "field X.a.b" that no note_reply of this process has seen, in that order.
[[nodiscard]] std::vector<std::string> never_produced();

}  // namespace fickle::test
