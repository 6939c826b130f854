#include "emulator/core/sha256.hh"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "emulator/core/invariant.hh"

namespace fickle {
namespace {

using Digest = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string as_text(const Digest& digest, unsigned size) {
  return {reinterpret_cast<const char*>(digest.data()), size};
}

std::string digest_of(std::string_view bytes, const EVP_MD* algorithm) {
  Digest digest{};
  unsigned size = 0;
  const int done = EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, algorithm, nullptr);
  invariant(done == 1, "OpenSSL can digest any bytes");
  return as_text(digest, size);
}

}  // namespace

std::string sha256(std::string_view bytes) {
  return digest_of(bytes, EVP_sha256());
}

std::string md5(std::string_view bytes) {
  return digest_of(bytes, EVP_md5());
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  Digest digest{};
  unsigned size = 0;
  const char* const key_data = key.empty() ? "" : key.data();  // OpenSSL takes a null key for "the previous one"
  const auto* const done =
      HMAC(EVP_sha256(), key_data, static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(bytes.data()),
           bytes.size(), digest.data(), &size);
  invariant(done != nullptr, "OpenSSL can sign any bytes");
  return as_text(digest, size);
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
