// Any text, as every kind of expression, over one item: no crash, no leak, and the promises that do not depend on the text.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "emulator/core/invariant.hh"
#include "emulator/expr/compile.hh"
#include "emulator/expr/eval.hh"

namespace {

using namespace fickle;        // NOLINT: a fuzzer is one small program
using namespace fickle::expr;  // NOLINT

Bindings some_bindings() {
  Bindings bindings;
  bindings.names = {{"#a", "a"}, {"#n", "name"}};
  bindings.values = {{":s", Value::string("s")},
                     {":n", Value::number(Number::of(1))},
                     {":b", Value::boolean(true)},
                     {":t", Value::string_set({"s", "t"})},
                     {":l", Value::list({Value::string("x")})}};
  return bindings;
}

Item some_item() {
  const Map inner{{"b", Value::number(Number::of(2))}, {"l", Value::list({Value::list({}), Value::string("y")})}};
  return {{"a", Value::map(inner)},
          {"b", Value::number(Number::of(3))},
          {"c", Value::string_set({"s", "u"})},
          {"l", Value::list({Value::map(inner), Value::number(Number::of(4))})},
          {"name", Value::string("text")}};
}

void check_error(const ExpressionError& error, std::string_view text) {
  if (error.code != ExpressionError::Code::syntax) return;
  invariant(error.name == "<EOF>" || text.find(error.name) != std::string_view::npos, "the token stands in the text");
  invariant(text.find(error.near) != std::string_view::npos, "the window stands in the text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);  // NOLINT: libFuzzer speaks bytes
  static const Item item = some_item();
  auto bindings = some_bindings();

  if (const auto condition = compile_condition(text, bindings); condition.ok()) {
    const Condition opposite{Not{boxed(condition.value())}};
    invariant(evaluate(condition.value(), item) != evaluate(opposite, item), "NOT turns a condition round");
    (void)paths_of(condition.value());
  } else {
    check_error(condition.error(), text);
  }
  (void)compile_key_condition(text, bindings).ok();
  if (const auto projection = compile_projection(text, bindings); projection.ok()) {
    const auto once = project(projection.value(), item);
    for (const auto& attribute : once) invariant(item.contains(attribute.name), "a projection invents nothing");
  } else {
    check_error(projection.error(), text);
  }
  if (const auto update = compile_update(text, bindings); update.ok()) {
    const auto after = apply(update.value(), item, ItemExisted::yes);
    const auto again = apply(update.value(), item, ItemExisted::yes);
    invariant(after.ok() == again.ok() && (!after.ok() || after.value() == again.value()), "apply is pure");
    if (after.ok()) (void)fragment(targets_of(update.value()), after.value());
  } else {
    check_error(update.error(), text);
  }
  return 0;
}
