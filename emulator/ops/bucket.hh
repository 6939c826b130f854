// A folder that stands in for S3: one folder per bucket under --export-directory. Reads and writes whole files; a key can never leave
// its bucket. Not thread-safe beside other writers of the same folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace fickle {

class Bucket {
 public:
  // nullopt: there is no such bucket (no export directory, or a name that is no folder's). `make`: the folder is made.
  enum class Missing { refuse, make };
  [[nodiscard]] static std::optional<Bucket> open(const std::string& export_directory, const std::string& name,
                                                  Missing missing);

  struct Object {
    std::string key;
    std::uint64_t size = 0;
  };
  // Every object whose key starts with the prefix, in order of keys.
  [[nodiscard]] std::vector<Object> list(const std::string& prefix) const;
  [[nodiscard]] std::optional<std::string> read(const std::string& key) const;
  // False when the key is no path inside the bucket, or the file cannot be written.
  bool write(const std::string& key, const std::string& content) const;

 private:
  explicit Bucket(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::filesystem::path folder_;
};

// "prefix/rest", or "rest" when there is no prefix.
[[nodiscard]] std::string under_prefix(const std::string& prefix, const std::string& rest);

}  // namespace fickle
