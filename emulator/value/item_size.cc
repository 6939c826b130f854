#include "emulator/value/item_size.hh"

#include <algorithm>

namespace fickle {
namespace {

constexpr Bytes kDocumentOverhead{3};  // of every L and M
constexpr Bytes kEntryOverhead{1};     // of every element of an L and entry of an M

Bytes total_of(const std::vector<std::string>& members) {
  Bytes sum;
  for (const std::string& member : members) sum += Bytes{member.size()};
  return sum;
}

struct Sizer {
  Bytes operator()(const std::string& text) const { return {text.size()}; }
  Bytes operator()(const Number& number) const { return number.size(); }
  Bytes operator()(const Binary& binary) const { return {binary.bytes.size()}; }
  Bytes operator()(bool /*flag*/) const { return {1}; }
  Bytes operator()(Null /*null*/) const { return {1}; }
  Bytes operator()(const StringSet& set) const { return total_of(set.members); }
  Bytes operator()(const BinarySet& set) const { return total_of(set.members); }
  Bytes operator()(const NumberSet& set) const {
    Bytes sum;
    for (const Number& member : set.members) sum += member.size();
    return sum;
  }
  Bytes operator()(const List& list) const {
    Bytes sum = kDocumentOverhead;
    for (const Value& element : list) sum += kEntryOverhead + size_of(element);
    return sum;
  }
  Bytes operator()(const Map& map) const {
    return kDocumentOverhead + Bytes{map.size() * kEntryOverhead.count} + size_of(map);
  }
};

}  // namespace

Bytes size_of(const Value& value) {
  return std::visit(Sizer{}, value.storage());
}

Bytes size_of(const Item& item) {
  Bytes sum;
  for (const Attribute& attribute : item) sum += Bytes{attribute.name.size()} + size_of(attribute.value);
  return sum;
}

int depth_of(const Value& value) {
  int below = 0;
  if (const List* const list = value.as_list()) {
    for (const Value& element : *list) below = std::max(below, depth_of(element));
  } else if (const Map* const map = value.as_map()) {
    for (const Attribute& attribute : *map) below = std::max(below, depth_of(attribute.value));
  }
  return below + 1;
}

}  // namespace fickle
