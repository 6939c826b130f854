#include "emulator/core/base64.hh"

#include <array>
#include <cstdint>

namespace fickle {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kIllegal = 0xFF;

constexpr auto kSextets = [] {
  std::array<std::uint8_t, 256> sextets{};
  sextets.fill(kIllegal);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    sextets[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return sextets;
}();

std::uint32_t octet(std::string_view bytes, std::size_t i) {
  return static_cast<unsigned char>(bytes[i]);
}
std::uint32_t sextet(char c) {
  return kSextets[static_cast<unsigned char>(c)];
}
char letter(std::uint32_t bits) {
  return kAlphabet[bits & 63U];
}

}  // namespace

void append_base64(std::string& out, std::string_view bytes) {
  const std::size_t start = out.size();
  out.resize(start + (bytes.size() + 2) / 3 * 4);
  char* to = out.data() + start;
  std::size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3) {
    const std::uint32_t group = octet(bytes, i) << 16U | octet(bytes, i + 1) << 8U | octet(bytes, i + 2);
    *to++ = letter(group >> 18U);
    *to++ = letter(group >> 12U);
    *to++ = letter(group >> 6U);
    *to++ = letter(group);
  }
  const std::size_t rest = bytes.size() - i;
  if (rest == 0) return;
  const std::uint32_t group = octet(bytes, i) << 16U | (rest == 2 ? octet(bytes, i + 1) << 8U : 0U);
  *to++ = letter(group >> 18U);
  *to++ = letter(group >> 12U);
  *to++ = rest == 2 ? letter(group >> 6U) : '=';
  *to++ = '=';
}

std::string base64_encode(std::string_view bytes) {
  std::string out;
  append_base64(out, bytes);
  return out;
}

Result<std::string, Base64Error> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return Refused{Base64Error::length};
  if (text.empty()) return std::string();

  // The service looks at the last character before the padding first, then at the alphabet.
  const std::size_t padding = !text.ends_with('=') ? 0U : text.ends_with("==") ? 2U : 1U;
  if (padding != 0) {
    const std::uint32_t last = sextet(text[text.size() - padding - 1]);
    if (last != kIllegal && (last & (padding == 1 ? 3U : 15U)) != 0) return Refused{Base64Error::last_character};
  }
  std::string out(text.size() / 4 * 3 - padding, '\0');
  char* to = out.data();
  const std::size_t whole = padding == 0 ? text.size() : text.size() - 4;
  for (std::size_t i = 0; i < whole; i += 4) {
    const std::uint32_t a = sextet(text[i]);
    const std::uint32_t b = sextet(text[i + 1]);
    const std::uint32_t c = sextet(text[i + 2]);
    const std::uint32_t d = sextet(text[i + 3]);
    if ((a | b | c | d) > 63) return Refused{Base64Error::alphabet};
    const std::uint32_t group = a << 18U | b << 12U | c << 6U | d;
    *to++ = static_cast<char>(group >> 16U & 0xFFU);
    *to++ = static_cast<char>(group >> 8U & 0xFFU);
    *to++ = static_cast<char>(group & 0xFFU);
  }
  if (padding == 0) return out;

  const std::uint32_t a = sextet(text[whole]);
  const std::uint32_t b = sextet(text[whole + 1]);
  const std::uint32_t c = padding == 1 ? sextet(text[whole + 2]) : 0U;
  if ((a | b | c) > 63) return Refused{Base64Error::alphabet};
  *to++ = static_cast<char>((a << 2U | b >> 4U) & 0xFFU);
  if (padding == 1) *to++ = static_cast<char>((b << 4U | c >> 2U) & 0xFFU);
  return out;
}

}  // namespace fickle
