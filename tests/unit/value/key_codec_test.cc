// Key encodings: bytes that sort as values do.
#include "emulator/value/key_codec.hh"

#include <catch2/catch_test_macros.hpp>
#include <random>
#include <set>

#include "tests/unit/value/naive_decimal.hh"

namespace fickle {
namespace {

constexpr int kRounds = 20'000;

std::string encoded(const Value& value) {
  std::string out;
  append_key_bytes(out, value);
  return out;
}

class RandomValues {
 public:
  explicit RandomValues(std::uint64_t seed) : random_(seed) {}

  int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
  // Short, and of bytes that matter to the encoding, so that prefixes and equal values occur.
  std::string bytes() {
    constexpr std::string_view kBytes{
        "\x00\x01\x02\xFE\xFF"
        "ab",
        7};
    std::string out;
    for (int i = pick(0, 4); i > 0; --i) out += kBytes[static_cast<std::size_t>(pick(0, 6))];
    return out;
  }
  Value of(Type type) {
    if (type == Type::S) return Value::string(bytes());
    if (type == Type::B) return Value::binary(bytes());
    if (pick(0, 2) == 0) return Value::number(Number::of(pick(-3, 3)));
    return Value::number(Number::parse(random_number(random_).text).value());
  }
  Type type() {
    constexpr std::array kTypes{Type::S, Type::N, Type::B};
    return kTypes[static_cast<std::size_t>(pick(0, 2))];
  }

 private:
  std::mt19937_64 random_;
};

TEST_CASE("Encoded keys sort as DynamoDB sorts the values") {
  RandomValues random(20260104);
  for (int i = 0; i < kRounds; ++i) {
    const Type type = random.type();
    const Value a = random.of(type);
    const Value b = random.of(type);
    REQUIRE((encoded(a) <=> encoded(b)) == *compare_values(a, b));
  }
}

TEST_CASE("Encoded keys one after another sort as tuples") {
  RandomValues random(20260105);
  for (int i = 0; i < kRounds; ++i) {
    const Type first = random.type();
    const Type second = random.type();
    const Value a1 = random.of(first);
    const Value b1 = random.pick(0, 1) == 0 ? a1 : random.of(first);
    const Value a2 = random.of(second);
    const Value b2 = random.of(second);
    const auto by_first = *compare_values(a1, b1);
    const auto expected = by_first != 0 ? by_first : *compare_values(a2, b2);
    REQUIRE((encoded(a1) + encoded(a2) <=> encoded(b1) + encoded(b2)) == expected);
  }
}

TEST_CASE("The encoded prefix finds exactly the values that begin with it") {
  RandomValues random(20260106);
  for (int i = 0; i < kRounds; ++i) {
    const std::string text = random.bytes();
    const std::string start = random.bytes();
    const std::string prefix = encode_key_prefix(Value::string(start));
    const std::string key = encoded(Value::string(text));
    REQUIRE(key.starts_with(prefix) == text.starts_with(start));
    const std::string end = prefix_end(prefix);
    REQUIRE((key >= prefix && (end.empty() || key < end)) == text.starts_with(start));
  }
  CHECK(encode_key_prefix(Value::binary("ab")) == "ab");
}

TEST_CASE("The end of a prefix is the smallest string beyond it") {
  CHECK(prefix_end("ab") == "ac");
  CHECK(prefix_end("a\xFF\xFF") == "b");
  CHECK(prefix_end("\xFF").empty());
  CHECK(prefix_end("").empty());
}

TEST_CASE("A row key is the partition's hash, the partition's key and the sort key") {
  const Value user = Value::string("user-1");
  const Value time = Value::number(Number::of(42));
  const Value* const hash_values[] = {&user};
  const Value* const range_values[] = {&time};
  const std::string partition = encode_partition(hash_values);
  const RowKey row = encode_row_key(hash_values, range_values);
  CHECK(row == partition + encoded(time));
  CHECK(partition.substr(8) == encoded(user));
  CHECK(hash_of_row_key(row) == partition_hash(*user.as_string()));
  CHECK(encode_row_key(hash_values, {}) == partition);
  // Pinned: a change here changes the order of every scan.
  CHECK(hash_of_row_key(row) == 0x8a77f5a09efa58acU);
}

// By dynalite's hashPrefix, which it found by the service's order.
TEST_CASE("An item's hash is of partition and sort key together") {
  const auto hash_of = [](const Value& partition, const Value& sort) {
    const Value* const first[] = {&partition};
    const Value* const second[] = {&sort};
    std::string hash;
    append_item_hash(hash, first, second);
    CHECK(hash.size() == 8);
    return hash_of_row_key(hash) >> 40U;
  };
  const auto number = [](std::string_view digits) { return Value::number(Number::parse(digits).value()); };
  CHECK(hash_of(Value::string("c"), Value::string("e")) == 0x3a8f16U);
  CHECK(hash_of(Value::string("ada"), number("20")) == 0x340473U);
  CHECK(hash_of(number("-1.5"), number("0.001")) == 0x08a913U);
}

TEST_CASE("Partition hashes spread evenly over the range that parallel scans divide") {
  constexpr int kKeys = 16'000;
  std::array<int, 16> segments{};
  for (int i = 0; i < kKeys; ++i) {
    ++segments[partition_hash("widget-" + std::to_string(i)) >> 60U];
  }
  for (const int count : segments) {
    CHECK(count > 850);
    CHECK(count < 1150);
  }
}

// The order in which the service returned these keys to dynalite's test/scan.js.
TEST_CASE("Partitions are ordered as the service orders them") {
  const auto by_hash = [](const Value& a, const Value& b) {
    const Value* const first[] = {&a};
    const Value* const second[] = {&b};
    return encode_partition(first) < encode_partition(second);
  };
  std::vector<Value> texts;
  for (const char c : std::string("0123456789")) texts.push_back(Value::string(std::string(1, c)));
  std::sort(texts.begin(), texts.end(), by_hash);
  std::string order;
  for (const Value& text : texts) order += *text.as_string();
  CHECK(order == "2891605473");

  std::vector<Value> numbers;
  for (const char* number : {"0", "1", "2", "3", "5", "7", "9", "-0.09", "999.9", "0.012345", "-999.9"}) {
    numbers.push_back(Value::number(Number::parse(number).value()));
  }
  std::sort(numbers.begin(), numbers.end(), by_hash);
  order.clear();
  for (const Value& number : numbers) order += number.as_number()->to_string() + " ";
  CHECK(order == "7 999.9 3 2 -999.9 9 -0.09 1 0 0.012345 5 ");
}

}  // namespace
}  // namespace fickle
