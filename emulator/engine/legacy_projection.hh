// AttributesToGet as a projection. Pure.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>

#include "emulator/expr/ast.hh"

namespace fickle {

// Each name one path element, dots literal; nullopt when the member is not there. Throws ApiError when a name is there twice.
[[nodiscard]] std::optional<expr::Projection> legacy_projection(const boost::json::object& body);

}  // namespace fickle
