#include "emulator/engine/expressions.hh"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "emulator/api/error.hh"
#include "emulator/api/legacy_params.hh"
#include "emulator/api/reader.hh"
#include "emulator/core/text.hh"
#include "emulator/engine/legacy_projection.hh"
#include "emulator/expr/functions.hh"

namespace fickle {

using expr::ExpressionError;
using expr::ExpressionKind;

namespace {

std::string_view prefix_of(ExpressionKind kind) {
  switch (kind) {
    case ExpressionKind::condition: return "Invalid ConditionExpression: ";
    case ExpressionKind::filter: return "Invalid FilterExpression: ";
    case ExpressionKind::key_condition: return "Invalid KeyConditionExpression: ";
    case ExpressionKind::projection: return "Invalid ProjectionExpression: ";
    case ExpressionKind::update: return "Invalid UpdateExpression: ";
  }
  return "";
}

// A function that the other kind of expression has is told from one that stands in the wrong place (quoted by users of the service).
std::string misplaced_function(const std::string& name, ExpressionKind kind) {
  const bool in_update = kind == ExpressionKind::update;
  const bool of_updates = expr::find_function(name)->use == expr::Function::Use::set_value;
  const std::string_view where = in_update == of_updates ? "to be used this way in an expression"
                                 : in_update             ? "in an update expression"
                                                         : "in a condition expression";
  return "The function is not allowed " + std::string(where) + "; function: " + name;
}

// The sentence after the prefix (behaviour reference 5.3, 5.5, 5.6, 5.8).
std::string sentence(const ExpressionError& e, ExpressionKind kind) {
  using Code = ExpressionError::Code;
  const std::string count = std::to_string(e.count);
  switch (e.code) {
    case Code::empty: return "The expression can not be empty;";
    case Code::too_long: return "Expression size has exceeded the maximum allowed size; expression size: " + count;
    case Code::syntax: return "Syntax error; token: \"" + e.name + "\", near: \"" + e.near + "\"";
    case Code::redundant_parentheses: return "The expression has redundant parentheses;";
    case Code::unknown_function: return "Invalid function name; function: " + e.name;
    case Code::misplaced_function: return misplaced_function(e.name, kind);
    case Code::reserved_word: return "Attribute name is a reserved keyword; reserved keyword: " + e.name;
    case Code::undefined_name:
      return "An expression attribute name used in the document path is not defined; attribute name: " + e.name;
    case Code::undefined_value:
      return "An expression attribute value used in expression is not defined; attribute value: " + e.name;
    case Code::operand_count:
      return "Incorrect number of operands for operator or function; operator or function: " + e.name +
             ", number of operands: " + count;
    case Code::same_operands:
      return "The first operand must be distinct from the remaining operands for this operator or function; "
             "operator: " +
             e.name + ", first operand: " + e.first;
    case Code::path_required: return "Operator or function requires a document path; operator or function: " + e.name;
    case Code::operand_type:
      return "Incorrect operand type for operator or function; operator or function: " + e.name +
             ", operand type: " + e.type;
    case Code::update_operand_type:
      return "Incorrect operand type for operator or function; operator: " + e.name + ", operand type: " + e.type +
             ", typeSet: ALLOWED_FOR_" + e.name + "_OPERAND";
    case Code::between_types:
      return "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: "
             "AttributeValue: " +
             e.first + ", upper bound operand: AttributeValue: " + e.second;
    case Code::between_order:
      return "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound "
             "operand: AttributeValue: " +
             e.first + ", upper bound operand: AttributeValue: " + e.second;
    case Code::attribute_type_name:
      return "Invalid attribute type name found; type: " + e.name + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}";
    case Code::too_many_operators: return "The expression contains too many operators; operator count: " + count;
    case Code::in_operands: return "The IN operator is provided with too many operands; number of operands: " + count;
    case Code::path_too_deep: return "The document path has too many nesting levels; nesting levels: " + count;
    case Code::index_out_of_range: return "List index is not within the allowable range; index: [" + e.name + "]";
    case Code::overlapping_paths:
      return "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: " +
             e.first + ", path two: " + e.second;
    case Code::conflicting_paths:
      return "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: " +
             e.first + ", path two: " + e.second;
    case Code::repeated_section: return "The \"" + e.name + "\" section can only be used once in an update expression;";
    case Code::key_operator: return "Invalid operator used in KeyConditionExpression: " + e.name;
    case Code::key_nested_operation: return "KeyConditionExpressions cannot contain nested operations";
    case Code::key_first_operand:
      return "Invalid condition in KeyConditionExpression: " + e.name +
             " operator must have the key attribute as its first operand";
    case Code::key_several_attributes:
      return "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition";
    case Code::key_no_attribute: return "Invalid condition in KeyConditionExpression: No key attribute specified";
    case Code::key_nested_attribute: return "KeyConditionExpressions cannot have conditions on nested attributes";
    case Code::key_repeated_attribute: return "KeyConditionExpressions must only contain one condition per key";
  }
  return "";
}

// Wrong for a key condition only: another condition may be so.
bool is_key_form(ExpressionError::Code code) {
  using Code = ExpressionError::Code;
  constexpr std::array kForms = {Code::key_operator,           Code::key_nested_operation, Code::key_first_operand,
                                 Code::key_several_attributes, Code::key_no_attribute,     Code::key_nested_attribute,
                                 Code::key_repeated_attribute};
  return std::find(kForms.begin(), kForms.end(), code) != kForms.end();
}

template <class Map>
std::string unused_keys(const Map& given, const std::set<std::string, std::less<>>& used) {
  std::vector<std::string> unused;
  for (const auto& [key, value] : given) {
    if (!used.contains(key)) unused.push_back(key);
  }
  return unused.empty() ? std::string{} : "{" + join(unused, ", ") + "}";
}

}  // namespace

