// Matcher: the `when` of a rule (and of requests/verify) - which requests are meant. Immutable after parsing, thread-safe.
// It judges a Subject, which is made from a request at the gate or from an entry of the journal.
// Source: control API, "Fault rules", when.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/engine/prepared.hh"
#include "emulator/service/journal.hh"
#include "emulator/service/prepare_port.hh"
#include "emulator/value/value.hh"
#include "faults/node.hh"

namespace fickle {

struct Call;

// What one request (or one member of a batch or transaction) touches.
struct SubjectMember {
  std::string_view table, index;
  const Item* carried = nullptr;
  bool conditional = false;
};

struct Subject {
  std::string_view operation;
  unsigned groups = 0;
  std::vector<SubjectMember> members;  // by position in the document
  std::optional<bool> consistent_read;
  int attempt = 1;  // a request that names none is its own first attempt
  std::string_view access_key, user_agent, marker;
  std::function<std::optional<std::string_view>(std::string_view lower_case_name)> header;
};
// Views into their arguments.
[[nodiscard]] Subject subject_of(const Call& call, const Prepared& prepared, std::string_view marker);
[[nodiscard]] Subject subject_of(const JournalEntry& entry);

class Matcher {
 public:
  Matcher() = default;  // everything
  // Throws ControlError; operation names are checked against `operations`.
  [[nodiscard]] static Matcher parse(const Node& node, const PreparePort& operations);

  // The positions of the members for which all conditions hold; nullopt when the request is not meant. A request without members that
  // is meant gives an empty list.
  [[nodiscard]] std::optional<std::vector<std::size_t>> match(const Subject& subject) const;

  // Of the conditions, those that do not hold, as words ("table is users, not orders-*"); empty when all hold. For near misses.
  [[nodiscard]] std::vector<std::string> mismatches(const Subject& subject) const;

  // Whether some request of this operation could be meant.
  [[nodiscard]] bool admits(const OperationFacts& operation) const;
  // The operation's groups, with what its statements may be (read, write) for those that carry PartiQL.
  [[nodiscard]] unsigned admitted_groups(const OperationFacts& operation) const;
  // Picks single members (table, index, key, conditional), so that an effect on members concerns only those.
  [[nodiscard]] bool selects_members() const { return table_ || index_ || !key_.empty() || conditional_; }
  [[nodiscard]] std::optional<bool> consistent_read() const { return consistent_read_; }
  [[nodiscard]] std::optional<bool> conditional() const { return conditional_; }
  // Names of the attributes that `key` names.
  [[nodiscard]] std::vector<std::string> key_names() const;

 private:
  struct KeyTest {
    Value value;  // a string or binary when `is_prefix`
    bool is_prefix = false;
  };
  [[nodiscard]] static KeyTest parse_key_test(const Node& node);
  [[nodiscard]] static bool holds(const KeyTest& test, const Value& value);
  [[nodiscard]] bool operation_holds(std::string_view name, unsigned groups) const;
  [[nodiscard]] bool member_holds(const SubjectMember& member) const;

  bool any_operation_ = true;
  std::vector<std::string> operations_;
  unsigned groups_ = 0;
  std::optional<std::string> table_, index_, access_key_, user_agent_, marker_;
  std::vector<std::pair<std::string, KeyTest>> key_;
  std::optional<bool> consistent_read_, conditional_;
  std::optional<int> attempt_;
  std::vector<std::pair<std::string, std::string>> headers_;  // lower-case name, glob
};

}  // namespace fickle
