#include "emulator/core/crc32.hh"

#include <zlib.h>

namespace fickle {

std::uint32_t crc32_of(std::string_view bytes) {
  const auto* const data = reinterpret_cast<const Bytef*>(bytes.data());
  return static_cast<std::uint32_t>(crc32_z(0, data, bytes.size()));
}

}  // namespace fickle
