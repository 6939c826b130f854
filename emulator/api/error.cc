#include "emulator/api/error.hh"

#include <algorithm>
#include <utility>

#include "emulator/core/invariant.hh"
#include "emulator/core/text.hh"

namespace fickle {
namespace {

const ErrorCode& known(std::string_view name) {
  const auto* code = find_error_code(name);
  invariant(code != nullptr, "an ApiError was raised with a code that is not in the table");
  return *code;
}

}  // namespace

const ErrorCode* find_error_code(std::string_view name) {
  const auto codes = error_codes();
  const auto found =
      std::lower_bound(codes.begin(), codes.end(), name,
                       [](const ErrorCode& code, std::string_view wanted) { return code.name < wanted; });
  return found != codes.end() && found->name == name ? &*found : nullptr;
}

ApiError::ApiError(const ErrorCode& code, std::string message, std::string extra)
    : code_(code), message_(message.empty() ? std::string(code.text) : std::move(message)), extra_(std::move(extra)) {}

ApiError::ApiError(std::string_view code, std::string message, std::string extra)
    : ApiError(known(code), std::move(message), std::move(extra)) {}

std::string ApiError::body() const {
  std::string out = R"({"__type":)";
  append_json_string(out, std::string(code_.prefix).append("#").append(code_.name));
  if (!extra_.empty()) out.append(",").append(extra_);
  if (code_.message != ErrorCode::Message::none && !message_.empty()) {
    out += code_.message == ErrorCode::Message::capital ? R"(,"Message":)" : R"(,"message":)";
    append_json_string(out, message_);
  }
  out += '}';
  return out;
}

void throw_validation(std::string message) {
  throw ApiError("ValidationException", std::move(message));
}

void throw_parameter_invalid(std::string_view message) {
  throw_validation(std::string("One or more parameter values were invalid: ").append(message));
}

void throw_resource_not_found() {
  throw ApiError("ResourceNotFoundException", "Requested resource not found");
}

void throw_table_not_found(std::string_view table) {
  throw ApiError("ResourceNotFoundException",
                 std::string("Requested resource not found: Table: ").append(table).append(" not found"));
}

}  // namespace fickle
