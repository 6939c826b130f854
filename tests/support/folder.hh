// A folder of a test's own, gone afterwards. Not thread-safe.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace fickle::test {

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "fickle-XXXXXX").string();
    path = mkdtemp(name.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path); }
};

}  // namespace fickle::test
