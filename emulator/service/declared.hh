// --check-replies: whether an answer is what its operation declares, for FickleDB's own tests. Pure function, thread-safe.
#pragma once

#include <optional>
#include <string>

#include "emulator/ops/operation.hh"

namespace fickle {

// The first offence with its path; nullopt: the body is as declared.
[[nodiscard]] std::optional<std::string> undeclared(const Operation& operation, const std::string& body);

}  // namespace fickle
