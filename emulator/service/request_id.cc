#include "emulator/service/request_id.hh"

#include "emulator/core/dice.hh"

namespace fickle {

std::string request_id(std::uint64_t seed, std::string_view universe, std::uint64_t nth) {
  static constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
  std::string id(26, '0');
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < id.size(); ++i) {
    if (i % 12 == 0) bits = keyed_draw(seed, universe, "request", nth, i == 0 ? "a" : i == 12 ? "b" : "c");
    id[i] = kAlphabet[bits & 31];
    bits >>= 5;
  }
  return id.append("VV4KQNSO5AEMVJF66Q9ASUAAJG");
}

}  // namespace fickle
