#include "emulator/partiql/lexer.hh"

#include <array>

#include "emulator/partiql/malformed.hh"

namespace fickle::partiql {

namespace {

// Longest first.
constexpr std::array<std::string_view, 7> kPairs = {"<<", ">>", "<=", ">=", "<>", "!=", "||"};
constexpr std::string_view kSingles = "()[]{},.:;=<>+-*/%";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
// Letters of any script stand in names.
bool starts_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}
bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    std::vector<Token> tokens;
    for (skip_blanks(); at_ < text_.size(); skip_blanks()) tokens.push_back(next());
    tokens.push_back(Token{.kind = TokenKind::end, .text = {}, .line = line_, .column = column_, .length = 0});
    return tokens;
  }

 private:
  [[nodiscard]] bool starts_with(std::string_view prefix) const { return text_.substr(at_).starts_with(prefix); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  void advance() {
    const char c = text_[at_++];
    if (c == '\n') {
      ++line_;
      column_ = 1;
    } else if (!is_continuation(c)) {
      ++column_;
    }
  }
  void advance(std::size_t count) {
    while (count-- > 0) advance();
  }

  void skip_blanks() {
    while (at_ < text_.size()) {
      if (starts_with("--")) {
        while (at_ < text_.size() && text_[at_] != '\n') advance();
      } else if (starts_with("/*")) {
        const std::size_t close = text_.find("*/", at_ + 2);
        if (close == std::string_view::npos) throw_malformed();
        advance(close + 2 - at_);
      } else if (std::string_view(" \t\r\n\f\v").find(text_[at_]) != std::string_view::npos) {
        advance();
      } else {
        return;
      }
    }
  }

  Token next() {
    Token token{.kind = TokenKind::symbol, .text = {}, .line = line_, .column = column_, .length = 0};
    const std::size_t begin = at_;
    const char c = peek();
    if (c == '\'' || c == '"') {
      token.kind = c == '\'' ? TokenKind::string : TokenKind::quoted;
      token.text = quoted(c);
    } else if (is_digit(c) || (c == '.' && is_digit(peek(1)) && !follows_name_)) {
      token.kind = TokenKind::number;
      token.text = number();
    } else if (starts_word(c)) {
      token.kind = TokenKind::word;
      while (starts_word(peek()) || is_digit(peek())) advance();
      token.text = text_.substr(begin, at_ - begin);
    } else if (c == '?') {
      token.kind = TokenKind::parameter;
      token.text = "?";
      advance();
    } else {
      token.text = symbol();
    }
    for (std::size_t i = begin; i < at_; ++i) token.length += is_continuation(text_[i]) ? 0 : 1;
    follows_name_ = token.kind == TokenKind::word || token.kind == TokenKind::quoted || token.text == "]";
    return token;
  }

  std::string quoted(char quote) {
    std::string text;
    advance();
    while (at_ < text_.size()) {
      if (peek() == quote && peek(1) != quote) {
        advance();
        return text;
      }
      if (peek() == quote) advance();  // doubled: stands for itself
      text += peek();
      advance();
    }
    throw_malformed();
  }

  std::string number() {
    const std::size_t begin = at_;
    const auto digits = [this] {
      while (is_digit(peek())) advance();
    };
    digits();
    if (peek() == '.') {
      advance();
      digits();
    }
    const bool has_exponent = peek() == 'e' || peek() == 'E';
    const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    if (has_exponent && is_digit(peek(1 + sign))) {
      advance(1 + sign);
      digits();
    }
    if (starts_word(peek())) throw_malformed();  // 12abc
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::string symbol() {
    for (const std::string_view pair : kPairs) {
      if (!starts_with(pair)) continue;
      advance(pair.size());
      return std::string(pair);
    }
    const char c = peek();
    if (kSingles.find(c) == std::string_view::npos) throw_malformed();
    advance();
    return {c};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t column_ = 1;
  bool follows_name_ = false;  // then a point belongs to a path, not to a number
};

}  // namespace

std::vector<Token> tokenize(std::string_view statement) {
  return Lexer(statement).run();
}

}  // namespace fickle::partiql
