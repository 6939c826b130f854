#include "emulator/expr/reserved.hh"

#include <algorithm>
#include <array>

#include "emulator/expr/reserved_words.hh"

namespace fickle::expr {

namespace {

constexpr std::size_t longest_reserved_word() {
  std::size_t longest = 0;
  for (const auto word : kReservedWords) longest = std::max(longest, word.size());
  return longest;
}

static_assert(std::ranges::is_sorted(kReservedWords));

}  // namespace

bool is_reserved(std::string_view word) {
  constexpr auto kLongest = longest_reserved_word();
  if (word.empty() || word.size() > kLongest) return false;
  std::array<char, kLongest> upper{};
  std::ranges::transform(word, upper.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return std::ranges::binary_search(kReservedWords, std::string_view(upper.data(), word.size()));
}

}  // namespace fickle::expr
