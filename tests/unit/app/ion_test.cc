// Ion as imports read it, text and binary: values, symbol tables, and what is malformed. Source: the Amazon Ion specification; developer guide,
// "DynamoDB data import formats".
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>

#include "emulator/core/gzip.hh"
#include "emulator/ops/item_files.hh"
#include "emulator/value/value_json.hh"
#include "tests/support/transfer.hh"

namespace fickle::test {
namespace {

using std::string_literals::operator""s;

const std::string kMark = "\xE0\x01\x00\xEA"s;

// A type descriptor and what it describes; long lengths follow it.
std::string typed(unsigned kind, const std::string& body) {
  if (body.size() < 14) return static_cast<char>(kind << 4U | body.size()) + body;
  std::string length(1, static_cast<char>(0x80U | (body.size() & 0x7FU)));
  for (std::size_t rest = body.size() >> 7U; rest > 0; rest >>= 7U)
    length.insert(length.begin(), static_cast<char>(rest & 0x7FU));
  return static_cast<char>(kind << 4U | 14U) + length + body;
}
std::string text(const std::string& value) {
  return typed(8, value);
}
std::string id(unsigned number) {
  return std::string(1, static_cast<char>(0x80U | number));
}
std::string structure(const std::string& body) {
  // A length of 1 would say that the members are sorted.
  return body.size() == 1 ? "\xDE\x81"s + body : typed(13, body);
}
std::string annotated(unsigned annotation, const std::string& value) {
  return typed(14, id(1) + id(annotation) + value);
}

// Names from number 10 on.
std::string symbols(const std::string& names) {
  return annotated(3, structure(id(7) + typed(11, names)));
}
const std::string kNames =
    symbols(text("Item") + text("id") + text("v") + text("$dynamodb_SS") + text("$dynamodb_NS") + text("$dynamodb_BS"));
std::string record(const std::string& value) {
  return structure(id(10) + structure(id(11) + text("a") + id(12) + value));
}

// The one item of a binary file, as DynamoDB JSON without its id; "-" when it is an error.
std::string read_value(const std::string& value) {
  const ReadItems read = read_ion(kMark + kNames + record(value));
  if (read.items.size() != 1) return read.errors == 1 ? "-" : "?";
  std::string out;
  append_json(out, *read.items[0].find("v"));
  return out;
}

TEST_CASE("Binary Ion: the values of attributes") {
  CHECK(read_value(text("h\xC3\xA9")) == R"({"S":"hé"})");
  CHECK(read_value(text("")) == R"({"S":""})");
  CHECK(read_value("\x20"s) == R"({"N":"0"})");
  CHECK(read_value("\x22\x01\x00"s) == R"({"N":"256"})");
  CHECK(read_value("\x31\x07"s) == R"({"N":"-7"})");
  CHECK(read_value("\x50"s) == R"({"N":"0"})");
  CHECK(read_value("\x52\xC2\x7B"s) == R"({"N":"1.23"})");  // 123 and two places
  CHECK(read_value("\x52\xC1\x85"s) == R"({"N":"-0.5"})");  // the sign is the coefficient's first bit
  CHECK(read_value("\x52\x83\x05"s) == R"({"N":"5000"})");  // an exponent above 0
  CHECK(read_value("\x51\xC1"s) == R"({"N":"0"})");         // no coefficient
  CHECK(read_value("\x48\x3F\xE0\x00\x00\x00\x00\x00\x00"s) == R"({"N":"0.5"})");
  CHECK(read_value("\x44\x3E\x00\x00\x00"s) == R"({"N":"0.125"})");
  CHECK(read_value("\x40"s) == R"({"N":"0"})");
  CHECK(read_value("\x10"s) == R"({"BOOL":false})");
  CHECK(read_value("\x11"s) == R"({"BOOL":true})");
  CHECK(read_value("\x0F"s) == R"({"NULL":true})");
  CHECK(read_value("\x8F"s) == R"({"NULL":true})");  // null.string
  CHECK(read_value(typed(10, "hi")) == R"({"B":"aGk="})");
  CHECK(read_value(typed(11, text("x") + "\x21\x01"s)) == R"({"L":[{"S":"x"},{"N":"1"}]})");
  CHECK(read_value(structure(id(12) + "\x11"s)) == R"({"M":{"v":{"BOOL":true}}})");
  CHECK(read_value("\xD1\x83"s + id(12) + "\x21\x05"s) == R"({"M":{"v":{"N":"5"}}})");  // a sorted structure
  CHECK(read_value(annotated(13, typed(11, text("b") + text("a")))) == R"({"SS":["a","b"]})");
  CHECK(read_value(annotated(14, typed(11, "\x21\x02\x21\x01"s))) == R"({"NS":["1","2"]})");
  CHECK(read_value(annotated(15, typed(11, typed(10, "hi")))) == R"({"BS":["aGk="]})");
  CHECK(read_value(typed(2, "\x4B\x3B\x4C\xA8\x5A\x86\xC4\x7A\x09\x8A\x22\x3F\xFF\xFF\xFF\xFF"s)) ==
        R"({"N":"99999999999999999999999999999999999999"})");
}

TEST_CASE("Binary Ion: padding is nothing") {
  CHECK(read_value(typed(11,
                         "\x02"
                         "ab\x21\x01\x00"s)) == R"({"L":[{"N":"1"}]})");
  const ReadItems read = read_ion(kMark + "\x01x"s + kNames + record("\x11"s) + "\x00"s);
  CHECK(read.items.size() == 1);
  CHECK(read.errors == 0);
}

TEST_CASE("Binary Ion: what is no attribute value is an error of its record alone") {
  const std::vector<std::string> bad = {
      "\x68\x80\x0F\xD0\x81\x81\x80\x80\x80"s,                    // a timestamp
      "\x71\x0A"s,                                                // a symbol
      typed(9, "clob"),                                           // a clob
      typed(12, "\x21\x01"s),                                     // an s-expression
      "\x30"s,                                                    // minus nothing
      "\x31\x00"s,                                                // minus zero
      "\x44\x7F\x80\x00\x00"s,                                    // infinity
      "\x43\x00\x00\x00"s,                                        // a float of three bytes
      typed(8, "\xFF"),                                           // no UTF-8
      typed(2, std::string(65, '\x01')),                          // beyond every number
      typed(2, std::string(40, '\x7F')),                          // more than 38 digits
      "\x55\x7F\x7F\x7F\xFF\x01"s,                                // an exponent beyond every number
      annotated(13, typed(11, "\x21\x01"s)),                      // a number among texts
      annotated(13, typed(11, "")),                               // an empty set
      annotated(12, typed(11, text("x"))),                        // another annotation
      annotated(13, text("x")),                                   // no list
      typed(14, id(2) + id(13) + id(13) + typed(11, text("x"))),  // two annotations
      structure(id(127) + "\x11"s),                               // a name that is not in the table
      typed(11, "\x82x"s),                                        // longer than what holds it
  };
  for (const std::string& value : bad) {
    CAPTURE(value);
    const ReadItems read = read_ion(kMark + kNames + record(value) + record("\x11"s));
    CHECK(read.errors == 1);
    CHECK(read.items.size() == 1);
  }
}

TEST_CASE("Binary Ion: symbol tables replace each other, or add to what is there") {
  const std::string item = structure(id(10) + structure(id(11) + text("a")));
  SECTION("a second table replaces the first") {
    const ReadItems read =
        read_ion(kMark + symbols(text("Item") + text("id")) + item + symbols(text("id") + text("Item")) +
                 structure(id(11) + structure(id(10) + text("b"))));
    CHECK(read.items.size() == 2);
    CHECK(read.errors == 0);
  }
  SECTION("one that imports the present table adds to it") {
    const std::string more = annotated(3, structure(id(6) + "\x71\x03"s + id(7) + typed(11, text("id"))));
    CHECK(read_ion(kMark + symbols(text("Item")) + more + item).items.size() == 1);
  }
  SECTION("a version mark forgets it") {
    const ReadItems read = read_ion(kMark + symbols(text("Item") + text("id")) + kMark + item);
    CHECK(read.items.empty());
    CHECK(read.errors == 1);
  }
  SECTION("shared tables are not to be had: their names are unknown, those after them keep their numbers") {
    const std::string import = structure(id(4) + text("names") + id(8) + "\x21\x02"s);
    const std::string table =
        annotated(3, structure(id(6) + typed(11, import) + id(7) + typed(11, text("Item") + text("id"))));
    CHECK(read_ion(kMark + table + structure(id(12) + structure(id(13) + text("a")))).items.size() == 1);
    CHECK(read_ion(kMark + table + item).errors == 1);
  }
  SECTION("one that is too large ends the reading") {
    const std::string import = structure(id(8) + "\x27\x7F\xFF\xFF\xFF\xFF\xFF\xFF"s);
    const ReadItems read = read_ion(kMark + annotated(3, structure(id(6) + typed(11, import))) + item);
    CHECK(read.items.empty());
    CHECK(read.errors == 1);
  }
}

TEST_CASE("Binary Ion: depth is bounded") {
  std::string deep = "\x11"s;
  for (int i = 0; i < 30; ++i) deep = typed(11, deep);
  CHECK(read_value(deep) != "-");
  for (int i = 0; i < 10'000; ++i) deep = typed(11, deep);
  CHECK(read_value(deep) == "-");
}

TEST_CASE("Binary Ion: cut short or with a byte changed it is still read to some end") {
  const std::string whole = kMark + kNames + record(annotated(13, typed(11, text("b") + text("a")))) +
                            record(structure(id(12) + typed(5, "\xC2\x7B"s))) + record("\x10"s);
  REQUIRE(read_ion(whole).items.size() == 3);
  for (std::size_t length = kMark.size(); length < whole.size(); ++length) {
    const ReadItems read = read_ion(whole.substr(0, length));
    CHECK(read.items.size() < 3);
    CHECK(read.errors <= 1);
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = whole;
      changed[at] = static_cast<char>(byte);
      CHECK(read_ion(changed).items.size() <= whole.size());
    }
  }
}

TEST_CASE("Ion text: escapes, comments, long texts, typed nulls and quoted annotations") {
  const auto value_of = [](const std::string& text) {
    const ReadItems read = read_ion("$ion_1_0 {Item:{v:" + text + "}} // the end");
    if (read.items.size() != 1) return std::string("-");
    std::string out;
    append_json(out, *read.items[0].find("v"));
    return out;
  };
  CHECK(value_of(R"("a\tb\x41\u00e9\U0001F600\ud83d\ude00\"")") == "{\"S\":\"a\\tbAé😀😀\\\"\"}");
  CHECK(value_of("\"a\\\nb\"") == R"({"S":"ab"})");
  CHECK(value_of(R"("\ud83d")") == "-");
  CHECK(value_of(R"("\xZZ")") == "-");
  CHECK(value_of(R"("\q")") == "-");
  CHECK(value_of("'''a''' /* and */ '''b'''") == R"({"S":"ab"})");
  CHECK(value_of("'''a") == "-");
  CHECK(value_of("null.string") == R"({"NULL":true})");
  CHECK(value_of("'$dynamodb_NS'::[1, 2.50]") == R"({"NS":["1","2.5"]})");
  CHECK(value_of("$dynamodb_SS::[]") == "-");
}

TEST_CASE("ImportTable takes binary Ion, compressed or not") {
  const Folder folder;
  std::filesystem::create_directories(folder.path / "data");
  std::ofstream(folder.path / "data" / "1.10n.gz", std::ios::binary)
      << gzip(kMark + kNames + record(annotated(13, typed(11, text("x")))) + record("\x71\x0A"s));
  Emulator emulator(with_exports(folder));
  const auto begun = emulator.ok(
      "ImportTable",
      R"({"S3BucketSource":{"S3Bucket":"data"},"InputFormat":"ION","InputCompressionType":"GZIP","TableCreationParameters":)"
      R"({"TableName":"widgets","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"AttributeDefinitions":)"
      R"([{"AttributeName":"id","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"}})");
  const std::string arn(begun.at("ImportTableDescription").at("ImportArn").as_string());
  const auto described =
      emulator.ok("DescribeImport", R"({"ImportArn":")" + arn + R"("})").at("ImportTableDescription");
  CHECK(described.at("ImportStatus").as_string() == "COMPLETED");
  CHECK(described.at("ImportedItemCount").to_number<int>() == 1);
  CHECK(described.at("ErrorCount").to_number<int>() == 1);
  const auto got = emulator.ok("GetItem", R"({"TableName":"widgets","Key":{"id":{"S":"a"}}})");
  CHECK(boost::json::serialize(got.at("Item").at("v")) == R"({"SS":["x"]})");
}

}  // namespace
}  // namespace fickle::test
