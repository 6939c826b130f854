// Fuzzer: any JSON as an item. What is accepted prints and reads back the same, within the limits; what is not is refused.
#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "emulator/core/invariant.hh"
#include "emulator/core/json_parse.hh"
#include "emulator/core/json_print.hh"
#include "emulator/value/item_size.hh"
#include "emulator/value/key_codec.hh"
#include "emulator/value/value_json.hh"

namespace fickle {
namespace {

void check_keys(const Item& item) {
  for (const Attribute& attribute : item) {
    const auto order = compare_values(attribute.value, attribute.value);
    if (!order) continue;
    std::string key;
    append_key_bytes(key, attribute.value);
    invariant(!key.empty(), "an encoded key is never empty");
  }
}

void check(std::string_view text) {
  const auto parsed = parse_json(text, JsonDialect::relaxed);
  if (!parsed) return;
  const auto again = parse_json(json_text(parsed.value()));
  invariant(again.ok() && again.value() == parsed.value(), "printed JSON reads back as itself");
  const boost::json::object* const object = parsed.value().if_object();
  if (object == nullptr) return;
  try {
    const auto item = read_item(*object);
    if (!item) return;
    std::string printed;
    append_json(printed, item.value());
    const auto reread = read_item(parse_json(printed).value().get_object());
    invariant(reread.ok() && reread.value() == item.value(), "a printed item reads back as itself");
    for (const Attribute& attribute : item.value()) {
      invariant(depth_of(attribute.value) <= kNestingLimit, "what was read is not too deep");
    }
    check_keys(item.value());
  } catch (const BrokenInvariant& broken) {
    // The kinds of members are checked by the wire's shape check, which does not run here.
    if (!std::string_view(broken.what()).starts_with("shape_check")) throw;
  }
}

}  // namespace
}  // namespace fickle

// NOLINTNEXTLINE: the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fickle::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
