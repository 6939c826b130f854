#include "emulator/http/chunked_decoder.hh"

#include <algorithm>

#include "emulator/core/hex.hh"

namespace fickle {

ChunkedDecoder::Step ChunkedDecoder::decode(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (expects_ == Expects::data) {
      const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(chunk_left_, bytes.size() - at));
      body_.append(bytes.substr(at, length));
      at += length;
      chunk_left_ -= length;
      if (chunk_left_ == 0) expects_ = Expects::data_return;
      continue;
    }
    const State state = take_byte(bytes[at++]);
    if (state != State::more) return {at, state};
  }
  return {at, State::more};
}

ChunkedDecoder::State ChunkedDecoder::take_size_byte(char byte) {
  if (const auto digit = hex_digit(byte)) {
    chunk_left_ = chunk_left_ * 16 + *digit;
    // Checked at each digit, so that the sum cannot overflow.
    if (chunk_left_ > body_max_ - body_.size()) return State::too_large;
    expects_ = Expects::size;
    return State::more;
  }
  if (expects_ == Expects::first_digit) return State::malformed;
  if (byte == '\r') {
    expects_ = Expects::size_end;
    return State::more;
  }
  if (byte != ';' && byte != ' ' && byte != '\t') return State::malformed;
  expects_ = Expects::extension;
  return State::more;
}

ChunkedDecoder::State ChunkedDecoder::take_byte(char byte) {
  const auto require = [&](char expected, Expects next) {
    if (byte != expected) return State::malformed;
    expects_ = next;
    return State::more;
  };
  switch (expects_) {
    case Expects::first_digit:
    case Expects::size:
      // Leading zeros are counted, so that an endless size line ends.
      if (chunk_left_ == 0 && ++overhead_ > overhead_max_) return State::malformed;
      return take_size_byte(byte);
    case Expects::extension:
      if (++overhead_ > overhead_max_ || byte == '\n') return State::malformed;
      if (byte == '\r') expects_ = Expects::size_end;
      return State::more;
    case Expects::size_end: return require('\n', chunk_left_ == 0 ? Expects::trailer_start : Expects::data);
    case Expects::data_return: return require('\r', Expects::data_end);
    case Expects::data_end: return require('\n', Expects::first_digit);
    case Expects::trailer_start:
      if (byte == '\r') {
        expects_ = Expects::last_end;
        return State::more;
      }
      [[fallthrough]];
    case Expects::trailer:
      if (++overhead_ > overhead_max_ || byte == '\n') return State::malformed;
      expects_ = byte == '\r' ? Expects::trailer_end : Expects::trailer;
      return State::more;
    case Expects::trailer_end: return require('\n', Expects::trailer_start);
    case Expects::last_end: return byte == '\n' ? State::done : State::malformed;
    case Expects::data: break;
  }
  return State::malformed;  // data never comes here
}

}  // namespace fickle
