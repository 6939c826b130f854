// Any bytes as an Ion file, binary and text: no crash, no deep stack, and what is read prints.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "emulator/ops/ion.hh"
#include "emulator/value/value_json.hh"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(data, data + size);
  std::string out;
  for (const auto& read : {fickle::read_ion_text(bytes), fickle::read_ion_binary(bytes)}) {
    for (const fickle::Item& item : read.items) fickle::append_json(out, item);
  }
  return 0;
}
