#include "emulator/engine/page_size.hh"

#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

constexpr std::uint64_t kItemHead = 2;
constexpr std::uint64_t kChunk = 3072;    // an item is kept in pieces of so many bytes,
constexpr std::uint64_t kChunkHead = 18;  // each with a head and the sort key

std::uint64_t stored(const Value& value);

std::uint64_t stored(const Map& map) {
  std::uint64_t sum = 0;
  for (const Attribute& attribute : map) sum += 1 + stored(attribute.value);  // a name is a number
  return sum;
}

struct Sizer {
  const Value& value;
  std::uint64_t operator()(const std::string& text) const {
    constexpr std::size_t kOneByte = 128;  // lengths below are written in one byte, then in two
    constexpr std::size_t kTwoBytes = 16384;
    return text.size() + (text.size() < kOneByte ? 1 : text.size() < kTwoBytes ? 2 : 3);
  }
  std::uint64_t operator()(const Number& number) const { return number.size().count + 1; }
  std::uint64_t operator()(const Binary& binary) const { return binary.bytes.size() + 1; }
  std::uint64_t operator()(bool /*flag*/) const { return 1; }
  std::uint64_t operator()(Null /*null*/) const { return 0; }
  std::uint64_t operator()(const List& list) const {
    std::uint64_t sum = 3;
    for (const Value& element : list) sum += 1 + stored(element);
    return sum;
  }
  std::uint64_t operator()(const Map& map) const { return 3 + map.size() + stored(map); }
  template <class Set>
  std::uint64_t operator()(const Set& set) const {
    return size_of(value).count + set.members.size() + 1;
  }
};

std::uint64_t stored(const Value& value) {
  return std::visit(Sizer{value}, value.storage());
}

}  // namespace

Bytes page_size_of(const Item& entry, const TableSchema& table) {
  const KeyAttribute* range = table.key.range.empty() ? nullptr : &table.key.range.front();
  std::uint64_t size = 0;
  std::uint64_t range_size = 0;
  for (const Attribute& attribute : entry) {
    if (range != nullptr && attribute.name == range->name) {
      range_size = size_of(attribute.value).count;
    } else {
      size += 1 + stored(attribute.value);
    }
  }
  return {kItemHead + size + (1 + (1 + size) / kChunk) * (kChunkHead + range_size)};
}

}  // namespace fickle