std::string words(const ExpressionError& error, ExpressionKind kind) {
  return std::string(prefix_of(kind)) + sentence(error, kind);
}

std::string words(const expr::UpdateError& error) {
  using Code = expr::UpdateError::Code;
  switch (error.code) {
    case Code::invalid_path: return "The document path provided in the update expression is invalid for update";
    case Code::missing_attribute:
      return "The provided expression refers to an attribute that does not exist in the item";
    case Code::incorrect_type: return "An operand in the update expression has an incorrect data type";
    case Code::legacy_type: return "Type mismatch for attribute to update";
    case Code::overflow: return words(NumberError::overflow, "");
    case Code::underflow: return words(NumberError::underflow, "");
    case Code::too_deep:
      return "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond "
             "supported limit";
  }
  return "";
}

std::string words(const expr::LegacyError& e) {
  using Code = expr::LegacyError::Code;
  const std::string prefix = "One or more parameter values were invalid: ";
  switch (e.code) {
    case Code::value_and_list:
      return prefix + "Value and AttributeValueList cannot be used together for Attribute: " + e.attribute;
    case Code::exists_and_operator:
      return prefix + "Exists and ComparisonOperator cannot be used together for Attribute: " + e.attribute;
    case Code::operator_needs_value:
      return prefix + "Value or AttributeValueList must be used with ComparisonOperator: " + e.op +
             " for Attribute: " + e.attribute;
    case Code::argument_count: return prefix + "Invalid number of argument(s) for the " + e.op + " ComparisonOperator";
    case Code::mixed_types: return prefix + "AttributeValues inside AttributeValueList must be of same type";
    case Code::between_order:
      return "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound";
    case Code::operand_type:
      return prefix + "ComparisonOperator " + e.op + " is not valid for " + e.type + " AttributeValue type";
    case Code::list_without_operator:
      return prefix + "AttributeValueList can only be used with a ComparisonOperator for Attribute: " + e.attribute;
    case Code::value_required:
      return prefix + "Value must be provided when Exists is " + e.exists + " for Attribute: " + e.attribute;
    case Code::value_forbidden:
      return prefix + "Value cannot be used when Exists is false for Attribute: " + e.attribute;
    case Code::update_needs_value: return prefix + "Only DELETE action is allowed when no attribute value is specified";
    case Code::update_delete_type: return prefix + "DELETE action with value is not supported for the type " + e.type;
    case Code::update_add_type: return prefix + "ADD action is not supported for the type " + e.type;
  }
  return prefix;
}

