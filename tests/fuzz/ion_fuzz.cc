// Any bytes as an Ion file, binary and text: no crash, no deep stack, and what is read prints.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "emulator/value/ion.hh"
#include "emulator/value/value_json.hh"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(data, data + size);
  std::string out;
  const auto visit = [&out](std::size_t, const fickle::Result<fickle::Value, std::string>& value) {
    if (value) fickle::append_json(out, value.value());
  };
  fickle::visit_ion_text(bytes, visit);
  fickle::visit_ion_binary(bytes, visit);
  return 0;
}
