// Headers that rules add to answers: name and value checked, so that no rule can break the framing of HTTP. Pure.
#pragma once

#include <vector>

#include "emulator/service/http_message.hh"
#include "faults/node.hh"

namespace fickle {

// An object from header name to text (or number). Throws ControlError.
[[nodiscard]] HeaderList parse_headers(const Node& node);

}  // namespace fickle
