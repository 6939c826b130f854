// One line for people about a fault that fired: which rule, on what, and what the client was told. Pure.
#pragma once

#include <string>
#include <string_view>

#include "emulator/service/gate.hh"

namespace fickle {

// "fault lost-ack: PutItem widgets pk=user#42, attempt 1 -> done, but the connection was reset"
[[nodiscard]] std::string fired_line(std::string_view rule, const GateReport& report, const GateContext& context,
                                     bool effective);

}  // namespace fickle
