// TextTable: rows in columns as wide as their longest cell, for a terminal. Widths count characters, not bytes.
// Invariant: every row has as many cells as there are columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fickle::cli {

enum class Align { left, right };

struct Column {
  std::string_view title;
  Align align = Align::left;
};

class TextTable {
 public:
  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}
  void add(std::vector<std::string> cells);  // missing cells are empty, further ones are dropped
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  // Lines with their ends, titles first; no blanks at the end of a line. Columns without any content are left out.
  [[nodiscard]] std::string text() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// Of UTF-8: characters, each taken to be one cell wide.
[[nodiscard]] std::size_t display_width(std::string_view text);

}  // namespace fickle::cli
