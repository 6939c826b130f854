// Fuzzer: the parsers at the bottom, told apart by the first byte. What is accepted prints and reads back the same.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "emulator/core/base64.hh"
#include "emulator/core/gzip.hh"
#include "emulator/core/invariant.hh"
#include "emulator/core/text.hh"
#include "emulator/core/timetext.hh"
#include "emulator/value/number.hh"

namespace fickle {
namespace {

void check_number(std::string_view text) {
  const auto number = Number::parse(text);
  if (!number) return;
  const auto again = Number::parse(number.value().to_string());
  invariant(again.ok() && again.value() == number.value(), "a printed number reads back as itself");
  const auto zero = number.value().minus(again.value());
  invariant(zero.ok() && zero.value().is_zero(), "a number less itself is zero");
}

void check_base64(std::string_view text) {
  const auto bytes = base64_decode(text);
  if (bytes) invariant(base64_encode(bytes.value()) == text, "base64 has one text for its bytes");
}

void check_gzip(std::string_view bytes) {
  constexpr std::size_t kLimit = 1 << 20;
  const auto text = gunzip(bytes, kLimit);
  if (text) invariant(gunzip(gzip(text.value()), kLimit).value() == text.value(), "gzip keeps its text");
  const auto bare = inflate_deflate(bytes, kLimit);
  if (bare) invariant(bare.value().size() <= kLimit, "the limit holds");
}

void check_times(std::string_view text) {
  const auto duration = parse_duration(text, Sign::allowed);
  if (duration) {
    invariant(parse_duration(format_duration(*duration), Sign::allowed) == duration, "a duration reads back as itself");
  }
  const auto instant = parse_instant(text);
  if (instant) invariant(parse_instant(format_instant(*instant)).has_value(), "an instant reads back");
  (void)parse_amz_date(text);
}

void check_text(std::string_view text) {
  (void)is_valid_utf8(text);
  (void)utf16_length(text);
  (void)parse_integer(text);
  const std::string_view pattern = text.substr(0, text.size() / 2);
  invariant(glob_match("*" + std::string(text) + "*", text), "stars around a text match it");
  (void)glob_match(pattern, text.substr(pattern.size()));
}

}  // namespace
}  // namespace fickle

// NOLINTNEXTLINE: the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using Check = void (*)(std::string_view);
  constexpr Check kChecks[] = {fickle::check_number, fickle::check_base64, fickle::check_gzip, fickle::check_times,
                               fickle::check_text};
  if (size == 0) return 0;
  kChecks[data[0] % std::size(kChecks)]({reinterpret_cast<const char*>(data) + 1, size - 1});
  return 0;
}
