// Progress: a bar on stderr when that is a terminal, else nothing. One line, drawn again and again; gone when it is destroyed.
#pragma once

#include <cstddef>
#include <string>

namespace fickle::cli {

class Progress {
 public:
  Progress();
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  Progress(Progress&&) = delete;
  Progress& operator=(Progress&&) = delete;

  void show(std::size_t done, std::size_t all, const std::string& what) const;

 private:
  bool terminal_;
};

// "[#####-----] 12/24 what"; no longer than `width`. Pure.
[[nodiscard]] std::string progress_line(std::size_t done, std::size_t all, const std::string& what, std::size_t width);

}  // namespace fickle::cli
