#include "emulator/core/zstd.hh"

#include <algorithm>
#include <array>
#include <optional>

#include "emulator/core/xxhash.hh"
#include "emulator/core/zstd_entropy.hh"

namespace fickle {

namespace {

using zstd::BackwardBits;
using zstd::HuffmanTable;
using zstd::State;
using zstd::StateTable;

constexpr std::size_t kBlockMax = std::size_t{128} * 1024;
constexpr std::uint64_t kFrameMagic = 0xFD2FB528;
constexpr std::uint64_t kSkippableMagic = 0x184D2A50;  // and 15 more
constexpr std::size_t kOffsetCodes = 32;

// What a code stands for: a base, and so many bits to add.
struct Coded {
  std::uint32_t base;
  std::uint8_t bits;
};
constexpr std::array<Coded, 20> kLongLiterals = {{{16, 1},    {18, 1},    {20, 1},     {22, 1},     {24, 2},
                                                  {28, 2},    {32, 3},    {40, 3},     {48, 4},     {64, 6},
                                                  {128, 7},   {256, 8},   {512, 9},    {1024, 10},  {2048, 11},
                                                  {4096, 12}, {8192, 13}, {16384, 14}, {32768, 15}, {65536, 16}}};
constexpr std::size_t kShortLiterals = 16;  // codes that stand for themselves
constexpr std::array<Coded, 21> kLongMatches = {
    {{35, 1},    {37, 1},    {39, 1},    {41, 1},    {43, 2},     {47, 2},     {51, 3},
     {59, 3},    {67, 4},    {83, 4},    {99, 5},    {131, 7},    {259, 8},    {515, 9},
     {1027, 10}, {2051, 11}, {4099, 12}, {8195, 13}, {16387, 14}, {32771, 15}, {65539, 16}}};
constexpr std::size_t kShortMatches = 32;  // codes that stand for themselves and 3

constexpr std::array<std::int16_t, 36> kLiteralsDefault = {4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1,  1,  2,  2,
                                                           2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1};
constexpr std::array<std::int16_t, 53> kMatchesDefault = {1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1,  1,  1,  1,  1,  1,  1, 1,
                                                          1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,  1,  1,  1,  1,  1,  1, 1,
                                                          1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1};
constexpr std::array<std::int16_t, 29> kOffsetsDefault = {1, 1, 1, 1, 1, 1, 2, 2, 2, 1,  1,  1,  1,  1, 1,
                                                          1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1};

// The three kinds of codes in a sequence.
struct Kind {
  std::span<const std::int16_t> predefined;
  unsigned predefined_log, log_max;
  std::size_t symbols;
};
constexpr std::array<Kind, 3> kKinds = {{{kLiteralsDefault, 6, 9, kShortLiterals + kLongLiterals.size()},
                                         {kOffsetsDefault, 5, 8, kOffsetCodes},
                                         {kMatchesDefault, 6, 9, kShortMatches + kLongMatches.size()}}};
enum KindIndex : std::size_t { literals, offsets, matches };

// Bytes of the input, from the front.
class Bytes {
 public:
  explicit Bytes(std::string_view rest) : rest_(rest) {}
  // nullopt when there are not so many.
  [[nodiscard]] std::optional<std::string_view> take(std::size_t count) {
    if (count > rest_.size()) return std::nullopt;
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  [[nodiscard]] std::optional<std::uint64_t> take_number(std::size_t size) {
    const auto bytes = take(size);
    if (!bytes) return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) value = value << 8U | static_cast<std::uint8_t>((*bytes)[i]);
    return value;
  }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] bool empty() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

// One frame: what later blocks take over from earlier ones, and what has come out. Every step is false (or nullopt) at a mistake.
class Frame {
 public:
  Frame(Bytes& in, std::string& out, std::size_t limit) : in_(in), out_(out), start_(out.size()), limit_(limit) {}

  std::optional<InflateError> read() {
    if (!read_header()) return InflateError::corrupt;
    for (bool last = false; !last;) {
      const auto head = in_.take_number(3);
      if (!head) return InflateError::truncated;
      last = (*head & 1U) != 0;
      if (!read_block(*head >> 1U & 3U, *head >> 3U))
        return too_large_ ? InflateError::too_large : InflateError::corrupt;
    }
    if (size_ && *size_ != out_.size() - start_) return InflateError::corrupt;
    if (!has_checksum_) return std::nullopt;
    const auto checksum = in_.take_number(4);
    if (!checksum) return InflateError::truncated;
    const std::uint64_t hash = xxh64(std::string_view(out_).substr(start_)) & 0xFFFFFFFFU;
    return *checksum == hash ? std::nullopt : std::optional(InflateError::corrupt);
  }

