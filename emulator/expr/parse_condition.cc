// The condition grammar (behaviour reference 5.2) as an operator-precedence parser with a stack of its own.
#include <vector>

#include "emulator/expr/parser.hh"

namespace fickle::expr {

namespace {

class ConditionParser {
 public:
  explicit ConditionParser(std::string_view text) : cursor_(text) {}

  Result<SyntaxTree, ExpressionError> parse() {
    if (!run()) return Refused{cursor_.syntax_error()};
    tree_.root = operands_.back().node;
    return std::move(tree_);
  }

 private:
  // What has been opened and waits for its end.
  enum class Open : std::uint8_t {
    group,          // ( where a condition may start; may turn out to hold an operand
    operand_group,  // ( where only an operand may start
    call,           // name (
    list,           // IN (
    comparison,     // operand =
    between_low,    // operand BETWEEN
    between_high,   // operand BETWEEN operand AND
    negation,       // NOT
    conjunction,    // condition AND ...
    disjunction,    // condition OR ...
  };
  struct Frame {
    Open kind;
    std::size_t base = 0;        // of its operands in operands_
    std::string_view text = {};  // function name or comparator
  };
  enum class Sort : std::uint8_t { path, value, call, condition };  // a call may be an operand or a condition
  struct Operand {
    NodeId node;
    Sort sort;
    bool parenthesised = false;
  };
  enum class Next : std::uint8_t { operand, done, error };

  bool run() {
    for (;;) {
      if (!read_operand()) return false;
      switch (read_operators()) {
        case Next::operand: break;
        case Next::done: return true;
        case Next::error: return false;
      }
    }
  }

  [[nodiscard]] bool inside(Open kind) const { return !frames_.empty() && frames_.back().kind == kind; }
  // Whether a condition may start here; else only an operand.
  [[nodiscard]] bool condition_fits() const {
    return frames_.empty() || inside(Open::group) || inside(Open::negation) || inside(Open::conjunction) ||
           inside(Open::disjunction);
  }
  void open(Open kind, std::string_view text = {}) { frames_.push_back({kind, operands_.size(), text}); }

  // NOT and ( in any number, then a path, a value or the start of a call's arguments.
  bool read_operand() {
    for (;;) {
      if (cursor_.at(TokenKind::name) && cursor_.next_kind() == TokenKind::open) {
        open(Open::call, cursor_.take().text);
        cursor_.take();
      } else if (cursor_.at(TokenKind::open)) {
        open(condition_fits() ? Open::group : Open::operand_group);
        cursor_.take();
      } else if (cursor_.at(TokenKind::not_) && condition_fits()) {
        open(Open::negation);
        ++tree_.operators;
        cursor_.take();
      } else if (cursor_.at(TokenKind::value_ref)) {
        operands_.push_back({tree_.add(NodeKind::value, cursor_.take().text), Sort::value});
        return true;
      } else {
        const auto path = cursor_.parse_path(tree_);
        if (path) operands_.push_back({*path, Sort::path});
        return path.has_value();
      }
    }
  }

  // What may follow an operand, until another operand is needed.
  Next read_operators() {
    for (;;) {
      bool fits = false;
      switch (cursor_.peek().kind) {
        case TokenKind::dot:
        case TokenKind::open_bracket:
          if (!continue_path()) return Next::error;
          continue;
        case TokenKind::close:
          if (!close_parenthesis()) return Next::error;
          continue;
        case TokenKind::end: return finish() ? Next::done : Next::error;
        case TokenKind::equal:
        case TokenKind::not_equal:
        case TokenKind::less:
        case TokenKind::less_equal:
        case TokenKind::greater:
        case TokenKind::greater_equal: fits = begin_test(Open::comparison); break;
        case TokenKind::between: fits = begin_test(Open::between_low); break;
        case TokenKind::in: fits = begin_list(); break;
        case TokenKind::and_: fits = inside(Open::between_low) ? begin_upper_bound() : join(Open::conjunction); break;
        case TokenKind::or_: fits = join(Open::disjunction); break;
        case TokenKind::comma: fits = inside(Open::call) || inside(Open::list); break;
        case TokenKind::name:
        case TokenKind::name_ref:
        case TokenKind::value_ref:
        case TokenKind::index:
        case TokenKind::plus:
        case TokenKind::minus:
        case TokenKind::open:
        case TokenKind::close_bracket:
        case TokenKind::not_:
        case TokenKind::set:
        case TokenKind::remove:
        case TokenKind::add:
        case TokenKind::delete_:
        case TokenKind::unknown: break;
      }
      if (!fits) return Next::error;
      cursor_.take();
      return Next::operand;
    }
  }

