// Ion 1.0 in its binary form: type descriptors with lengths, symbols by number, local symbol tables. What is malformed ends the reading where
// it cannot be known where the next record begins; every length is checked against the end of what holds it, and depth is bounded.
// Source: the Amazon Ion specification, "Binary encoding" and "Symbols". Shared symbol tables are not to be had here: their symbols have
// no text, and a record that uses one is an error.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include "emulator/core/text.hh"
#include "emulator/value/ion.hh"

namespace fickle {

namespace {

constexpr std::size_t kSymbolsMax = 1'000'000;    // of one table
constexpr std::size_t kIntegerBytesMax = 64;      // more than any number of 38 digits and 125 zeros takes
constexpr std::int64_t kExponentMax = 1'000'000;  // far beyond what a number may have: Number::parse judges
constexpr std::uint64_t kLengthFollows = 14;
constexpr std::uint64_t kNull = 15;

enum class Kind : std::uint8_t {
  null,
  boolean,
  positive,
  negative,
  real,
  decimal,
  timestamp,
  symbol,
  string,
  clob,
  blob,
  list,
  sexp,
  structure,
  annotation,
  reserved,
};

// A span of bytes that is read from its front.
class Bytestream {
 public:
  explicit Bytestream(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] bool is_empty() const { return bytes_.empty(); }
  [[nodiscard]] std::string_view rest() const { return bytes_; }
  [[nodiscard]] std::optional<std::uint8_t> byte() {
    if (bytes_.empty()) return std::nullopt;
    const auto first = static_cast<std::uint8_t>(bytes_.front());
    bytes_.remove_prefix(1);
    return first;
  }
  [[nodiscard]] std::optional<std::string_view> take(std::uint64_t count) {
    if (count > bytes_.size()) return std::nullopt;
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }
  // Seven bits a byte, the last one marked.
  [[nodiscard]] std::optional<std::uint64_t> var_uint() {
    std::uint64_t value = 0;
    while (const auto next = byte()) {
      if (value > std::numeric_limits<std::uint64_t>::max() >> 7U) return std::nullopt;
      value = value << 7U | (*next & 0x7FU);
      if ((*next & 0x80U) != 0) return value;
    }
    return std::nullopt;
  }
  // The same with a sign in the first byte. Absurdly large ones are none.
  [[nodiscard]] std::optional<std::int64_t> var_int() {
    auto next = byte();
    if (!next) return std::nullopt;
    const bool is_negative = (*next & 0x40U) != 0;
    std::int64_t value = *next & 0x3FU;
    while ((*next & 0x80U) == 0) {
      next = byte();
      if (!next || value > kExponentMax) return std::nullopt;
      value = value * 128 + (*next & 0x7FU);
    }
    return is_negative ? -value : value;
  }

