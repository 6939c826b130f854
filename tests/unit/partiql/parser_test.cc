#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "emulator/api/error.hh"
#include "emulator/expr/eval.hh"
#include "emulator/partiql/parser.hh"

using namespace fickle;           // NOLINT: tests read like the language they test
using namespace fickle::partiql;  // NOLINT

namespace {

Value number(std::int64_t value) {
  return Value::number(Number::of(value));
}

Statement parsed(std::string_view text, std::vector<Value> parameters = {}) {
  return parse(text, parameters);
}

std::string refusal(std::string_view text, std::vector<Value> parameters = {}) {
  try {
    (void)parse(text, parameters);
  } catch (const ApiError& error) {
    return error.message();
  }
  return "accepted";
}

const Item& widget() {
  static const Item item{{"id", Value::string("clock")},
                         {"n", number(5)},
                         {"tags", Value::string_set({"a", "b"})},
                         {"deep", Value::map({{"list", Value::list({number(1), number(2)})}})},
                         {"none", Value()}};
  return item;
}

bool holds(const std::string& where, std::vector<Value> parameters = {}) {
  const auto statement = parsed("SELECT * FROM t WHERE " + where, std::move(parameters));
  return expr::evaluate(*std::get<Select>(statement).where, widget());
}

Item inserted(const std::string& value, std::vector<Value> parameters = {}) {
  return *std::get<Insert>(parsed("INSERT INTO t VALUE " + value, std::move(parameters))).item;
}

}  // namespace

TEST_CASE("Keywords, functions and operators in any case; AND binds tighter than OR, NOT tighter than AND") {
  CHECK(holds("n = 5 and id = 'clock'"));
  CHECK(holds("n = 5 OR n = 6 AND id = 'x'"));
  CHECK_FALSE(holds("(n = 5 OR n = 6) AND id = 'x'"));
  CHECK(holds("NOT n = 6 AND n = 5"));
  CHECK_FALSE(holds("NOT (n = 6 OR n = 5)"));
  CHECK(holds("BEGINS_WITH(id, 'cl') AND Contains(tags, 'b')"));
}

TEST_CASE("Every kind of predicate") {
  CHECK(holds("n BETWEEN 5 AND 6"));
  CHECK(holds("n NOT BETWEEN 6 AND 7"));
  CHECK(holds("n IN [1, 5]"));
  CHECK(holds("n IN (1, 5)"));
  CHECK(holds("n NOT IN (1, 2)"));
  CHECK(holds("x IS MISSING"));
  CHECK(holds("n IS NOT MISSING"));
  CHECK(holds("none IS NULL"));
  CHECK(holds("n IS NOT NULL"));
  CHECK(holds("n IS NUMBER"));
  CHECK(holds("attribute_type(n, 'N')"));
  CHECK(holds("size(tags) = 2"));
  CHECK(holds("5 <= n"));
  CHECK(holds("deep.list[1] = 2"));
  CHECK(holds("\"deep\".\"list\"[0] < ?", {number(2)}));
  CHECK(holds("tags = <<'b', 'a'>>"));
  CHECK(holds("deep = {'list': [1, 2.0]}"));
}

TEST_CASE("A comparison with what is missing is false, its negation true") {
  CHECK_FALSE(holds("x = 1"));
  CHECK_FALSE(holds("x <> 1"));
  CHECK_FALSE(holds("x < 1"));
  CHECK(holds("NOT x = 1"));
  CHECK(holds("n <> 'five'"));
}

TEST_CASE("Literals") {
  const Item item = inserted(
      "{'s': 'it''s', 'n': -1.50e1, 't': true, 'f': FALSE, 'z': null, 'l': [1, [2]], 'm': {'a': ?}, "
      "'ss': <<'x'>>, 'ns': <<2, 1>>}",
      {Value::binary("b")});
  CHECK(*item.find("s") == Value::string("it's"));
  CHECK(*item.find("n") == number(-15));
  CHECK(*item.find("t") == Value::boolean(true));
  CHECK(*item.find("f") == Value::boolean(false));
  CHECK(item.find("z")->is(Type::NULL_));
  CHECK(*item.find("l") == Value::list({number(1), Value::list({number(2)})}));
  CHECK(*item.find("m") == Value::map({{"a", Value::binary("b")}}));
  CHECK(*item.find("ss") == Value::string_set({"x"}));
  CHECK(*item.find("ns") == Value::number_set({Number::of(1), Number::of(2)}));
}

TEST_CASE("An item may be one parameter") {
  CHECK(inserted("?", {Value::map({{"id", Value::string("x")}})}).size() == 1);
}