  bool continue_path() {
    auto& top = operands_.back();
    if (top.sort != Sort::path || !top.parenthesised) return false;
    const auto path = cursor_.continue_path(tree_, top.node);
    if (path) top = {*path, Sort::path};
    return path.has_value();
  }

  // operand = | operand BETWEEN: the operand on top becomes the left-hand side.
  bool begin_test(Open kind) {
    if (operands_.back().sort == Sort::condition || !condition_fits()) return false;
    frames_.push_back({kind, operands_.size() - 1, cursor_.peek().text});
    ++tree_.operators;
    return true;
  }
  bool begin_list() {
    if (!begin_test(Open::list)) return false;
    cursor_.take();
    return cursor_.at(TokenKind::open);
  }
  bool begin_upper_bound() {
    frames_.back().kind = Open::between_high;
    return true;
  }

  void reduce(NodeKind kind, std::string_view text, Sort sort) {
    const auto base = frames_.back().base;
    children_.clear();
    for (auto i = base; i < operands_.size(); ++i) children_.push_back(operands_[i].node);
    operands_.resize(base, {0, Sort::value});
    operands_.push_back({tree_.add(kind, text, children_), sort});
    frames_.pop_back();
  }

  // Ends the comparison and the NOTs that the operand on top completes. False when this makes no condition.
  bool complete_condition() {
    if (inside(Open::comparison)) reduce(NodeKind::comparison, frames_.back().text, Sort::condition);
    if (inside(Open::between_high)) reduce(NodeKind::between, "BETWEEN", Sort::condition);
    const auto sort = operands_.back().sort;
    if (sort != Sort::condition && sort != Sort::call) return false;
    while (inside(Open::negation)) reduce(NodeKind::negation, "NOT", Sort::condition);
    return condition_fits();
  }
  bool complete_disjunction() {
    if (!complete_condition()) return false;
    if (inside(Open::conjunction)) reduce(NodeKind::conjunction, "AND", Sort::condition);
    if (inside(Open::disjunction)) reduce(NodeKind::disjunction, "OR", Sort::condition);
    return true;
  }

  // AND, OR: one n-ary frame collects all terms of a chain.
  bool join(Open kind) {
    if (!complete_condition()) return false;
    if (kind == Open::disjunction && inside(Open::conjunction)) reduce(NodeKind::conjunction, "AND", Sort::condition);
    if (!inside(kind)) frames_.push_back({kind, operands_.size() - 1});
    ++tree_.operators;
    return true;
  }

  bool close_parenthesis() {
    if (frames_.empty()) return false;
    const bool is_operand = operands_.back().sort != Sort::condition;
    if (inside(Open::call)) {
      cursor_.take();
      reduce(NodeKind::call, frames_.back().text, Sort::call);
      return true;
    }
    if (inside(Open::list)) {
      cursor_.take();
      reduce(NodeKind::in, "IN", Sort::condition);
      return true;
    }
    const bool closes_operand = inside(Open::operand_group) || (inside(Open::group) && is_operand);
    if (!closes_operand && (!complete_disjunction() || !inside(Open::group))) return false;
    cursor_.take();
    frames_.pop_back();
    auto& top = operands_.back();
    if (top.parenthesised) tree_.redundant_parentheses = true;
    top.parenthesised = true;
    return true;
  }

  bool finish() { return complete_disjunction() && frames_.empty(); }

  TokenCursor cursor_;
  SyntaxTree tree_;
  std::vector<Frame> frames_;
  std::vector<Operand> operands_;
  std::vector<NodeId> children_;
};

}  // namespace

Result<SyntaxTree, ExpressionError> parse_condition(std::string_view text) {
  return ConditionParser(text).parse();
}

}  // namespace fickle::expr
