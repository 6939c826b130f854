// How bodies are compressed on the wire. Requests say so by themselves. Answers: the service compresses larger answers when the request's Accept-Encoding allows it, and reads
// that header in a way of its own (observed by ScyllaDB's test_compressed_response on the service). Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/service/http_message.hh"

namespace fickle {

enum class ContentEncoding { identity, gzip, deflate };

inline constexpr std::size_t kCompressedFrom = 4096;  // bytes; an answer of more is compressed

// `accepted`: the value of the first Accept-Encoding header, empty without one.
[[nodiscard]] ContentEncoding negotiate_encoding(std::string_view accepted);

// The request's body as text, taken out of it: decompressed when Content-Encoding says so. nullopt: an unknown encoding or damaged data.
[[nodiscard]] std::optional<std::string> decoded_body(HttpRequest& request);

// Compresses the body and names the encoding when the request accepts one and the answer is long enough; then what it was before.
std::optional<std::string> compress_answer(HttpReply& reply, std::string_view accepted);

}  // namespace fickle
