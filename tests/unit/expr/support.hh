// What the tests of expressions share: values as DynamoDB JSON, and errors and results as one line of text to compare.
#pragma once

#include <boost/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "emulator/expr/compile.hh"
#include "emulator/expr/eval.hh"
#include "emulator/value/value_json.hh"

namespace fickle::expr {

// Deeper than Boost.JSON's usual limit, to get at DynamoDB's.
inline boost::json::value parse_json(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = 200;
  return boost::json::parse(text, {}, options);
}

inline Value value(std::string_view json) {
  auto read = read_value(parse_json(json));
  if (!read) throw std::invalid_argument("bad value in a test: " + std::string(json));
  return std::move(read).value();
}
inline Item item(std::string_view json) {
  auto read = read_item(parse_json(json).as_object());
  if (!read) throw std::invalid_argument("bad item in a test: " + std::string(json));
  return std::move(read).value();
}
inline std::string text_of(const Item& any) {
  std::string text;
  append_json(text, any);
  return text;
}

// Names as {"#n": "name"}, values as {":v": {"S": "x"}}.
inline Bindings bindings(std::string_view names = "{}", std::string_view values = "{}") {
  Bindings bound;
  const auto parsed_names = boost::json::parse(names);
  for (const auto& name : parsed_names.as_object()) bound.names[std::string(name.key())] = name.value().as_string();
  const auto parsed_values = boost::json::parse(values);
  for (const auto& any : parsed_values.as_object()) {
    bound.values[std::string(any.key())] = value(boost::json::serialize(any.value()));
  }
  return bound;
}

// One value of each type: ":s" ":n" ":b" ":bool" ":null" ":ss" ":ns" ":bs" ":l" ":m", and ":big" = 9, ":z" = "z".
inline Bindings one_of_each() {
  return bindings(R"({"#a": "a", "#b": "b", "#c": "c", "#dot": "x.y"})",
                  R"({":s": {"S": "s"}, ":n": {"N": "1"}, ":b": {"B": "YQ=="}, ":bool": {"BOOL": true},
                      ":null": {"NULL": true}, ":ss": {"SS": ["s"]}, ":ns": {"NS": ["1"]}, ":bs": {"BS": ["YQ=="]},
                      ":l": {"L": []}, ":m": {"M": {}}, ":big": {"N": "9"}, ":z": {"S": "z"}, ":list": {"S": "L"}})");
}

inline std::string_view name_of(ExpressionError::Code code) {
  using Code = ExpressionError::Code;
  switch (code) {
    case Code::empty: return "empty";
    case Code::too_long: return "too_long";
    case Code::syntax: return "syntax";
    case Code::redundant_parentheses: return "redundant_parentheses";
    case Code::unknown_function: return "unknown_function";
    case Code::misplaced_function: return "misplaced_function";
    case Code::reserved_word: return "reserved_word";
    case Code::undefined_name: return "undefined_name";
    case Code::undefined_value: return "undefined_value";
    case Code::operand_count: return "operand_count";
    case Code::same_operands: return "same_operands";
    case Code::path_required: return "path_required";
    case Code::operand_type: return "operand_type";
    case Code::update_operand_type: return "update_operand_type";
    case Code::between_types: return "between_types";
    case Code::between_order: return "between_order";
    case Code::attribute_type_name: return "attribute_type_name";
    case Code::too_many_operators: return "too_many_operators";
    case Code::in_operands: return "in_operands";
    case Code::path_too_deep: return "path_too_deep";
    case Code::index_out_of_range: return "index_out_of_range";
    case Code::overlapping_paths: return "overlapping_paths";
    case Code::conflicting_paths: return "conflicting_paths";
    case Code::repeated_section: return "repeated_section";
    case Code::key_operator: return "key_operator";
    case Code::key_nested_operation: return "key_nested_operation";
    case Code::key_first_operand: return "key_first_operand";
    case Code::key_several_attributes: return "key_several_attributes";
    case Code::key_no_attribute: return "key_no_attribute";
    case Code::key_nested_attribute: return "key_nested_attribute";
    case Code::key_repeated_attribute: return "key_repeated_attribute";
  }
  return "?";
}

// The code and the members that are set, as in `syntax - | a-b` or `operand_count size 2`.
inline std::string text_of(const ExpressionError& error) {
  std::string text(name_of(error.code));
  if (!error.name.empty()) text += " " + error.name;
  if (error.code == ExpressionError::Code::syntax) text += " | " + error.near;
  if (!error.first.empty()) text += " " + error.first;
  if (!error.second.empty()) text += " " + error.second;
  if (!error.type.empty()) text += " " + error.type;
  if (error.count != 0) text += " " + std::to_string(error.count);
  return text;
}
template <class T>
std::string outcome(const Result<T, ExpressionError>& result) {
  return result ? "ok" : text_of(result.error());
}

inline std::string condition_outcome(std::string_view text, Bindings bound = one_of_each()) {
  return outcome(compile_condition(text, bound));
}
inline std::string key_condition_outcome(std::string_view text, Bindings bound = one_of_each()) {
  return outcome(compile_key_condition(text, bound));
}
inline std::string projection_outcome(std::string_view text, Bindings bound = one_of_each()) {
  return outcome(compile_projection(text, bound));
}
inline std::string update_outcome(std::string_view text, Bindings bound = one_of_each()) {
  return outcome(compile_update(text, bound));
}

inline std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

struct Case {
  std::string_view text;
  std::string_view expected;
};

}  // namespace fickle::expr
