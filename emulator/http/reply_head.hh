// The head of an answer, and the chunks of a streamed one, as bytes. Thread-safety: HttpDate belongs to one connection; the rest is pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/core/clock.hh"
#include "emulator/service/http_message.hh"

namespace fickle {

// The `Date` header's text, made anew only when the second changes.
class HttpDate {
 public:
  explicit HttpDate(const Clock& clock) : clock_(clock) {}
  [[nodiscard]] const std::string& text(Duration skew);

 private:
  const Clock& clock_;
  std::optional<std::int64_t> second_;
  std::string text_;
};

// How the end of the body is told.
enum class BodyFraming { content_length, chunked, until_close };
enum class Persistence { keep_alive, close };

[[nodiscard]] std::string_view reason_phrase(int status);  // "" when unknown

// Status line and headers with the blank line. `content_length` counts with BodyFraming::content_length only.
[[nodiscard]] std::string format_reply_head(const HttpReply& reply, std::string_view date, BodyFraming framing,
                                            std::size_t content_length, Persistence persistence);

// One chunk of a chunked body, which must not be empty; and what ends such a body.
[[nodiscard]] std::string format_chunk(std::string_view bytes);
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

}  // namespace fickle
