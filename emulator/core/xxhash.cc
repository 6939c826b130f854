#include "emulator/core/xxhash.hh"

#include <array>
#include <bit>

namespace fickle {

namespace {

constexpr std::uint64_t kPrime1 = 0x9E3779B185EBCA87;
constexpr std::uint64_t kPrime2 = 0xC2B2AE3D27D4EB4F;
constexpr std::uint64_t kPrime3 = 0x165667B19E3779F9;
constexpr std::uint64_t kPrime4 = 0x85EBCA77C2B2AE63;
constexpr std::uint64_t kPrime5 = 0x27D4EB2F165667C5;
constexpr std::size_t kStripe = 32;  // bytes: a lane of 8 for each accumulator

std::uint64_t little_endian(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

std::uint64_t round(std::uint64_t accumulator, std::uint64_t lane) {
  return std::rotl(accumulator + lane * kPrime2, 31) * kPrime1;
}

}  // namespace

std::uint64_t xxh64(std::string_view bytes) {
  std::size_t at = 0;
  std::uint64_t hash = kPrime5;
  if (bytes.size() >= kStripe) {
    std::array<std::uint64_t, 4> lanes = {kPrime1 + kPrime2, kPrime2, 0, 0 - kPrime1};
    for (; at + kStripe <= bytes.size(); at += kStripe) {
      for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i] = round(lanes[i], little_endian(bytes, at + 8 * i, 8));
    }
    hash = std::rotl(lanes[0], 1) + std::rotl(lanes[1], 7) + std::rotl(lanes[2], 12) + std::rotl(lanes[3], 18);
    for (const std::uint64_t lane : lanes) hash = (hash ^ round(0, lane)) * kPrime1 + kPrime4;
  }
  hash += bytes.size();
  for (; at + 8 <= bytes.size(); at += 8)
    hash = std::rotl(hash ^ round(0, little_endian(bytes, at, 8)), 27) * kPrime1 + kPrime4;
  if (at + 4 <= bytes.size()) {
    hash = std::rotl(hash ^ little_endian(bytes, at, 4) * kPrime1, 23) * kPrime2 + kPrime3;
    at += 4;
  }
  for (; at < bytes.size(); ++at)
    hash = std::rotl(hash ^ static_cast<unsigned char>(bytes[at]) * kPrime5, 11) * kPrime1;
  hash = (hash ^ hash >> 33U) * kPrime2;
  hash = (hash ^ hash >> 29U) * kPrime3;
  return hash ^ hash >> 32U;
}

}  // namespace fickle
