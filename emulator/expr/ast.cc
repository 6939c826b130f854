#include "emulator/expr/ast.hh"

namespace fickle::expr {

std::string to_string(const Path& path) {
  std::string text = "[";
  for (const auto& element : path.elements) {
    if (text.size() > 1) text += ", ";
    if (const auto* name = std::get_if<std::string>(&element)) {
      text += *name;
    } else {
      text += "[" + std::to_string(std::get<std::uint32_t>(element)) + "]";
    }
  }
  return text + "]";
}

const Path& target_of(const UpdateAction& action) {
  return std::visit([](const auto& any) -> const Path& { return any.target; }, action);
}

}  // namespace fickle::expr
