// The update and projection grammars (behaviour reference 5.5, 5.6).
#include <vector>

#include "emulator/expr/parser.hh"

namespace fickle::expr {

namespace {

// set_value := operand | sum; sum := operand ('+' | '-') operand | '(' sum ')'; operand := path | :v | call | '(' operand ')'
class SetValueParser {
 public:
  SetValueParser(TokenCursor& cursor, SyntaxTree& tree) : cursor_(cursor), tree_(tree) {}

  std::optional<NodeId> parse() {
    for (;;) {
      if (!read_operand()) return std::nullopt;
      switch (read_operators()) {
        case Next::operand: break;
        case Next::done: return operands_.back().node;
        case Next::error: return std::nullopt;
      }
    }
  }

 private:
  enum class Open : std::uint8_t {
    group,          // ( where a sum may start
    operand_group,  // ( where only an operand may start
    call,           // name (
    sum,            // operand +
  };
  struct Frame {
    Open kind;
    std::size_t base = 0;
    std::string_view text = {};
  };
  struct Operand {
    NodeId node;
    bool is_sum = false;
    bool parenthesised = false;
  };
  enum class Next : std::uint8_t { operand, done, error };

  [[nodiscard]] bool inside(Open kind) const { return !frames_.empty() && frames_.back().kind == kind; }
  [[nodiscard]] bool sum_fits() const { return frames_.empty() || inside(Open::group); }

  bool read_operand() {
    for (;;) {
      if (cursor_.at(TokenKind::name) && cursor_.next_kind() == TokenKind::open) {
        frames_.push_back({Open::call, operands_.size(), cursor_.take().text});
        cursor_.take();
      } else if (cursor_.at(TokenKind::open)) {
        frames_.push_back({sum_fits() ? Open::group : Open::operand_group, operands_.size()});
        cursor_.take();
      } else if (cursor_.at(TokenKind::value_ref)) {
        operands_.push_back({tree_.add(NodeKind::value, cursor_.take().text)});
        return true;
      } else {
        const auto path = cursor_.parse_path(tree_);
        if (path) operands_.push_back({*path});
        return path.has_value();
      }
    }
  }

  Next read_operators() {
    for (;;) {
      if (cursor_.at(TokenKind::plus) || cursor_.at(TokenKind::minus)) {
        if (!sum_fits() || operands_.back().is_sum) return Next::error;
        frames_.push_back({Open::sum, operands_.size() - 1, cursor_.take().text});
        ++tree_.operators;
        return Next::operand;
      }
      if (inside(Open::sum)) reduce(NodeKind::sum);
      if (frames_.empty()) return Next::done;
      if (cursor_.at(TokenKind::comma) && inside(Open::call)) {
        cursor_.take();
        return Next::operand;
      }
      if (!cursor_.take_if(TokenKind::close)) return Next::error;
      close();
    }
  }

  void close() {
    if (inside(Open::call)) {
      ++tree_.operators;
      reduce(NodeKind::call);
      return;
    }
    frames_.pop_back();
    auto& top = operands_.back();
    if (top.parenthesised) tree_.redundant_parentheses = true;
    top.parenthesised = true;
  }

  void reduce(NodeKind kind) {
    const auto frame = frames_.back();
    frames_.pop_back();
    children_.clear();
    for (auto i = frame.base; i < operands_.size(); ++i) children_.push_back(operands_[i].node);
    operands_.resize(frame.base, {0});
    operands_.push_back({tree_.add(kind, frame.text, children_), kind == NodeKind::sum});
  }

  TokenCursor& cursor_;
  SyntaxTree& tree_;
  std::vector<Frame> frames_;
  std::vector<Operand> operands_;
  std::vector<NodeId> children_;
};

bool is_section(TokenKind kind) {
  return kind == TokenKind::set || kind == TokenKind::remove || kind == TokenKind::add || kind == TokenKind::delete_;
}

bool parse_action(TokenCursor& cursor, UpdateSyntax& update, TokenKind section) {
  const auto target = cursor.parse_path(update.tree);
  if (!target) return false;
  ActionSyntax action{section, *target};
  if (section == TokenKind::set) {
    if (!cursor.take_if(TokenKind::equal)) return false;
    const auto value = parse_set_value(cursor, update.tree);
    if (!value) return false;
    action.operand = *value;
  } else if (section != TokenKind::remove) {
    if (!cursor.at(TokenKind::value_ref)) return false;
    action.operand = update.tree.add(NodeKind::value, cursor.take().text);
  }
  update.actions.push_back(action);
  return true;
}

bool parse_section(TokenCursor& cursor, UpdateSyntax& update, std::vector<TokenKind>& seen) {
  if (!is_section(cursor.peek().kind)) return false;
  const auto section = cursor.take().kind;
  do {
    if (!parse_action(cursor, update, section)) return false;
  } while (cursor.take_if(TokenKind::comma));
  for (const auto earlier : seen) {
    if (earlier == section && !update.repeated_section) update.repeated_section = section;
  }
  seen.push_back(section);
  return true;
}

}  // namespace

std::optional<NodeId> parse_set_value(TokenCursor& cursor, SyntaxTree& tree) {
  return SetValueParser(cursor, tree).parse();
}

Result<UpdateSyntax, ExpressionError> parse_update(std::string_view text) {
  TokenCursor cursor(text);
  UpdateSyntax update;
  std::vector<TokenKind> seen;
  do {
    if (!parse_section(cursor, update, seen)) return Refused{cursor.syntax_error()};
  } while (!cursor.at(TokenKind::end));
  return update;
}

Result<ProjectionSyntax, ExpressionError> parse_projection(std::string_view text) {
  TokenCursor cursor(text);
  ProjectionSyntax projection;
  do {
    const auto path = cursor.parse_path(projection.tree);
    if (!path) return Refused{cursor.syntax_error()};
    projection.paths.push_back(*path);
  } while (cursor.take_if(TokenKind::comma));
  if (!cursor.at(TokenKind::end)) return Refused{cursor.syntax_error()};
  return projection;
}

}  // namespace fickle::expr
