// What tests produced: every reply is checked against its operation's declared fields, and operations, error codes and reply fields seen are
// appended to the file that FICKLE_COVERAGE names, so that a last test can list what no test ever produced.
#pragma once

#include <string_view>

#include "emulator/service/http_message.hh"

namespace fickle::test {

// Throws std::runtime_error when the reply has a member that the operation does not declare.
void note_reply(std::string_view operation, const HttpReply& reply);

}  // namespace fickle::test
