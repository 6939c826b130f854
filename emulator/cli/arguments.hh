// Arguments of a command: flags anywhere, other words in their order. `--flag value`, `--flag=value`; after `--` everything is a word.
// Invariant: only flags that the command declares are there.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fickle::cli {

struct Flag {
  std::string_view name;   // without dashes
  std::string_view value;  // what help shows for its value, empty: a switch
  std::string_view help;
};

class Arguments {
 public:
  // Throws Failure with the command's name in it.
  [[nodiscard]] static Arguments parse(std::string_view command, const std::vector<std::string>& given,
                                       std::span<const Flag> flags);

  [[nodiscard]] bool has(std::string_view flag) const { return flags_.find(flag) != flags_.end(); }
  // The last one given counts.
  [[nodiscard]] std::optional<std::string> get(std::string_view flag) const;
  [[nodiscard]] std::vector<std::string> all(std::string_view flag) const;

  std::vector<std::string> words;     // before `--`
  std::vector<std::string> verbatim;  // after it

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> flags_;
};

}  // namespace fickle::cli