 private:
  bool read_header() {
    const auto head = in_.take_number(1);
    if (!head || (*head & 8U) != 0) return false;
    const bool single = (*head & 32U) != 0;
    has_checksum_ = (*head & 4U) != 0;
    if (!single && !in_.take(1)) return false;  // the window: all that came out is kept
    if ((*head & 3U) != 0) return false;        // a dictionary
    constexpr std::array<std::size_t, 4> kSizes = {0, 2, 4, 8};
    const std::size_t bytes = *head >> 6U == 0 && single ? 1 : kSizes[*head >> 6U];
    if (bytes == 0) return true;
    size_ = in_.take_number(bytes);
    if (size_ && bytes == 2) *size_ += 256;
    return size_.has_value();
  }

  [[nodiscard]] bool has_room(std::size_t count) {
    too_large_ = out_.size() + count > limit_;
    return !too_large_;
  }

  bool read_block(std::uint64_t type, std::uint64_t size) {
    enum : std::uint64_t { raw, repeated, compressed };
    if (size > kBlockMax && type != repeated) return false;
    if (type == compressed) {
      const auto block = in_.take(size);
      return block && read_compressed(*block);
    }
    if (type != raw && type != repeated) return false;
    if (size > kBlockMax || !has_room(size)) return false;
    const auto bytes = in_.take(type == raw ? size : 1);
    if (!bytes) return false;
    if (type == raw) {
      out_ += *bytes;
    } else {
      out_.append(size, bytes->front());
    }
    return true;
  }

  bool read_compressed(std::string_view block) {
    Bytes in(block);
    std::string text;
    return read_literals(in, text) && read_sequences(in, text);
  }

  bool read_literals(Bytes& in, std::string& text) {
    enum : unsigned { raw, repeated, compressed, treeless };
    if (in.empty()) return false;
    const auto first = static_cast<std::uint8_t>(in.rest().front());
    const unsigned type = first & 3U;
    const unsigned format = first >> 2U & 3U;
    if (type == raw || type == repeated) {
      constexpr std::array<std::size_t, 4> kBytes = {1, 2, 1, 3};
      const auto head = in.take_number(kBytes[format]);
      if (!head) return false;
      const std::size_t size = *head >> (kBytes[format] == 1 ? 3U : 4U);
      const auto bytes = in.take(type == raw ? size : 1);
      if (!bytes || size > kBlockMax) return false;
      text = type == raw ? std::string(*bytes) : std::string(size, bytes->front());
      return true;
    }
    constexpr std::array<std::size_t, 4> kBytes = {3, 3, 4, 5};
    constexpr std::array<unsigned, 4> kWidths = {10, 10, 14, 18};
    const auto head = in.take_number(kBytes[format]);
    if (!head) return false;
    const std::uint64_t mask = (std::uint64_t{1} << kWidths[format]) - 1;
    const std::size_t size = *head >> 4U & mask;
    const auto coded = in.take(*head >> (4U + kWidths[format]) & mask);
    if (!coded || size > kBlockMax) return false;
    Bytes streams(*coded);
    if (type == compressed) {
      auto read = HuffmanTable::read(*coded);
      if (!read || !streams.take(read->second)) return false;
      huffman_ = std::move(read->first);
    }
    if (!huffman_) return false;
    return format == 0 ? huffman_->decode(streams.rest(), size, text) : read_four(streams, size, text);
  }

  bool read_four(Bytes& streams, std::size_t size, std::string& text) const {
    std::array<std::uint64_t, 3> sizes{};
    for (auto& one : sizes) {
      const auto given = streams.take_number(2);
      if (!given) return false;
      one = *given;
    }
    const std::size_t quarter = (size + 3) / 4;
    if (3 * quarter > size) return false;
    for (const std::uint64_t one : sizes) {
      const auto stream = streams.take(one);
      if (!stream || !huffman_->decode(*stream, quarter, text)) return false;
    }
    return huffman_->decode(streams.rest(), size - 3 * quarter, text);
  }

  static std::optional<std::size_t> read_count(Bytes& in) {
    const auto first = in.take_number(1);
    if (!first || *first < 128) return first;
    if (*first < 255) {
      const auto second = in.take_number(1);
      return second ? std::optional<std::size_t>((*first - 128) * 256 + *second) : std::nullopt;
    }
    const auto rest = in.take_number(2);
    return rest ? std::optional<std::size_t>(*rest + 0x7F00) : std::nullopt;
  }