 private:
  std::string_view bytes_;
};

// Big-endian magnitude in decimal digits; nullopt when it is longer than any number.
std::optional<std::string> digits_of(std::string_view magnitude) {
  constexpr std::uint32_t kBase = 1'000'000'000;
  constexpr std::size_t kBaseDigits = 9;
  while (!magnitude.empty() && magnitude.front() == '\0') magnitude.remove_prefix(1);
  if (magnitude.size() > kIntegerBytesMax) return std::nullopt;
  std::vector<std::uint32_t> limbs;  // the least first
  for (const char c : magnitude) {
    std::uint64_t carry = static_cast<std::uint8_t>(c);
    for (std::uint32_t& limb : limbs) {
      carry += static_cast<std::uint64_t>(limb) << 8U;
      limb = static_cast<std::uint32_t>(carry % kBase);
      carry /= kBase;
    }
    if (carry > 0) limbs.push_back(static_cast<std::uint32_t>(carry));
  }
  if (limbs.empty()) return "0";
  std::string digits = std::to_string(limbs.back());
  for (auto limb = limbs.rbegin() + 1; limb != limbs.rend(); ++limb) {
    const std::string part = std::to_string(*limb);
    digits.append(kBaseDigits - part.size(), '0').append(part);
  }
  return digits;
}

std::optional<Value> number_of(const std::string& text) {
  const auto number = Number::parse(text);
  return number ? std::optional(Value::number(number.value())) : std::nullopt;
}

std::optional<Value> integer(std::string_view magnitude, bool is_negative) {
  const auto digits = digits_of(magnitude);
  if (!digits || (is_negative && *digits == "0")) return std::nullopt;
  return number_of((is_negative ? "-" : "") + *digits);
}

std::optional<Value> decimal(std::string_view bytes) {
  if (bytes.empty()) return number_of("0");
  Bytestream stream(bytes);
  const auto exponent = stream.var_int();
  if (!exponent) return std::nullopt;
  std::string coefficient(stream.rest());
  const bool is_negative = !coefficient.empty() && (static_cast<std::uint8_t>(coefficient[0]) & 0x80U) != 0;
  if (is_negative) coefficient[0] = static_cast<char>(static_cast<std::uint8_t>(coefficient[0]) & 0x7FU);
  const auto digits = digits_of(coefficient);
  if (!digits) return std::nullopt;
  return number_of((is_negative && *digits != "0" ? "-" : "") + *digits + "E" + std::to_string(*exponent));
}

template <class Bits, class Float>
Float float_of(std::string_view bytes) {
  Bits bits = 0;
  for (const char c : bytes) bits = static_cast<Bits>(bits << 8U | static_cast<std::uint8_t>(c));
  Float value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

template <class Float>
std::optional<Value> real_of(Float value) {
  if (!std::isfinite(value)) return std::nullopt;
  std::array<char, 32> text{};
  const char* end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return number_of(std::string(static_cast<const char*>(text.data()), end));
}

std::optional<Value> real(std::string_view bytes) {
  if (bytes.empty()) return number_of("0");
  if (bytes.size() == sizeof(float)) return real_of(float_of<std::uint32_t, float>(bytes));
  if (bytes.size() == sizeof(double)) return real_of(float_of<std::uint64_t, double>(bytes));
  return std::nullopt;
}

// Names by number, 0 being none. Those of tables that are not here have no text.
class Symbols {
 public:
  Symbols() { reset(); }
  void reset() {
    names_ = {{},        "$ion",    "$ion_1_0", "$ion_symbol_table",       "name", "version",
              "imports", "symbols", "max_id",   "$ion_shared_symbol_table"};
  }
  // Whether there was room.
  [[nodiscard]] bool add(std::optional<std::string> name) {
    if (names_.size() >= kSymbolsMax) return false;
    names_.push_back(std::move(name));
    return true;
  }
  [[nodiscard]] bool add_unknown(std::uint64_t count) {
    if (count > kSymbolsMax - std::min(kSymbolsMax, names_.size())) return false;
    names_.resize(names_.size() + count);
    return true;
  }
  [[nodiscard]] const std::string* find(std::uint64_t id) const {
    return id < names_.size() && names_[id] ? &*names_[id] : nullptr;
  }

 private:
  std::vector<std::optional<std::string>> names_;
};

// A value in front of what follows it.
struct Raw {
  Kind kind = Kind::null;
  std::uint64_t low = 0;  // the descriptor's low half
  std::string_view body;
  [[nodiscard]] bool is_null() const { return low == kNull && kind != Kind::annotation; }
  [[nodiscard]] bool is_padding() const { return kind == Kind::null && low != kNull; }
};

std::optional<Raw> next_raw(Bytestream& stream) {
  const auto descriptor = stream.byte();
  if (!descriptor) return std::nullopt;
  Raw raw{.kind = static_cast<Kind>(*descriptor >> 4U), .low = *descriptor & 0x0FU, .body = {}};
  if (raw.kind == Kind::reserved) return std::nullopt;
  if (raw.kind == Kind::boolean || raw.low == kNull) {
    const bool legal = raw.kind != Kind::annotation && (raw.low == kNull || raw.low <= 1);
    return legal ? std::optional(raw) : std::nullopt;
  }
  std::uint64_t length = raw.low;
  const bool is_sorted_structure = raw.kind == Kind::structure && raw.low == 1;
  if (raw.low == kLengthFollows || is_sorted_structure) {
    const auto given = stream.var_uint();
    if (!given || (is_sorted_structure && *given == 0)) return std::nullopt;
    length = *given;
  }
  const auto body = stream.take(length);
  if (!body) return std::nullopt;
  raw.body = *body;
  return raw;
}

// An annotated value: the annotations' numbers, and the value alone.
struct Annotated {
  std::vector<std::uint64_t> annotations;
  Raw value;
};
std::optional<Annotated> unwrap(const Raw& raw) {
  if (raw.kind != Kind::annotation) return Annotated{{}, raw};
  Bytestream stream(raw.body);
  const auto length = stream.var_uint();
  const auto names = length && *length > 0 ? stream.take(*length) : std::nullopt;
  if (!names) return std::nullopt;
  Annotated annotated;
  for (Bytestream ids(*names); !ids.is_empty();) {
    const auto id = ids.var_uint();
    if (!id) return std::nullopt;
    annotated.annotations.push_back(*id);
  }
  const auto value = next_raw(stream);
  if (!value || !stream.is_empty() || value->kind == Kind::annotation || value->is_padding()) return std::nullopt;
  annotated.value = *value;
  return annotated;
}

class Reader {
 public:
  explicit Reader(const Symbols& symbols) : symbols_(symbols) {}

  [[nodiscard]] std::optional<Value> value(const Raw& raw, int depth) const;

 private:
  [[nodiscard]] std::optional<List> list(std::string_view body, int depth) const;
  [[nodiscard]] std::optional<Value> structure(std::string_view body, int depth) const;

  const Symbols& symbols_;
};

std::optional<List> Reader::list(std::string_view body, int depth) const {
  List members;
  for (Bytestream stream(body); !stream.is_empty();) {
    const auto raw = next_raw(stream);
    if (!raw) return std::nullopt;
    if (raw->is_padding()) continue;
    auto member = value(*raw, depth + 1);
    if (!member) return std::nullopt;
    members.push_back(std::move(*member));
  }
  return members;
}

std::optional<Value> Reader::structure(std::string_view body, int depth) const {
  Map map;
  for (Bytestream stream(body); !stream.is_empty();) {
    const auto id = stream.var_uint();
    const auto raw = id ? next_raw(stream) : std::nullopt;
    if (!raw) return std::nullopt;
    if (raw->is_padding()) continue;
    const std::string* name = symbols_.find(*id);
    if (name == nullptr) return std::nullopt;
    auto member = value(*raw, depth + 1);
    if (!member) return std::nullopt;
    map.set(*name, std::move(*member));
  }
  return Value::map(std::move(map));
}

std::optional<Value> Reader::value(const Raw& raw, int depth) const {
  if (depth > kIonDepthMax) return std::nullopt;
  const auto annotated = unwrap(raw);
  if (!annotated) return std::nullopt;
  const Raw& one = annotated->value;
  if (!annotated->annotations.empty()) {
    const std::string* annotation = symbols_.find(annotated->annotations.front());
    if (annotation == nullptr || annotated->annotations.size() > 1 || one.kind != Kind::list || one.is_null())
      return std::nullopt;
    const auto members = list(one.body, depth);
    return members ? ion_set(*annotation, *members) : std::nullopt;
  }
  if (one.is_null()) return Value();
  switch (one.kind) {
    case Kind::boolean: return Value::boolean(one.low == 1);
    case Kind::positive: return integer(one.body, false);
    case Kind::negative: return integer(one.body, true);
    case Kind::real: return real(one.body);
    case Kind::decimal: return decimal(one.body);
    case Kind::string:
      if (!is_valid_utf8(one.body)) return std::nullopt;
      return Value::string(std::string(one.body));
    case Kind::blob: return Value::binary(std::string(one.body));
    case Kind::list: {
      auto members = list(one.body, depth);
      return members ? std::optional(Value::list(std::move(*members))) : std::nullopt;
    }
    case Kind::structure: return structure(one.body, depth);
    case Kind::null:
    case Kind::timestamp:
    case Kind::symbol:
    case Kind::clob:
    case Kind::sexp:
    case Kind::annotation:
    case Kind::reserved: return std::nullopt;  // nothing that an attribute could be
  }
  return std::nullopt;
}

// Local symbol tables: a structure annotated with $ion_symbol_table replaces the names, or adds to them.
class SymbolTables {
 public:
  explicit SymbolTables(Symbols& symbols) : symbols_(symbols) {}

  [[nodiscard]] bool is_table(const Annotated& annotated) const {
    return !annotated.annotations.empty() && annotated.annotations.front() == kTable &&
           annotated.value.kind == Kind::structure;
  }
  // Whether it is well-formed.
  [[nodiscard]] bool read(const Raw& table) {
    std::optional<Raw> imports, names;
    for (Bytestream stream(table.body); !stream.is_empty();) {
      const auto id = stream.var_uint();
      const auto raw = id ? next_raw(stream) : std::nullopt;
      if (!raw) return false;
      if (*id == kImports) imports = raw;
      if (*id == kSymbols) names = raw;
    }
    return read_imports(imports) && read_names(names);
  }

 private:
  static constexpr std::uint64_t kTable = 3, kImports = 6, kSymbols = 7, kMaxId = 8;

  [[nodiscard]] static std::optional<std::uint64_t> unsigned_of(const Raw& raw) {
    if ((raw.kind != Kind::positive && raw.kind != Kind::symbol) || raw.is_null() || raw.body.size() > 7)
      return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : raw.body) value = value << 8U | static_cast<std::uint8_t>(c);
    return value;
  }
  [[nodiscard]] bool read_imports(const std::optional<Raw>& imports) {
    if (imports && imports->kind == Kind::symbol && unsigned_of(*imports) == kTable)
      return true;  // the present names stay
    symbols_.reset();
    if (!imports || imports->kind != Kind::list || imports->is_null()) return true;
    for (Bytestream stream(imports->body); !stream.is_empty();) {
      const auto raw = next_raw(stream);
      if (!raw) return false;
      if (raw->kind == Kind::structure && !raw->is_null() && !read_import(*raw)) return false;
    }
    return true;
  }
  [[nodiscard]] bool read_import(const Raw& import) {
    std::uint64_t count = 0;
    for (Bytestream stream(import.body); !stream.is_empty();) {
      const auto id = stream.var_uint();
      const auto raw = id ? next_raw(stream) : std::nullopt;
      if (!raw) return false;
      if (*id == kMaxId) count = unsigned_of(*raw).value_or(0);
    }
    return symbols_.add_unknown(count);
  }
  [[nodiscard]] bool read_names(const std::optional<Raw>& names) {
    if (!names || names->kind != Kind::list || names->is_null()) return true;
    for (Bytestream stream(names->body); !stream.is_empty();) {
      const auto raw = next_raw(stream);
      if (!raw) return false;
      if (raw->is_padding()) continue;
      const bool is_name = raw->kind == Kind::string && !raw->is_null() && is_valid_utf8(raw->body);
      if (!symbols_.add(is_name ? std::optional(std::string(raw->body)) : std::nullopt)) return false;
    }
    return true;
  }

  Symbols& symbols_;
};

}  // namespace

void visit_ion_binary(std::string_view bytes, const IonVisit& visit) {
  Symbols symbols;
  SymbolTables tables(symbols);
  const Reader reader(symbols);
  std::size_t place = 0;
  for (Bytestream stream(bytes); !stream.is_empty();) {
    if (stream.rest().starts_with(kIonBinaryMark)) {
      static_cast<void>(stream.take(kIonBinaryMark.size()));
      symbols.reset();
      continue;
    }
    const auto raw = next_raw(stream);
    const auto annotated = raw ? unwrap(*raw) : std::nullopt;
    if (annotated && annotated->value.is_padding()) continue;
    if (annotated && tables.is_table(*annotated)) {
      if (tables.read(annotated->value)) continue;
      return visit(place + 1, Refused{std::string("has a symbol table that cannot be read")});
    }
    ++place;
    if (!raw) return visit(place, Refused{std::string("is cut short, or no binary Ion")});
    auto value = annotated ? reader.value(*raw, 0) : std::nullopt;
    if (value) {
      visit(place, *std::move(value));
    } else {
      visit(place, Refused{std::string("holds what is no attribute value")});
    }
  }
}

}  // namespace fickle
