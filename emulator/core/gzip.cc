#include "emulator/core/gzip.hh"

#include <zlib.h>

#include <algorithm>
#include <limits>

#include "emulator/core/invariant.hh"

namespace fickle {
namespace {

// What zlib is told of the format by its window bits.
enum class Format { gzip = 16 + MAX_WBITS, zlib = MAX_WBITS, bare = -MAX_WBITS };

// zlib counts in 32 bits; it is given at most this much at a time.
uInt piece(std::size_t size) {
  return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}

// zlib's interface takes its input without const, and does not write to it.
Bytef* input_of(std::string_view bytes) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
}
Bytef* output_of(std::string& bytes, std::size_t at) {
  return reinterpret_cast<Bytef*>(bytes.data() + at);
}

class Inflater {
 public:
  Inflater(Format format, std::string_view input, std::size_t limit) : input_(input), limit_(limit) {
    invariant(inflateInit2(&stream_, static_cast<int>(format)) == Z_OK, "zlib can begin to inflate");
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream_); }

  // One stream to its end; what follows it stays in rest().
  [[nodiscard]] int read_stream() {
    inflateReset(&stream_);
    for (;;) {
      if (used_ == output_.size() && !grow()) return Z_MEM_ERROR;
      const int code = step();
      if (code == Z_STREAM_END) return code;
      const bool stuck = code == Z_BUF_ERROR && input_.empty() && used_ < output_.size();
      if (stuck || (code != Z_OK && code != Z_BUF_ERROR)) return code;
    }
  }
  [[nodiscard]] std::string_view rest() const { return input_; }
  [[nodiscard]] std::string output() {
    output_.resize(used_);
    return std::move(output_);
  }

 private:
  int step() {
    stream_.next_in = input_of(input_);
    stream_.avail_in = piece(input_.size());
    stream_.next_out = output_of(output_, used_);
    stream_.avail_out = piece(output_.size() - used_);
    const uInt in_before = stream_.avail_in;
    const uInt out_before = stream_.avail_out;
    const int code = inflate(&stream_, Z_NO_FLUSH);
    input_.remove_prefix(in_before - stream_.avail_in);
    used_ += out_before - stream_.avail_out;
    return code;
  }
  // One byte more than the limit tells a text of exactly the limit from a longer one.
  bool grow() {
    constexpr std::size_t kFirst = 64 * 1024;
    if (used_ > limit_) return false;
    output_.resize(std::min(limit_ + 1, std::max(kFirst, 2 * used_)));
    return true;
  }

  std::string_view input_;
  std::size_t limit_;
  std::string output_;
  std::size_t used_ = 0;
  z_stream stream_{};
};

InflateError error_of(int code) {
  if (code == Z_MEM_ERROR) return InflateError::too_large;
  return code == Z_BUF_ERROR ? InflateError::truncated : InflateError::corrupt;
}

Result<std::string, InflateError> inflate_all(Format format, std::string_view compressed, std::size_t limit) {
  Inflater inflater(format, compressed, limit);
  do {
    const int code = inflater.read_stream();
    if (code != Z_STREAM_END) return Refused{error_of(code)};
  } while (format == Format::gzip && !inflater.rest().empty());
  if (!inflater.rest().empty()) return Refused{InflateError::corrupt};
  std::string output = inflater.output();
  if (output.size() > limit) return Refused{InflateError::too_large};
  return output;
}

// RFC 1950: compression method 8, and the first two bytes divide by 31.
bool has_zlib_header(std::string_view bytes) {
  if (bytes.size() < 2) return false;
  const unsigned first = static_cast<unsigned char>(bytes[0]);
  const unsigned second = static_cast<unsigned char>(bytes[1]);
  return (first & 15U) == Z_DEFLATED && (first << 8U | second) % 31 == 0;
}

std::string deflate_all(Format format, std::string_view text) {
  constexpr int kDefaultMemory = 8;
  z_stream stream{};
  const int begun = deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, static_cast<int>(format), kDefaultMemory,
                                 Z_DEFAULT_STRATEGY);
  invariant(begun == Z_OK, "zlib can begin to deflate");
  std::string out(deflateBound(&stream, text.size()), '\0');
  std::size_t used = 0;
  int code = Z_OK;
  while (code == Z_OK) {
    stream.next_in = input_of(text);
    stream.avail_in = piece(text.size());
    stream.next_out = output_of(out, used);
    stream.avail_out = piece(out.size() - used);
    const uInt in_before = stream.avail_in;
    const uInt out_before = stream.avail_out;
    code = deflate(&stream, in_before == text.size() ? Z_FINISH : Z_NO_FLUSH);
    text.remove_prefix(in_before - stream.avail_in);
    used += out_before - stream.avail_out;
  }
  deflateEnd(&stream);
  invariant(code == Z_STREAM_END, "deflateBound is enough to deflate into");
  out.resize(used);
  return out;
}

}  // namespace

Result<std::string, InflateError> gunzip(std::string_view compressed, std::size_t limit) {
  return inflate_all(Format::gzip, compressed, limit);
}

Result<std::string, InflateError> inflate_deflate(std::string_view compressed, std::size_t limit) {
  return inflate_all(has_zlib_header(compressed) ? Format::zlib : Format::bare, compressed, limit);
}

std::string gzip(std::string_view text) {
  return deflate_all(Format::gzip, text);
}

std::string deflate_zlib(std::string_view text) {
  return deflate_all(Format::zlib, text);
}

}  // namespace fickle
