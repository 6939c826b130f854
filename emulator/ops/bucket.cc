#include "emulator/ops/bucket.hh"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "emulator/core/text.hh"

namespace fickle {

namespace {

namespace fs = std::filesystem;

// A folder's or file's name, and nothing that leads elsewhere.
bool is_plain(std::string_view part) {
  return !part.empty() && part != "." && part != ".." && part.find('\0') == std::string_view::npos &&
         part.find('\\') == std::string_view::npos;
}

std::optional<fs::path> path_of(const std::string& key) {
  fs::path path;
  for (const std::string_view part : split(key, '/')) {
    if (!is_plain(part)) return std::nullopt;
    path /= part;
  }
  return path;
}

}  // namespace

std::optional<Bucket> Bucket::open(const std::string& export_directory, const std::string& name, Missing missing) {
  if (export_directory.empty() || !is_plain(name) || name.find('/') != std::string::npos) return std::nullopt;
  const fs::path folder = fs::path(export_directory) / name;
  std::error_code error;
  if (missing == Missing::make) fs::create_directories(folder, error);
  if (!fs::is_directory(folder, error)) return std::nullopt;
  return Bucket(folder);
}

std::vector<Bucket::Object> Bucket::list(const std::string& prefix) const {
  std::vector<Object> objects;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error)) {
    if (!entry->is_regular_file(error)) continue;
    std::string key = entry->path().lexically_relative(folder_).generic_string();
    if (key.starts_with(prefix)) objects.push_back({std::move(key), entry->file_size(error)});
  }
  std::sort(objects.begin(), objects.end(), [](const Object& a, const Object& b) { return a.key < b.key; });
  return objects;
}

std::optional<std::string> Bucket::read(const std::string& key) const {
  const auto path = path_of(key);
  if (!path) return std::nullopt;
  std::ifstream in(folder_ / *path, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream content;
  content << in.rdbuf();
  return std::move(content).str();
}

bool Bucket::write(const std::string& key, const std::string& content) const {
  const auto path = path_of(key);
  if (!path) return false;
  std::error_code error;
  fs::create_directories((folder_ / *path).parent_path(), error);
  std::ofstream out(folder_ / *path, std::ios::binary);
  out << content;
  return out.good();
}

std::string under_prefix(const std::string& prefix, const std::string& rest) {
  if (prefix.empty()) return rest;
  return prefix.ends_with('/') ? prefix + rest : prefix + "/" + rest;
}

}  // namespace fickle
