// Cursor: where the parser stands in the tokens of a statement, and which parameter the next `?` is. One per statement; not shared.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "emulator/partiql/token.hh"
#include "emulator/value/value.hh"

namespace fickle::partiql {

class Cursor {
 public:
  Cursor(std::vector<Token> tokens, std::span<const Value> parameters)
      : tokens_(std::move(tokens)), parameters_(parameters) {}

  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;  // the end token past the end
  const Token& take();

  // Keywords and function names, in any case.
  [[nodiscard]] bool at_word(std::string_view word, std::size_t ahead = 0) const;
  [[nodiscard]] bool at_symbol(std::string_view symbol, std::size_t ahead = 0) const;
  bool accept_word(std::string_view word);
  bool accept_symbol(std::string_view symbol);
  void expect_word(std::string_view word);
  void expect_symbol(std::string_view symbol);

  // The value of the `?` that the cursor stands on.
  Value take_parameter();
  [[nodiscard]] bool all_parameters_used() const { return used_ == parameters_.size(); }

  // The token here is none that may stand here.
  [[noreturn]] void refuse() const;

 private:
  std::vector<Token> tokens_;
  std::span<const Value> parameters_;
  std::size_t at_ = 0;
  std::size_t used_ = 0;
};

// Words of the grammar that cannot be bare names.
[[nodiscard]] bool is_keyword(std::string_view word);

// «Number of parameters in request and statement don't match.»
[[noreturn]] void throw_parameter_count();

}  // namespace fickle::partiql
