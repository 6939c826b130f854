// Any text as a statement, and its WHERE clause over an item: no crash, no leak, no deep stack, and errors are ValidationExceptions.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "emulator/api/error.hh"
#include "emulator/core/invariant.hh"
#include "emulator/expr/eval.hh"
#include "emulator/partiql/key_terms.hh"
#include "emulator/partiql/lower.hh"
#include "emulator/partiql/next_token.hh"
#include "emulator/partiql/parser.hh"
#include "emulator/partiql/plan.hh"

namespace {

using namespace fickle;           // NOLINT: a fuzzer is one small program
using namespace fickle::partiql;  // NOLINT

const Table& some_table() {
  static const Table table = [] {
    Table made;
    made.schema = {.name = "t", .key = {.hash = {{"a", Type::S}}, .range = {{"b", Type::N}}}};
    return made;
  }();
  return table;
}

Item some_item() {
  const Map inner{{"b", Value::number(Number::of(2))}, {"l", Value::list({Value::list({}), Value::string("y")})}};
  return {{"a", Value::string("x")}, {"b", Value::number(Number::of(3))}, {"c", Value::map(inner)}};
}

void use(const Statement& statement) {
  static const Item item = some_item();
  const auto* where = where_of(statement);
  if (where != nullptr && *where) {
    const expr::Condition opposite{expr::Not{expr::boxed(**where)}};
    invariant(expr::evaluate(**where, item) != expr::evaluate(opposite, item), "NOT turns a condition round");
    (void)equalities_of(*where);
  }
  if (const auto* select = std::get_if<Select>(&statement)) {
    const ReadPlan plan = plan_read(*select, some_table(), nullptr);
    invariant(!plan.spans.empty(), "something is read");
    (void)row_of(*select, item);
    return;
  }
  (void)lower_write(statement, some_table());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);  // NOLINT: libFuzzer speaks bytes
  if (text.size() > 8192) return 0;
  static const std::vector<Value> parameters = {Value::string("x"), Value::number(Number::of(1))};
  for (std::size_t count = 0; count <= parameters.size(); ++count) {
    try {
      use(parse(text, std::span(parameters).first(count), Surface::transaction));
    } catch (const ApiError& error) {
      invariant(error.code().name == "ValidationException", "a statement is refused by validation");
    }
  }
  try {
    (void)read_next_token(text, "some statement");
  } catch (const ApiError&) {  // as almost any token is
  }
  return 0;
}
