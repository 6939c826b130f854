#include "emulator/core/dice.hh"

#include <bit>
#include <cstring>
#include <utility>

#include "emulator/core/mix.hh"

namespace fickle {
namespace {

constexpr std::size_t kDecisionsKept = 100'000;
constexpr std::string_view kIdPurpose = "id";
constexpr std::string_view kIdAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUV";  // 32 characters: five bits each

std::string count_key(std::string_view source, std::string_view purpose) {
  std::string key;
  key.reserve(source.size() + 1 + purpose.size());
  key.append(source).append(1, '\0').append(purpose);
  return key;
}

std::string script_key(std::string_view count_key, std::uint64_t n) {
  std::string key(count_key);
  key.append(1, '\0').append(std::to_string(n));
  return key;
}

// The upper 53 bits as a double in [0, 1).
double unit_interval(std::uint64_t bits) {
  return static_cast<double>(bits >> 11U) * 0x1.0p-53;
}

}  // namespace

std::uint64_t keyed_draw(std::uint64_t seed, std::string_view universe, std::string_view source, std::uint64_t nth,
                         std::string_view purpose) {
  std::uint64_t state = mix64(seed ^ 0x66'69'63'6b'6c'65'64'62U);
  state = mix_text(state, universe);
  state = mix_text(state, source);
  state = mix_text(state, purpose);
  return mix64(state ^ mix64(nth + kGolden64));
}

double Dice::draw(std::string_view source, std::string_view purpose) {
  const std::string key = count_key(source, purpose);
  const std::uint64_t n = ++counts_[key];
  double value = 0;
  const auto scripted = script_.empty() ? script_.end() : script_.find(script_key(key, n));
  if (scripted != script_.end()) {
    value = scripted->second;
    script_.erase(scripted);
  } else {
    value = unit_interval(keyed_draw(seed_, universe_, source, n, purpose));
  }
  if (decisions_.size() == kDecisionsKept) decisions_.pop_front();
  decisions_.push_back({std::string(source), n, std::string(purpose), value});
  return value;
}

std::uint64_t Dice::bits(std::string_view source) {
  auto count = counts_.find(source);
  if (count == counts_.end()) count = counts_.emplace(std::string(source), 0).first;
  return keyed_draw(seed_, universe_, source, ++count->second, kIdPurpose);
}

std::string Dice::text(std::string_view source, std::size_t length) {
  constexpr unsigned kCharactersPerWord = 12;  // of five bits
  std::uint64_t state = bits(source);
  std::uint64_t word = 0;
  std::string text(length, '\0');
  for (std::size_t i = 0; i < length; ++i) {
    if (i % kCharactersPerWord == 0) {
      state += kGolden64;
      word = mix64(state);
    }
    text[i] = kIdAlphabet[word & 31U];
    word >>= 5U;
  }
  return text;
}

void Dice::rewind() {
  counts_.clear();
  script_.clear();
  decisions_.clear();
}

void Dice::follow(const std::vector<Decision>& script) {
  rewind();
  for (const Decision& decision : script) {
    script_[script_key(count_key(decision.source, decision.purpose), decision.n)] = decision.value;
  }
}

}  // namespace fickle
