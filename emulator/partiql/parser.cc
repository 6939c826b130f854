#include "emulator/partiql/parser.hh"

#include <array>

#include "emulator/api/error.hh"
#include "emulator/api/table_name.hh"
#include "emulator/expr/eval.hh"
#include "emulator/partiql/lexer.hh"
#include "emulator/partiql/malformed.hh"
#include "emulator/value/item_size.hh"

namespace fickle::partiql {

namespace {

std::string place_of(const Token& token) {
  return std::to_string(token.line) + ":" + std::to_string(token.column) + ":" + std::to_string(token.length);
}

// Which operations name an index.
enum class IndexUse { allowed, single_table, refused };

Source parse_source(Cursor& cursor, IndexUse use) {
  const Token first = cursor.peek();
  std::vector<std::string> components;
  do {
    if (!at_path(cursor)) cursor.refuse();
    const Token& token = cursor.take();
    if (token.text.empty()) throw_validation("Path component cannot be an empty string");
    components.push_back(token.text);
  } while (cursor.accept_symbol("."));
  if (components.size() > 2) throw_validation("A path may contain at most 2 components in the FROM clause");
  if (components.size() == 2 && use == IndexUse::single_table) {
    throw_validation("FROM clause may only contain a single table name in data manipulation statements at " +
                     place_of(first));
  }
  if (components.size() == 2 && use == IndexUse::refused)
    throw_validation("This operation is not supported on an index");
  return {.table_as_given = components[0],
          .table = plain_table_name(components[0]),
          .index = components.size() == 2 ? components[1] : std::string()};
}

std::optional<expr::Condition> parse_where(Cursor& cursor) {
  if (!cursor.accept_word("WHERE")) return std::nullopt;
  return parse_condition(cursor);
}

std::optional<std::vector<expr::Path>> parse_projection(Cursor& cursor) {
  if (cursor.accept_symbol("*")) return std::nullopt;
  std::vector<expr::Path> paths;
  do {
    const Token& token = cursor.peek();
    if (token.kind == TokenKind::word && cursor.at_symbol("(", 1)) {  // COUNT(*) and other functions
      throw_validation("Unexpected path component at " + place_of(token));
    }
    paths.push_back(parse_path(cursor));
  } while (cursor.accept_symbol(","));
  return paths;
}

std::vector<OrderTerm> parse_order(Cursor& cursor) {
  std::vector<OrderTerm> terms;
  if (!cursor.accept_word("ORDER")) return terms;
  cursor.expect_word("BY");
  do {
    const expr::Path path = parse_path(cursor);
    if (!path.is_top_level()) throw_malformed("Unexpected term");
    OrderTerm term{.attribute = path.root(), .descending = false};
    if (!cursor.accept_word("ASC")) term.descending = cursor.accept_word("DESC");
    terms.push_back(std::move(term));
  } while (cursor.accept_symbol(","));
  return terms;
}

Select parse_select(Cursor& cursor) {
  cursor.expect_word("SELECT");
  Select select;
  select.paths = parse_projection(cursor);
  cursor.expect_word("FROM");
  select.from = parse_source(cursor, IndexUse::allowed);
  select.where = parse_where(cursor);
  select.order = parse_order(cursor);
  return select;
}

Insert parse_insert(Cursor& cursor) {
  cursor.expect_word("INSERT");
  cursor.expect_word("INTO");
  Insert insert;
  insert.into = parse_source(cursor, IndexUse::single_table);
  cursor.expect_word("VALUE");
  insert.item = std::make_shared<const Item>(parse_item(cursor));
  return insert;
}

struct NamedReturning {
  std::string_view scope, image;
  Returning returning;
};
constexpr std::array<NamedReturning, 4> kReturning = {{
    {"ALL", "OLD", Returning::all_old},
    {"ALL", "NEW", Returning::all_new},
    {"MODIFIED", "OLD", Returning::modified_old},
    {"MODIFIED", "NEW", Returning::modified_new},
}};

Returning parse_returning(Cursor& cursor) {
  if (!cursor.accept_word("RETURNING")) return Returning::none;
  for (const NamedReturning& known : kReturning) {
    if (!cursor.at_word(known.scope) || !cursor.at_word(known.image, 1)) continue;
    cursor.take();
    cursor.take();
    cursor.expect_symbol("*");
    return known.returning;
  }
  cursor.refuse();
}

expr::UpdateAction parse_assignment(Cursor& cursor) {
  expr::Path target = parse_path(cursor);
  cursor.expect_symbol("=");
  return expr::SetAction{std::move(target), parse_set_value(cursor)};
}

// Two targets of which one is part of the other, or that take one value for both a map and a list.
void check_targets(const std::vector<expr::Path>& targets) {
  for (std::size_t i = 0; i < targets.size(); ++i) {
    for (std::size_t j = i + 1; j < targets.size(); ++j) {
      const auto& one = targets[i].elements;
      const auto& two = targets[j].elements;
      std::size_t same = 0;
      while (same < one.size() && same < two.size() && one[same] == two[same]) ++same;
      const bool overlap = same == one.size() || same == two.size();
      if (!overlap && one[same].index() == two[same].index()) continue;
      throw_validation("Two document paths " + std::string(overlap ? "overlap" : "conflict") +
                       " with each other; must remove or rewrite one of these paths; path one: " +
                       to_string(targets[i]) + ", path two: " + to_string(targets[j]));
    }
  }
}

// SET a = 1, b = 2 SET c = 3 REMOVE d, e: clauses repeat, commas are optional between assignments.
Update parse_update(Cursor& cursor) {
  cursor.expect_word("UPDATE");
  Update update;
  update.table = parse_source(cursor, IndexUse::refused);
  update.update.dialect = expr::Update::Dialect::partiql;
  auto& actions = update.update.actions;
  while (cursor.at_word("SET") || cursor.at_word("REMOVE")) {
    const bool set = cursor.at_word("SET");
    cursor.take();
    do {
      actions.push_back(set ? parse_assignment(cursor) : expr::RemoveAction{parse_path(cursor)});
    } while (cursor.accept_symbol(",") || at_path(cursor));
  }
  if (actions.empty()) cursor.refuse();
  update.where = parse_where(cursor);
  update.returning = parse_returning(cursor);
  update.targets = expr::targets_of(update.update);
  check_targets(update.targets);
  return update;
}

Delete parse_delete(Cursor& cursor) {
  cursor.expect_word("DELETE");
  cursor.expect_word("FROM");
  Delete erase;
  erase.from = parse_source(cursor, IndexUse::refused);
  erase.where = parse_where(cursor);
  erase.returning = parse_returning(cursor);
  for (const NamedReturning& known : kReturning) {
    if (erase.returning != known.returning || known.returning == Returning::all_old) continue;
    throw_validation("Invalid returning clause: RETURNING " + std::string(known.scope) + " " +
                     std::string(known.image) + " *. Only RETURNING ALL OLD * is allowed in DELETE statements.");
  }
  return erase;
}

Exists parse_exists(Cursor& cursor) {
  cursor.expect_word("EXISTS");
  cursor.expect_symbol("(");
  Exists exists{parse_select(cursor)};
  cursor.expect_symbol(")");
  return exists;
}

Statement parse_statement(Cursor& cursor, Surface surface) {
  if (cursor.at_word("SELECT")) return parse_select(cursor);
  if (cursor.at_word("INSERT")) return parse_insert(cursor);
  if (cursor.at_word("UPDATE")) return parse_update(cursor);
  if (cursor.at_word("DELETE")) return parse_delete(cursor);
  if (surface == Surface::transaction && cursor.at_word("EXISTS")) return parse_exists(cursor);
  throw_malformed("Expected data manipulation");
}

}  // namespace

Statement parse(std::string_view text, std::span<const Value> parameters, Surface surface) {
  Cursor cursor(tokenize(text), parameters);
  Statement statement = parse_statement(cursor, surface);
  cursor.accept_symbol(";");
  if (cursor.peek().kind != TokenKind::end) cursor.refuse();
  if (!cursor.all_parameters_used()) throw_parameter_count();
  const auto* insert = std::get_if<Insert>(&statement);
  if (insert != nullptr && size_of(*insert->item) > kItemSizeLimit)
    throw_validation("Item size has exceeded the maximum allowed size");
  return statement;
}

}  // namespace fickle::partiql
