// SHA-256, HMAC-SHA-256 and MD5 over OpenSSL: request signatures, export manifests. Digests are raw bytes; to_hex writes them.
// Pure functions, thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace fickle {

[[nodiscard]] std::string sha256(std::string_view bytes);                             // 32 bytes
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view bytes);  // 32 bytes
[[nodiscard]] std::string md5(std::string_view bytes);     // 16 bytes; a checksum of files, not a protection
[[nodiscard]] std::string to_hex(std::string_view bytes);  // lower case

[[nodiscard]] std::string sha256_hex(std::string_view bytes);
[[nodiscard]] std::string md5_hex(std::string_view bytes);

}  // namespace fickle
