#include "emulator/core/zstd.hh"

#include <zstd.h>

#include <algorithm>
#include <memory>

#include "emulator/core/invariant.hh"

namespace fickle {
namespace {

struct Free {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

}  // namespace

Result<std::string, InflateError> unzstd(std::string_view compressed, std::size_t limit) {
  const std::unique_ptr<ZSTD_DStream, Free> stream(ZSTD_createDStream());
  invariant(stream != nullptr, "zstd can begin to inflate");
  std::string text;
  ZSTD_inBuffer input{compressed.data(), compressed.size(), 0};
  std::size_t wanted = 0;  // 0: a frame has just ended
  for (bool full = false; input.pos < input.size || full;) {
    const std::size_t used = text.size();
    // One byte beyond the limit tells a text that just fits from one that does not.
    const std::size_t room = std::min(limit + 1 - used, std::max(used, ZSTD_DStreamOutSize()));
    if (room == 0) return Refused{InflateError::too_large};
    text.resize(used + room);
    ZSTD_outBuffer output{text.data() + used, room, 0};
    wanted = ZSTD_decompressStream(stream.get(), &output, &input);
    text.resize(used + output.pos);
    if (ZSTD_isError(wanted) != 0) return Refused{InflateError::corrupt};
    full = output.pos == room && wanted != 0;
  }
  if (text.size() > limit) return Refused{InflateError::too_large};
  if (wanted != 0) return Refused{InflateError::truncated};
  return text;
}

}  // namespace fickle