  bool read_code_table(Bytes& in, std::size_t kind, std::uint64_t mode) {
    enum : std::uint64_t { predefined, single, coded, repeat };
    const Kind& facts = kKinds[kind];
    std::optional<StateTable>& table = tables_[kind];
    if (mode == predefined) table = StateTable::make(facts.predefined, facts.predefined_log);
    if (mode == single) {
      const auto symbol = in.take_number(1);
      if (!symbol || *symbol >= facts.symbols) return false;
      table = StateTable::single(static_cast<std::uint8_t>(*symbol));
    }
    if (mode == coded) {
      auto read = zstd::read_table(in.rest(), facts.log_max, facts.symbols);
      if (!read || !in.take(read->size)) return false;
      table = std::move(read->table);
    }
    return table.has_value();
  }

  bool read_sequences(Bytes& in, const std::string& text) {
    const auto count = read_count(in);
    if (!count) return false;
    if (*count == 0) return in.empty() && copy_literals(text, 0, text.size());
    const auto modes = in.take_number(1);
    if (!modes || (*modes & 3U) != 0) return false;
    for (const std::size_t kind : {literals, offsets, matches}) {
      if (!read_code_table(in, kind, *modes >> (6U - 2U * kind) & 3U)) return false;
    }
    auto bits = BackwardBits::open(in.rest());
    if (!bits) return false;
    State literal(*tables_[literals], *bits);
    State offset(*tables_[offsets], *bits);
    State match(*tables_[matches], *bits);
    std::size_t used = 0;
    for (std::size_t i = 0; i < *count; ++i) {
      const std::uint8_t offset_code = offset.symbol();
      const std::uint64_t offset_value = (std::uint64_t{1} << offset_code) + bits->take(offset_code);
      const std::size_t length = value_of(match.symbol(), kShortMatches, 3, kLongMatches, *bits);
      const std::size_t plain = value_of(literal.symbol(), kShortLiterals, 0, kLongLiterals, *bits);
      if (i + 1 < *count) {
        literal.advance(*bits);
        match.advance(*bits);
        offset.advance(*bits);
      }
      if (bits->left() < 0 || !copy_literals(text, used, plain)) return false;
      used += plain;
      if (!copy_match(take_offset(offset_value, plain == 0), length)) return false;
    }
    return bits->left() == 0 && copy_literals(text, used, text.size() - used);
  }

  static std::size_t value_of(std::uint8_t code, std::size_t shorts, std::size_t added, std::span<const Coded> longs,
                              BackwardBits& bits) {
    if (code < shorts) return code + added;
    const Coded& coded = longs[code - shorts];
    return coded.base + bits.take(coded.bits);
  }

  // Values of up to 3 mean one of the last three offsets; without literals in front the first of them cannot be meant.
  std::uint64_t take_offset(std::uint64_t value, bool no_literals) {
    if (value > 3) {
      last_ = {value - 3, last_[0], last_[1]};
      return last_[0];
    }
    const std::uint64_t index = value - 1 + (no_literals ? 1 : 0);
    if (index == 0) return last_[0];
    const std::uint64_t offset = index == 3 ? last_[0] - 1 : last_[index];
    last_ = index == 1 ? std::array{offset, last_[0], last_[2]} : std::array{offset, last_[0], last_[1]};
    return offset;
  }

  bool copy_literals(const std::string& text, std::size_t from, std::size_t count) {
    if (from > text.size() || count > text.size() - from || !has_room(count)) return false;
    out_.append(text, from, count);
    return true;
  }

  bool copy_match(std::uint64_t offset, std::size_t count) {
    if (offset == 0 || offset > out_.size() - start_ || !has_room(count)) return false;
    const std::size_t from = out_.size() - static_cast<std::size_t>(offset);
    for (std::size_t i = 0; i < count; ++i) out_ += out_[from + i];  // it may reach into what it appends
    return true;
  }

  Bytes& in_;
  std::string& out_;
  std::size_t start_;
  std::size_t limit_;
  bool too_large_ = false;
  bool has_checksum_ = false;
  std::optional<std::uint64_t> size_;
  std::optional<HuffmanTable> huffman_;
  std::array<std::optional<StateTable>, 3> tables_;
  std::array<std::uint64_t, 3> last_ = {1, 4, 8};
};

}  // namespace

Result<std::string, InflateError> unzstd(std::string_view compressed, std::size_t limit) {
  Bytes in(compressed);
  std::string out;
  while (!in.empty()) {
    const auto magic = in.take_number(4);
    if (!magic) return Refused{InflateError::truncated};
    if ((*magic & ~std::uint64_t{15}) == kSkippableMagic) {
      const auto size = in.take_number(4);
      if (!size || !in.take(*size)) return Refused{InflateError::truncated};
      continue;
    }
    if (*magic != kFrameMagic) return Refused{InflateError::corrupt};
    if (const auto error = Frame(in, out, limit).read()) return Refused{*error};
  }
  return out;
}

}  // namespace fickle
