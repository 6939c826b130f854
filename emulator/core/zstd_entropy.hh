// The entropy coding inside zstd: bit readers, finite state tables, Huffman tables. Values; no allocation beyond the tables, every loop bounded
// by table sizes. What cannot be right is told by nullopt or by a reader that has run out. Source: RFC 8878, section 4.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace fickle::zstd {

// Bits from the first byte on, least significant first. Past the end: zeros.
class ForwardBits {
 public:
  explicit ForwardBits(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] std::uint32_t take(unsigned count);
  void give_back(unsigned count) { at_ -= count; }
  [[nodiscard]] bool overrun() const { return at_ > bytes_.size() * 8; }
  [[nodiscard]] std::size_t bytes_used() const { return (at_ + 7) / 8; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;  // bits
};

// Bits from the last byte on, most significant first; the highest bit set of the last byte marks where they begin. Before the first: zeros.
class BackwardBits {
 public:
  // nullopt: empty, or the mark is missing.
  [[nodiscard]] static std::optional<BackwardBits> open(std::string_view bytes);
  [[nodiscard]] std::uint64_t take(unsigned count);  // at most 56
  // How many bits are left; negative when more were taken than there were.
  [[nodiscard]] std::int64_t left() const { return left_; }

 private:
  BackwardBits(std::string_view bytes, std::int64_t left) : bytes_(bytes), left_(left) {}
  std::string_view bytes_;
  std::int64_t left_ = 0;
};

// A finite state table.
class StateTable {
 public:
  struct Cell {
    std::uint8_t symbol = 0;
    std::uint8_t bits = 0;
    std::uint16_t base = 0;
  };
  // From the probabilities of symbols, in units of 2^-log; -1: less than one. nullopt when they do not add up.
  [[nodiscard]] static std::optional<StateTable> make(std::span<const std::int16_t> probabilities, unsigned log);
  // One symbol for ever.
  [[nodiscard]] static StateTable single(std::uint8_t symbol);

  [[nodiscard]] unsigned log() const { return log_; }
  [[nodiscard]] const Cell& at(std::uint32_t state) const { return cells_[state]; }

 private:
  std::vector<Cell> cells_;
  unsigned log_ = 0;
};

// Where a decoding stands.
class State {
 public:
  State(const StateTable& table, BackwardBits& bits)
      : table_(&table), now_(static_cast<std::uint32_t>(bits.take(table.log()))) {}
  [[nodiscard]] std::uint8_t symbol() const { return table_->at(now_).symbol; }
  void advance(BackwardBits& bits) {
    const StateTable::Cell& cell = table_->at(now_);
    now_ = static_cast<std::uint32_t>(cell.base + bits.take(cell.bits));
  }

 private:
  const StateTable* table_;
  std::uint32_t now_;
};

// A table as it stands in a block, and how many bytes that took.
struct ReadTable {
  StateTable table;
  std::size_t size = 0;
};
[[nodiscard]] std::optional<ReadTable> read_table(std::string_view bytes, unsigned log_max, std::size_t symbols_max);

class HuffmanTable {
 public:
  // From its description, and how many bytes that took.
  [[nodiscard]] static std::optional<std::pair<HuffmanTable, std::size_t>> read(std::string_view bytes);
  // Appends `count` symbols; false when the stream does not hold just as many.
  [[nodiscard]] bool decode(std::string_view stream, std::size_t count, std::string& out) const;

 private:
  struct Cell {
    std::uint8_t symbol = 0;
    std::uint8_t bits = 0;
  };
  [[nodiscard]] static std::optional<HuffmanTable> make(std::vector<std::uint8_t> weights);

  std::vector<Cell> cells_;
  unsigned log_ = 0;
};

}  // namespace fickle::zstd
