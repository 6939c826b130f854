#include "emulator/expr/token_cursor.hh"

#include "emulator/expr/lexer.hh"

namespace fickle::expr {

TokenCursor::TokenCursor(std::string_view text) : text_(text), tokens_(lex(text)) {}

TokenKind TokenCursor::next_kind() const {
  return at_ + 1 < tokens_.size() ? tokens_[at_ + 1].kind : TokenKind::end;
}

const Token& TokenCursor::take() {
  const auto& token = tokens_[at_];
  if (at_ + 1 < tokens_.size()) ++at_;
  return token;
}

bool TokenCursor::take_if(TokenKind kind) {
  if (!at(kind)) return false;
  take();
  return true;
}

bool TokenCursor::parse_element(SyntaxTree& tree) {
  if (!at(TokenKind::name) && !at(TokenKind::name_ref)) return false;
  const auto& token = take();
  tree.parts.push_back({token.kind, token.text});
  return true;
}

std::optional<NodeId> TokenCursor::parse_path(SyntaxTree& tree) {
  const auto first = tree.parts.size();
  if (!parse_element(tree)) return std::nullopt;
  return finish_path(tree, first, std::nullopt);
}

std::optional<NodeId> TokenCursor::continue_path(SyntaxTree& tree, NodeId base) {
  return finish_path(tree, tree.parts.size(), base);
}

std::optional<NodeId> TokenCursor::finish_path(SyntaxTree& tree, std::size_t first, std::optional<NodeId> base) {
  for (;;) {
    if (take_if(TokenKind::dot)) {
      if (!parse_element(tree)) return std::nullopt;
    } else if (take_if(TokenKind::open_bracket)) {
      if (!at(TokenKind::index)) return std::nullopt;
      tree.parts.push_back({TokenKind::index, take().text});
      if (!take_if(TokenKind::close_bracket)) return std::nullopt;
    } else {
      break;
    }
  }
  tree.nodes.push_back({NodeKind::path,
                        {},
                        static_cast<std::uint32_t>(first),
                        static_cast<std::uint32_t>(tree.parts.size() - first),
                        base});
  return static_cast<NodeId>(tree.nodes.size() - 1);
}

ExpressionError TokenCursor::syntax_error() const {
  const auto& token = peek();
  const bool at_end = token.kind == TokenKind::end;
  const bool last = at_end || tokens_[at_ + 1].kind == TokenKind::end;
  const auto begin = at_ > 0 ? tokens_[at_ - 1].begin : token.begin;
  auto end = last ? token.end() : tokens_[at_ + 1].end();
  if (at_end) end = at_ > 0 ? tokens_[at_ - 1].end() : begin;
  ExpressionError error{ExpressionError::Code::syntax, at_end ? "<EOF>" : std::string(token.text)};
  error.near = text_.substr(begin, end - begin);
  return error;
}

}  // namespace fickle::expr
