#include "emulator/expr/ast.hh"

#include <iterator>
#include <utility>

namespace fickle::expr {

namespace {

// Moves the boxes that a node holds to the end of `boxes`.
void take_boxes(Condition& condition, std::vector<ConditionBox>& boxes) {
  auto& node = condition.node;
  auto* terms = std::get_if<And>(&node) != nullptr ? &std::get<And>(node).terms : nullptr;
  if (auto* any = std::get_if<Or>(&node)) terms = &any->terms;
  if (terms != nullptr) std::move(terms->begin(), terms->end(), std::back_inserter(boxes));
  if (auto* opposite = std::get_if<Not>(&node)) boxes.push_back(std::move(opposite->term));
}
void take_boxes(SetValue& value, std::vector<SetValueBox>& boxes) {
  if (auto* call = std::get_if<IfNotExists>(&value.node)) boxes.push_back(std::move(call->otherwise));
  if (auto* sum = std::get_if<Arithmetic>(&value.node)) {
    boxes.push_back(std::move(sum->left));
    boxes.push_back(std::move(sum->right));
  }
  if (auto* call = std::get_if<ListAppend>(&value.node)) {
    boxes.push_back(std::move(call->first));
    boxes.push_back(std::move(call->second));
  }
}

// Deletes a tree from the root down: a box that nobody else holds is emptied before it goes, so that no destructor finds children.
// A box is only ever made from a Node of its own, so taking its const away is allowed.
template <class Node>
void dismantle(Node* root) {
  std::vector<std::shared_ptr<const Node>> boxes;
  take_boxes(*root, boxes);
  delete root;
  while (!boxes.empty()) {
    const auto box = std::move(boxes.back());
    boxes.pop_back();
    if (box != nullptr && box.use_count() == 1) take_boxes(const_cast<Node&>(*box), boxes);
  }
}

}  // namespace

ConditionBox boxed(Condition condition) {
  return {new Condition(std::move(condition)), dismantle<Condition>};
}

SetValueBox boxed(SetValue value) {
  return {new SetValue(std::move(value)), dismantle<SetValue>};
}

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