void throw_enveloped(std::string message, Envelope envelope) {
  throw_validation(envelope == Envelope::detected ? "1 validation error detected: " + std::move(message)
                                                  : std::move(message));
}

Expressions::Expressions(ExpressionParams params, const ExpressionRules& rules)
    : params_(std::move(params)), envelope_(rules.envelope), envelope_unused_(rules.envelope_unused) {
  bindings_.names = std::move(params_.names);
  bindings_.values = std::move(params_.values);
}

void Expressions::refuse(const ExpressionError& error, ExpressionKind kind) const {
  const bool empty = error.code == ExpressionError::Code::empty;
  throw_enveloped(words(error, kind), empty ? envelope_unused_ : envelope_);
}

std::optional<expr::Condition> Expressions::condition(std::string_view member, ExpressionKind kind) {
  const std::string* text = params_.text(member);
  if (text == nullptr) return std::nullopt;
  auto compiled = expr::compile_condition(*text, bindings_);
  if (!compiled) refuse(compiled.error(), kind);
  return std::move(compiled).value();
}

std::optional<expr::KeyCondition> Expressions::key_condition() {
  const std::string* text = params_.text("KeyConditionExpression");
  if (text == nullptr) return std::nullopt;
  auto compiled = expr::compile_key_condition(*text, bindings_);
  if (compiled) return std::move(compiled).value();
  if (!is_key_form(compiled.error().code)) refuse(compiled.error(), ExpressionKind::key_condition);
  key_form_ = compiled.error();
  return std::nullopt;
}

void Expressions::check_key_form() const {
  if (key_form_) refuse(*key_form_, ExpressionKind::key_condition);
}

std::optional<expr::Projection> Expressions::projection() {
  const std::string* text = params_.text("ProjectionExpression");
  if (text == nullptr) return std::nullopt;
  auto compiled = expr::compile_projection(*text, bindings_);
  if (!compiled) refuse(compiled.error(), ExpressionKind::projection);
  return std::move(compiled).value();
}

std::optional<expr::Update> Expressions::update() {
  const std::string* text = params_.text("UpdateExpression");
  if (text == nullptr) return std::nullopt;
  auto compiled = expr::compile_update(*text, bindings_);
  if (!compiled) refuse(compiled.error(), ExpressionKind::update);
  return std::move(compiled).value();
}

void Expressions::check_all_used() const {
  if (const std::string keys = unused_keys(bindings_.names, bindings_.used_names); !keys.empty()) {
    throw_enveloped("Value provided in ExpressionAttributeNames unused in expressions: keys: " + keys,
                    envelope_unused_);
  }
  if (const std::string keys = unused_keys(bindings_.values, bindings_.used_values); !keys.empty()) {
    throw_enveloped("Value provided in ExpressionAttributeValues unused in expressions: keys: " + keys,
                    envelope_unused_);
  }
}

std::optional<expr::Projection> legacy_projection(const boost::json::object& body) {
  auto names = legacy::read_attributes_to_get(body);
  if (!names) return std::nullopt;
  expr::Projection projection;
  for (std::string& name : *names) projection.paths.push_back({{std::move(name)}});
  return projection;
}

std::optional<expr::Projection> projection_of(const boost::json::object& body, Expressions& expressions) {
  if (auto projection = legacy_projection(body)) return projection;
  return expressions.projection();
}

}  // namespace fickle
