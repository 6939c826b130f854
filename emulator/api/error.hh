// DynamoDB's errors on the wire: code, prefix, status and where the text goes (behaviour reference 1.4). ApiError ends a request and is
// caught in one place, the pipeline. Immutable after construction.
#pragma once

#include <exception>
#include <span>
#include <string>
#include <string_view>

namespace fickle {

struct ErrorCode {
  std::string_view name;    // "ValidationException"
  std::string_view prefix;  // "com.amazon.coral.validate"
  int status = 400;
  enum class Message { lower, capital, none } message = Message::lower;  // the member that carries the text
  std::string_view text = "";                                            // what the service says when nobody says more
};

// Every code the service knows, in name order.
[[nodiscard]] std::span<const ErrorCode> error_codes();
[[nodiscard]] const ErrorCode* find_error_code(std::string_view name);  // nullptr when unknown

class ApiError : public std::exception {
 public:
  // `extra` is JSON text of further members without the outer braces (`"Item":{...}`), or empty. An empty message stands for the code's
  // own text; when that is empty too, the body has no message member.
  ApiError(const ErrorCode& code, std::string message, std::string extra = {});
  // By name; the name must be known.
  ApiError(std::string_view code, std::string message, std::string extra = {});

  [[nodiscard]] const ErrorCode& code() const { return code_; }
  [[nodiscard]] const std::string& message() const { return message_; }
  [[nodiscard]] const std::string& extra() const { return extra_; }
  [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }
  // {"__type":"prefix#Code",extra,"message":"..."}: the type first, further members, then the text, as DynamoDB orders them.
  [[nodiscard]] std::string body() const;

 private:
  ErrorCode code_;
  std::string message_;
  std::string extra_;
};

[[noreturn]] void throw_validation(std::string message);  // ValidationException
[[noreturn]] void throw_parameter_invalid(
    std::string_view message);                 // "One or more parameter values were invalid: " + message
[[noreturn]] void throw_resource_not_found();  // the short text of item operations
[[noreturn]] void throw_table_not_found(std::string_view table);  // the long text of table operations

}  // namespace fickle
