// Decodes a body in chunked transfer encoding (RFC 9112, 7.1), however it is cut up. Chunk extensions and trailers are read and
// dropped. Thread-safety: belongs to one request. Invariants: the body never exceeds body_max; lines outside it are bounded in total.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace fickle {

class ChunkedDecoder {
 public:
  enum class State { more, done, malformed, too_large };
  struct Step {
    std::size_t consumed = 0;  // of the bytes given; the rest belongs to the next request
    State state = State::more;
  };

  // `overhead_max`: chunk extensions and trailers together, in bytes.
  ChunkedDecoder(std::size_t body_max, std::size_t overhead_max) : body_max_(body_max), overhead_max_(overhead_max) {}

  // Call with what was received next until the state is not `more`; never again after that.
  [[nodiscard]] Step decode(std::string_view bytes);
  [[nodiscard]] std::string take_body() { return std::move(body_); }

 private:
  enum class Expects {
    first_digit,
    size,
    extension,
    size_end,
    data,
    data_return,
    data_end,
    trailer_start,
    trailer,
    trailer_end,
    last_end
  };

  [[nodiscard]] State take_byte(char byte);  // all but data
  [[nodiscard]] State take_size_byte(char byte);

  std::size_t body_max_;
  std::size_t overhead_max_;
  std::size_t overhead_ = 0;
  std::uint64_t chunk_left_ = 0;
  Expects expects_ = Expects::first_digit;
  std::string body_;
};

}  // namespace fickle