TEST_CASE("UPDATE takes clauses in any number and order") {
  const auto statement = parsed(
      "UPDATE t SET a = 1, b = b + 1 SET c = LIST_APPEND(c, [1]) REMOVE d, e[0] SET f = SET_ADD(f, <<1>>) g = 'x' "
      "WHERE id = 'x' RETURNING MODIFIED NEW *");
  const auto& update = std::get<Update>(statement);
  CHECK(update.update.actions.size() == 7);
  CHECK(update.returning == Returning::modified_new);
}

TEST_CASE("What a statement may not be") {
  const std::string malformed = "Statement wasn't well formed, can't be processed: ";
  CHECK(refusal("DROP TABLE t") == malformed + "Expected data manipulation");
  CHECK(refusal("") == malformed + "Expected data manipulation");
  CHECK(refusal("EXISTS(SELECT * FROM t WHERE id = 'x')") == malformed + "Expected data manipulation");
  CHECK(refusal("SELECT * FROM t WHERE") == malformed + "Unexpected token");
  CHECK(refusal("SELECT * FROM t LIMIT 1").starts_with(malformed));
  CHECK(refusal("SELECT * FROM t WHERE (n = 1").starts_with(malformed));
  CHECK(refusal("SELECT * FROM t WHERE n = 1)").starts_with(malformed));
  CHECK(refusal("INSERT INTO t (a) VALUES (1)").starts_with(malformed));
  CHECK(refusal("SELECT  COUNT(*) FROM t") == "Unexpected path component at 1:9:5");
  CHECK(refusal("SELECT * FROM \"\"") == "Path component cannot be an empty string");
  CHECK(refusal("SELECT * FROM a.b.c") == "A path may contain at most 2 components in the FROM clause");
  CHECK(refusal("INSERT INTO \"t\".\"i\" VALUE {'a': 1}") ==
        "FROM clause may only contain a single table name in data manipulation statements at 1:13:3");
  CHECK(refusal("DELETE FROM t.i WHERE id = 'x'") == "This operation is not supported on an index");
  CHECK(
      refusal("DELETE FROM t WHERE id = 'x' RETURNING MODIFIED OLD *") ==
      "Invalid returning clause: RETURNING MODIFIED OLD *. Only RETURNING ALL OLD * is allowed in DELETE statements.");
  CHECK(refusal("SELECT * FROM t WHERE n < true") ==
        "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL");
  CHECK(refusal("SELECT * FROM t WHERE n BETWEEN 1 AND ?", {Value::boolean(true)}) ==
        "Incorrect operand type for operator or function; operator or function: BETWEEN, operand type: BOOL");
}

TEST_CASE("As many parameters as question marks") {
  const std::string text = "Number of parameters in request and statement don't match.";
  CHECK(refusal("SELECT * FROM t WHERE n = ?") == text);
  CHECK(refusal("SELECT * FROM t", {number(1)}) == text);
  CHECK(refusal("SELECT * FROM t WHERE n = '?'") == "accepted");
}

TEST_CASE("Nesting is bounded") {
  const std::string open(7000, '(');
  CHECK(refusal("SELECT * FROM t WHERE " + open).ends_with("Condition is nested too deeply"));
  std::string nots = "SELECT * FROM t WHERE ";
  for (int i = 0; i < 2000; ++i) nots += "NOT ";
  CHECK(refusal(nots + "n = 1").ends_with("Condition is nested too deeply"));
  CHECK(refusal("INSERT INTO t VALUE {'a': " + std::string(4000, '[')).starts_with("Nesting Levels have exceeded"));
  std::string fine = "INSERT INTO t VALUE {'a': " + std::string(31, '[') + "1" + std::string(31, ']') + "}";
  CHECK(refusal(fine) == "accepted");
  std::string chain = "SELECT * FROM t WHERE n = 1";
  for (int i = 0; i < 500; ++i) chain += " OR n = 1";
  CHECK(refusal(chain) == "accepted");
}

TEST_CASE("Sets hold members of one type, each once") {
  CHECK(refusal("INSERT INTO t VALUE {'a': <<1, 'x'>>}").ends_with("Unexpected term"));
  CHECK(refusal("INSERT INTO t VALUE {'a': <<1, 1.0>>}") == "Input collection contains duplicates");
  CHECK(refusal("INSERT INTO t VALUE {'a': <<>>}").find("may not be empty") != std::string::npos);
}

TEST_CASE("Targets of an update must not meet") {
  CHECK(
      refusal("UPDATE t SET a = 1 SET a.b = 2 WHERE id = 'x'") ==
      "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: "
      "[a, b]");
}
