// The first part of read_expression_params alone, for operations that look at other members in between (their values come before names and
// values of expressions): mixing with legacy members, names and values without an expression. Pure; throws ApiError.
#pragma once

#include "emulator/api/expression_params.hh"

namespace fickle {

void check_expression_presence(const boost::json::object& body, const ExpressionRules& rules);

}  // namespace fickle
