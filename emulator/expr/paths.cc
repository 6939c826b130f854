// Which paths a condition or an update mentions. Iterative.
#include <vector>

#include "emulator/expr/eval.hh"

namespace fickle::expr {

namespace {

template <class... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

void add_path(std::vector<Path>& paths, const Operand& operand) {
  const auto* inner = &operand;
  while (const auto* size = std::get_if<SizeOf>(&inner->node)) inner = size->of.get();
  if (const auto* path = std::get_if<Path>(&inner->node)) paths.push_back(*path);
}

void add_paths(std::vector<Path>& paths, const SetValue& value) {
  std::vector<const SetValue*> pending{&value};
  while (!pending.empty()) {
    const auto* at = pending.back();
    pending.pop_back();
    std::visit(Overloaded{[&](const Path& path) { paths.push_back(path); }, [](const Value&) {},
                          [&](const IfNotExists& call) {
                            paths.push_back(call.path);
                            pending.push_back(call.otherwise.get());
                          },
                          [&](const ListAppend& call) {
                            pending.push_back(call.second.get());
                            pending.push_back(call.first.get());
                          },
                          [&](const Arithmetic& sum) {
                            pending.push_back(sum.right.get());
                            pending.push_back(sum.left.get());
                          },
                          [&](const SetAdd& call) { paths.push_back(call.path); }},
               at->node);
  }
}

}  // namespace

std::vector<Path> paths_of(const Condition& condition) {
  std::vector<Path> paths;
  std::vector<const Condition*> pending{&condition};
  const auto push_terms = [&pending](const std::vector<ConditionBox>& terms) {
    for (auto term = terms.rbegin(); term != terms.rend(); ++term) pending.push_back(term->get());
  };
  const auto add_all = [&paths](const std::vector<Operand>& operands) {
    for (const auto& operand : operands) add_path(paths, operand);
  };
  while (!pending.empty()) {
    const auto* at = pending.back();
    pending.pop_back();
    std::visit(Overloaded{[&](const Comparison& test) {
                            add_path(paths, test.left);
                            add_path(paths, test.right);
                          },
                          [&](const Between& test) {
                            add_path(paths, test.operand);
                            add_path(paths, test.low);
                            add_path(paths, test.high);
                          },
                          [&](const In& test) {
                            add_path(paths, test.operand);
                            add_all(test.candidates);
                          },
                          [&](const FunctionTest& test) { add_all(test.arguments); },
                          [&](const And& all) { push_terms(all.terms); }, [&](const Or& any) { push_terms(any.terms); },
                          [&](const Not& opposite) { pending.push_back(opposite.term.get()); }},
               at->node);
  }
  return paths;
}

std::vector<Path> paths_of(const Update& update) {
  std::vector<Path> paths;
  for (const auto& action : update.actions) {
    paths.push_back(target_of(action));
    if (const auto* set = std::get_if<SetAction>(&action)) add_paths(paths, set->value);
  }
  return paths;
}

std::vector<Path> targets_of(const Update& update) {
  std::vector<Path> targets;
  targets.reserve(update.actions.size());
  for (const auto& action : update.actions) targets.push_back(target_of(action));
  return targets;
}

}  // namespace fickle::expr
