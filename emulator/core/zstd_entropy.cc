#include "emulator/core/zstd_entropy.hh"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <string>

namespace fickle::zstd {

namespace {

constexpr unsigned kHuffmanLogMax = 11;
constexpr unsigned kWeightsLogMax = 6;
constexpr std::size_t kSymbols = 256;

unsigned floor_log2(std::uint64_t value) {
  return static_cast<unsigned>(std::bit_width(value)) - 1;
}

std::uint8_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

}  // namespace

std::uint32_t ForwardBits::take(unsigned count) {
  std::uint32_t value = 0;
  for (unsigned i = 0; i < count; ++i, ++at_) {
    if (at_ / 8 >= bytes_.size()) continue;
    value |= (static_cast<std::uint32_t>(byte_at(bytes_, at_ / 8)) >> (at_ % 8) & 1U) << i;
  }
  return value;
}

std::optional<BackwardBits> BackwardBits::open(std::string_view bytes) {
  if (bytes.empty() || bytes.back() == '\0') return std::nullopt;
  const unsigned mark = floor_log2(byte_at(bytes, bytes.size() - 1));
  return BackwardBits(bytes, static_cast<std::int64_t>((bytes.size() - 1) * 8 + mark));
}

std::uint64_t BackwardBits::take(unsigned count) {
  if (count == 0) return 0;
  left_ -= count;
  const auto first = static_cast<std::size_t>(std::max<std::int64_t>(left_, 0));
  const std::int64_t missing = left_ < 0 ? -left_ : 0;
  if (missing >= static_cast<std::int64_t>(count)) return 0;
  const unsigned present = count - static_cast<unsigned>(missing);
  std::uint64_t word = 0;
  const std::size_t begin = first / 8;
  for (std::size_t i = 0; i < 8 && begin + i < bytes_.size(); ++i)
    word |= static_cast<std::uint64_t>(byte_at(bytes_, begin + i)) << (8 * i);
  return (word >> (first % 8) & ((std::uint64_t{1} << present) - 1)) << static_cast<unsigned>(missing);
}

std::optional<StateTable> StateTable::make(std::span<const std::int16_t> probabilities, unsigned log) {
  const std::uint32_t size = 1U << log;
  std::int64_t sum = 0;
  for (const std::int16_t probability : probabilities) sum += std::abs(probability);
  if (sum != size) return std::nullopt;
  StateTable table;
  table.log_ = log;
  table.cells_.resize(size);
  std::vector<std::uint32_t> next(probabilities.size());
  std::uint32_t high = size;  // from here on: symbols of less than one
  for (std::size_t symbol = 0; symbol < probabilities.size(); ++symbol) {
    if (probabilities[symbol] != -1) continue;
    table.cells_[--high].symbol = static_cast<std::uint8_t>(symbol);
    next[symbol] = 1;
  }
  const std::uint32_t step = (size >> 1U) + (size >> 3U) + 3;
  std::uint32_t place = 0;
  for (std::size_t symbol = 0; symbol < probabilities.size(); ++symbol) {
    if (probabilities[symbol] <= 0) continue;
    next[symbol] = static_cast<std::uint32_t>(probabilities[symbol]);
    for (std::int16_t i = 0; i < probabilities[symbol]; ++i) {
      table.cells_[place].symbol = static_cast<std::uint8_t>(symbol);
      do place = (place + step) & (size - 1);
      while (place >= high);
    }
  }
  for (Cell& cell : table.cells_) {
    const std::uint32_t state = next[cell.symbol]++;
    cell.bits = static_cast<std::uint8_t>(log - floor_log2(state));
    cell.base = static_cast<std::uint16_t>((state << cell.bits) - size);
  }
  return table;
}

StateTable StateTable::single(std::uint8_t symbol) {
  StateTable table;
  table.cells_.push_back({.symbol = symbol, .bits = 0, .base = 0});
  return table;
}

std::optional<ReadTable> read_table(std::string_view bytes, unsigned log_max, std::size_t symbols_max) {
  ForwardBits bits(bytes);
  const unsigned log = bits.take(4) + 5;
  if (log > log_max) return std::nullopt;
  std::vector<std::int16_t> probabilities;
  std::int32_t remaining = 1 << log;
  while (remaining > 0 && probabilities.size() < symbols_max && !bits.overrun()) {
    const auto most = static_cast<std::uint32_t>(remaining) + 1;
    const unsigned width = floor_log2(most) + 1;
    std::uint32_t value = bits.take(width);
    const std::uint32_t low = (1U << (width - 1)) - 1;
    const std::uint32_t spare = (1U << width) - 1 - most;  // so many values need a bit less
    if ((value & low) < spare) {
      bits.give_back(1);
      value &= low;
    } else if (value > low) {
      value -= spare;
    }
    const auto probability = static_cast<std::int16_t>(static_cast<std::int32_t>(value) - 1);
    remaining -= std::abs(probability);
    probabilities.push_back(probability);
    if (probability != 0) continue;
    for (std::uint32_t repeat = 3; repeat == 3 && probabilities.size() < symbols_max;) {
      repeat = bits.take(2);
      probabilities.resize(std::min(probabilities.size() + repeat, symbols_max), 0);
    }
  }
  if (remaining != 0 || bits.overrun()) return std::nullopt;
  auto table = StateTable::make(probabilities, log);
  if (!table) return std::nullopt;
  return ReadTable{*std::move(table), bits.bytes_used()};
}

namespace {

// Weights that are themselves coded by two states in turn, until the bits run out.
std::optional<std::vector<std::uint8_t>> read_coded_weights(std::string_view bytes) {
  const auto read = read_table(bytes, kWeightsLogMax, kSymbols);
  if (!read) return std::nullopt;
  auto bits = BackwardBits::open(bytes.substr(std::min(read->size, bytes.size())));
  if (!bits) return std::nullopt;
  std::array<State, 2> states{State(read->table, *bits), State(read->table, *bits)};
  std::vector<std::uint8_t> weights;
  for (std::size_t turn = 0; weights.size() < kSymbols; turn ^= 1U) {
    weights.push_back(states[turn].symbol());
    states[turn].advance(*bits);
    if (bits->left() >= 0) continue;
    weights.push_back(states[turn ^ 1U].symbol());
    return weights;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::pair<HuffmanTable, std::size_t>> HuffmanTable::read(std::string_view bytes) {
  if (bytes.empty()) return std::nullopt;
  const std::uint8_t head = byte_at(bytes, 0);
  std::vector<std::uint8_t> weights;
  std::size_t size = 1;
  if (head >= 128) {
    const std::size_t count = head - 127U;
    size += (count + 1) / 2;
    if (bytes.size() < size) return std::nullopt;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint8_t both = byte_at(bytes, 1 + i / 2);
      weights.push_back(i % 2 == 0 ? both >> 4U : both & 15U);
    }
  } else {
    size += head;
    if (bytes.size() < size) return std::nullopt;
    auto read = read_coded_weights(bytes.substr(1, head));
    if (!read) return std::nullopt;
    weights = *std::move(read);
  }
  auto table = make(std::move(weights));
  if (!table) return std::nullopt;
  return std::pair{*std::move(table), size};
}

std::optional<HuffmanTable> HuffmanTable::make(std::vector<std::uint8_t> weights) {
  std::uint32_t sum = 0;
  for (const std::uint8_t weight : weights) {
    if (weight > kHuffmanLogMax) return std::nullopt;
    sum += weight == 0 ? 0 : 1U << (weight - 1U);
  }
  if (sum == 0 || weights.size() >= kSymbols) return std::nullopt;
  HuffmanTable table;
  table.log_ = floor_log2(sum) + 1;
  const std::uint32_t rest = (1U << table.log_) - sum;  // the last symbol's
  if (table.log_ > kHuffmanLogMax || !std::has_single_bit(rest)) return std::nullopt;
  weights.push_back(static_cast<std::uint8_t>(floor_log2(rest) + 1));
  // The longest codes come first, equal ones in the order of their symbols.
  std::uint32_t place = 0;
  table.cells_.resize(std::size_t{1} << table.log_);
  for (unsigned weight = 1; weight <= table.log_; ++weight) {
    for (std::size_t symbol = 0; symbol < weights.size(); ++symbol) {
      if (weights[symbol] != weight) continue;
      const Cell cell{static_cast<std::uint8_t>(symbol), static_cast<std::uint8_t>(table.log_ + 1 - weight)};
      const std::uint32_t width = 1U << (weight - 1);
      std::fill_n(table.cells_.begin() + place, width, cell);
      place += width;
    }
  }
  return place == table.cells_.size() ? std::optional(std::move(table)) : std::nullopt;
}

bool HuffmanTable::decode(std::string_view stream, std::size_t count, std::string& out) const {
  auto bits = BackwardBits::open(stream);
  if (!bits) return false;
  const std::uint32_t mask = (1U << log_) - 1;
  auto state = static_cast<std::uint32_t>(bits->take(log_));
  for (std::size_t i = 0; i < count; ++i) {
    const Cell& cell = cells_[state];
    out += static_cast<char>(cell.symbol);
    state = (state << cell.bits | static_cast<std::uint32_t>(bits->take(cell.bits))) & mask;
  }
  return bits->left() == -static_cast<std::int64_t>(log_);
}

}  // namespace fickle::zstd
