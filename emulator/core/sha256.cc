#include "emulator/core/sha256.hh"

#include <openssl/md5.h>
#include <openssl/sha.h>

#include <array>
#include <cstddef>

// The digests' own functions, not the EVP layer: that one refers to every algorithm of OpenSSL, and a static executable
// would carry them all, four megabytes. CMakeLists.txt asks for the version of OpenSSL's interface that has them.

namespace fickle {
namespace {

constexpr std::size_t kBlock = SHA256_CBLOCK;

template <std::size_t size>
std::string as_text(const std::array<unsigned char, size>& digest) {
  return {reinterpret_cast<const char*>(digest.data()), size};
}

// The key as HMAC pads it to one block, each byte combined with `mask`.
std::string padded(std::string_view key, unsigned char mask) {
  std::string block(key);
  block.resize(kBlock, '\0');
  for (char& c : block) c = static_cast<char>(static_cast<unsigned char>(c) ^ mask);
  return block;
}

}  // namespace

std::string sha256(std::string_view bytes) {
  SHA256_CTX context{};
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256_Init(&context);
  SHA256_Update(&context, bytes.data(), bytes.size());
  SHA256_Final(digest.data(), &context);
  return as_text(digest);
}

std::string md5(std::string_view bytes) {
  MD5_CTX context{};
  std::array<unsigned char, MD5_DIGEST_LENGTH> digest{};
  MD5_Init(&context);
  MD5_Update(&context, bytes.data(), bytes.size());
  MD5_Final(digest.data(), &context);
  return as_text(digest);
}

// RFC 2104.
std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  const std::string short_key = key.size() > kBlock ? sha256(key) : std::string(key);
  return sha256(padded(short_key, 0x5c) + sha256(padded(short_key, 0x36).append(bytes)));
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back(kDigits[byte >> 4U]);
    out.push_back(kDigits[byte & 15U]);
  }
  return out;
}

std::string sha256_hex(std::string_view bytes) {
  return to_hex(sha256(bytes));
}

std::string md5_hex(std::string_view bytes) {
  return to_hex(md5(bytes));
}

}  // namespace fickle
