#include "emulator/store/schema.hh"

#include <algorithm>
#include <array>
#include <span>

#include "emulator/core/invariant.hh"
#include "emulator/value/item_size.hh"

namespace fickle {
namespace {

constexpr std::size_t kKeyPartsMax = 4;  // of a GSI

// Bytes of an S or B key value; numbers are never too long.
std::size_t key_bytes(const Value& value) {
  if (const std::string* text = value.as_string()) return text->size();
  if (const std::string* bytes = value.as_binary()) return bytes->size();
  return 1;
}

// The values of some key attributes, in their order.
class KeyValues {
 public:
  // False when one is missing, of another type or empty, or all together are longer than `bytes_max`.
  [[nodiscard]] bool read(const std::vector<KeyAttribute>& attributes, const Item& item, std::size_t bytes_max) {
    invariant(attributes.size() <= kKeyPartsMax, "a key has at most four attributes of a kind");
    std::size_t bytes = 0;
    for (const KeyAttribute& attribute : attributes) {
      const Value* value = item.find(attribute.name);
      if (!value || !value->is(attribute.type)) return false;
      const std::size_t part = key_bytes(*value);
      bytes += part;
      if (part == 0 || bytes > bytes_max) return false;
      values_[count_++] = value;
    }
    return true;
  }
  [[nodiscard]] std::span<const Value* const> span() const { return {values_.data(), count_}; }

 private:
  std::array<const Value*, kKeyPartsMax> values_{};
  std::size_t count_ = 0;
};

void copy_attributes(std::vector<Attribute>& out, const std::vector<KeyAttribute>& key, const Item& item) {
  for (const KeyAttribute& attribute : key) {
    if (const Value* value = item.find(attribute.name)) out.push_back({attribute.name, *value});
  }
}

}  // namespace

const KeyAttribute* KeySchema::find(std::string_view name) const {
  for (const auto* part : {&hash, &range}) {
    for (const KeyAttribute& attribute : *part) {
      if (attribute.name == name) return &attribute;
    }
  }
  return nullptr;
}

std::vector<const KeyAttribute*> KeySchema::all() const {
  std::vector<const KeyAttribute*> attributes;
  attributes.reserve(hash.size() + range.size());
  for (const auto* part : {&hash, &range}) {
    for (const KeyAttribute& attribute : *part) attributes.push_back(&attribute);
  }
  return attributes;
}

std::optional<RowKey> row_key_of(const KeySchema& key, const Item& item) {
  KeyValues hash;
  KeyValues range;
  if (!hash.read(key.hash, item, kHashKeyBytesMax) || !range.read(key.range, item, kRangeKeyBytesMax)) {
    return std::nullopt;
  }
  return encode_row_key(hash.span(), range.span());
}

std::optional<RowKey> index_row_key_of(const IndexSchema& index, const TableSchema& table,
                                       std::string_view table_row_key, const Item& item) {
  std::optional<RowKey> key = row_key_of(index.key, item);
  if (!key) return key;
  if (table.has_range()) {  // otherwise the row key begins with this very hash
    KeyValues hash;
    KeyValues range;
    invariant(hash.read(table.key.hash, item, kHashKeyBytesMax) && range.read(table.key.range, item, kRangeKeyBytesMax),
              "an item with a row key has its table's key");
    append_item_hash(*key, hash.span(), range.span());
  }
  key->append(table_row_key);
  return key;
}

std::optional<RowKey> index_row_key_of(const IndexSchema& index, const TableSchema& table, const Item& item) {
  const std::optional<RowKey> table_key = row_key_of(table.key, item);
  return table_key ? index_row_key_of(index, table, *table_key, item) : std::nullopt;
}

Item key_attributes_of(const KeySchema& key, const Item& item) {
  std::vector<Attribute> attributes;
  attributes.reserve(key.hash.size() + key.range.size());
  copy_attributes(attributes, key.hash, item);
  copy_attributes(attributes, key.range, item);
  return Item::from(std::move(attributes));
}

bool is_projected(const IndexSchema& index, const TableSchema& table, std::string_view attribute) {
  if (index.projection.kind == IndexProjection::Kind::all) return true;
  if (index.key.find(attribute) || table.key.find(attribute)) return true;
  const auto& included = index.projection.non_key_attributes;
  return index.projection.kind == IndexProjection::Kind::include &&
         std::find(included.begin(), included.end(), attribute) != included.end();
}

Item projected(const IndexSchema& index, const TableSchema& table, const Item& item) {
  if (index.projection.kind == IndexProjection::Kind::all) return item;
  std::vector<Attribute> attributes;
  for (const Attribute& attribute : item) {
    if (is_projected(index, table, attribute.name)) attributes.push_back(attribute);
  }
  return Item::from(std::move(attributes));
}

Bytes projected_size(const IndexSchema& index, const TableSchema& table, const Item& item) {
  if (index.projection.kind == IndexProjection::Kind::all) return size_of(item);
  Bytes size;
  for (const Attribute& attribute : item) {
    if (is_projected(index, table, attribute.name)) size += Bytes{attribute.name.size()} + size_of(attribute.value);
  }
  return size;
}

}  // namespace fickle
