// What the tests of the wire vocabulary share: bodies as JSON text, and the error a call ends in, as its body.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "emulator/api/error.hh"
#include "emulator/core/json_parse.hh"

namespace fickle::test {

inline boost::json::object body_of(std::string_view text) {
  return parse_json(text).value().as_object();
}

// The message of the ApiError that `call` ends in; "no error" when it returns.
template <class Call>
std::string message_of(Call call) {
  try {
    call();
  } catch (const ApiError& error) {
    return error.message();
  }
  return "no error";
}

template <class Call>
std::string error_body_of(Call call) {
  try {
    call();
  } catch (const ApiError& error) {
    return error.body();
  }
  return "no error";
}

}  // namespace fickle::test
