// The head of an answer, as bytes. Thread-safety: HttpDate belongs to one connection; the rest is pure.
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
enum class Framing { content_length, chunked, until_close };
enum class Persistence { keep_alive, close };

[[nodiscard]] std::string_view reason_phrase(int status);  // "" when unknown

// Status line and headers with the blank line. `content_length` counts with Framing::content_length only.
[[nodiscard]] std::string format_reply_head(const HttpReply& reply, std::string_view date, Framing framing,
                                            std::size_t content_length, Persistence persistence);

}  // namespace fickle
