// Prepared: a request that has been validated as far as it can be without looking at tables, ready to run. Immutable, shareable.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/api/json_text.hh"
#include "emulator/value/value.hh"

namespace fickle {

class Session;

// Groups of operations as rules name them; a bit each.
enum class Group : unsigned {
  read = 1,
  write = 2,
  batch = 4,
  transaction = 8,
  query = 16,
  control = 32,
  stream = 64,
  partiql = 128,
};
[[nodiscard]] constexpr unsigned operator|(Group a, Group b) {
  return static_cast<unsigned>(a) | static_cast<unsigned>(b);
}
[[nodiscard]] constexpr unsigned operator|(unsigned a, Group b) {
  return a | static_cast<unsigned>(b);
}
[[nodiscard]] constexpr bool has(unsigned groups, Group group) {
  return (groups & static_cast<unsigned>(group)) != 0;
}

// What a request (or one member of a batch or transaction) touches: for matching rules and for the journal.
struct Touch {
  std::string table;  // plain name, also when the request gave an ARN
  std::string index;  // IndexName, or empty
  ItemPtr carried;    // the attributes the request carries: Key, Item, equality terms; null when none
  bool write = false;
  bool conditional = false;
};

// The attributes of a table's primary key; none when there is no such table.
using KeyNames = std::function<std::vector<std::string>(std::string_view table)>;

// The reply, printed outside the universe's mutex. Captures shared items, never references into the store.
using Answer = std::function<void(JsonText&)>;

struct Prepared {
  std::vector<Touch> touches;           // in the order of the document; a batch member each
  unsigned groups = 0;                  // bits of Group
  std::optional<bool> consistent_read;  // absent: the operation has no such parameter
  std::string token;                    // ClientRequestToken, or empty
  std::function<void(std::vector<Touch>&, const KeyNames&)>
      settle;  // what only keys of tables tell of touches; or empty
  std::function<Answer(Session&)> execute;
};

}  // namespace fickle
