// What DynamoDB says about a bad attribute value (behaviour reference 2.2 and 2.3), typing errors and double blanks included.
#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"

namespace fickle {
namespace {

using Kind = ValueError::Kind;

constexpr std::string_view kInvalid = "One or more parameter values were invalid: ";

template <class... Parts>
std::string text_of(const Parts&... parts) {
  std::string text;
  (text.append(parts), ...);
  return text;
}

// The families that PutItem and UpdateItem prefix with "1 validation error detected: ".
bool is_prefixed(Kind kind) {
  switch (kind) {
    case Kind::null_false:
    case Kind::empty_string_set:
    case Kind::empty_number_set:
    case Kind::empty_binary_set:
    case Kind::duplicate_strings:
    case Kind::duplicate_numbers:
    case Kind::duplicate_binaries: return true;
    case Kind::empty:
    case Kind::number:
    case Kind::several_types:
    case Kind::too_deep:
    case Kind::empty_name:
    case Kind::long_name: return false;
  }
  return false;
}

}  // namespace

std::string words(NumberError error, std::string_view text) {
  constexpr std::string_view kRange = "Attempting to store a number with magnitude ";
  switch (error) {
    case NumberError::empty: return "The parameter cannot be converted to a numeric value";
    case NumberError::malformed: return text_of("The parameter cannot be converted to a numeric value: ", text);
    case NumberError::overflow: return text_of("Number overflow. ", kRange, "larger than supported range");
    case NumberError::underflow: return text_of("Number underflow. ", kRange, "smaller than supported range");
    case NumberError::too_precise: return "Attempting to store more than 38 significant digits in a Number";
  }
  return {};
}

std::string words(const ValueError& error) {
  switch (error.kind) {
    case Kind::empty: return "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
    case Kind::number: return words(error.number_error, error.text);
    case Kind::null_false: return text_of(kInvalid, "Null attribute value types must have the value of true");
    case Kind::empty_string_set: return text_of(kInvalid, "An string set  may not be empty");
    case Kind::empty_number_set: return text_of(kInvalid, "An number set  may not be empty");
    case Kind::empty_binary_set: return text_of(kInvalid, "Binary sets should not be empty");
    case Kind::duplicate_strings: return text_of(kInvalid, "Input collection [", error.text, "] contains duplicates.");
    case Kind::duplicate_numbers: return "Input collection contains duplicates";
    case Kind::duplicate_binaries:
      return text_of(kInvalid, "Input collection [", error.text, "]of type BS contains duplicates.");
    case Kind::several_types:
      return "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported "
             "datatypes";
    case Kind::too_deep:
      return "Nesting Levels have exceeded supported limits: "
             "Attributes in the item have nested levels beyond supported limit";
    case Kind::empty_name: return text_of(kInvalid, "Empty attribute name");
    case Kind::long_name: return text_of(kInvalid, "Attribute name is too large, must be less than 65536 bytes");
  }
  return {};
}

void throw_value_error(const ValueError& error, Envelope envelope) {
  const bool prefixed = envelope == Envelope::detected && is_prefixed(error.kind);
  throw_validation(text_of(prefixed ? "1 validation error detected: " : "", words(error)));
}

}  // namespace fickle
