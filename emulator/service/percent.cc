#include "emulator/service/percent.hh"

#include "emulator/core/hex.hh"

namespace fickle {

std::optional<std::string> percent_decode(std::string_view text, Plus plus, BadEscape bad) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c != '%') {
      decoded += c == '+' && plus == Plus::blank ? ' ' : c;
      continue;
    }
    const auto high = i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
    const auto low = high ? hex_digit(text[i + 2]) : std::nullopt;
    if (low) {
      decoded += static_cast<char>(*high * 16 + *low);
      i += 2;
    } else if (bad == BadEscape::literal) {
      decoded += c;
    } else {
      return std::nullopt;
    }
  }
  return decoded;
}

}  // namespace fickle
