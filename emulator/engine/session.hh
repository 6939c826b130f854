// Session: one request inside its universe, under the universe's mutex. Gives operations tables, the read view, capacity and locks,
// obeys the request's Conditions and notes their Effects. Lives as long as the request runs; not shared.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "emulator/api/call.hh"
#include "emulator/api/error.hh"
#include "emulator/engine/conditions.hh"
#include "emulator/engine/prepared.hh"
#include "emulator/store/commit.hh"
#include "emulator/store/universe.hh"

namespace fickle {

// What a rival may write to: an item of the request, or of one of its members. `key` may hold more than the key, or less (then it cannot
// be touched), or be null.
struct RivalTarget {
  Table* table = nullptr;
  const Item* key = nullptr;
};

class Session {
 public:
  Session(Universe& universe, const Call& call, const Conditions& conditions);

  [[nodiscard]] Universe& universe() { return universe_; }
  [[nodiscard]] const Call& call() const { return call_; }
  [[nodiscard]] const Conditions& conditions() const { return conditions_; }
  [[nodiscard]] Effects& effects() { return effects_; }
  [[nodiscard]] Instant now() const { return now_; }  // fixed for the request

  // The table of an item operation: ResourceNotFoundException (short text) when missing, CREATING or DELETING.
  [[nodiscard]] Table& item_table(std::string_view name);
  // The table of a control operation: ResourceNotFoundException (long text) when missing.
  [[nodiscard]] Table& control_table(std::string_view name);

  // The view of an eventually consistent or consistent read of a table or index. Lag and probability are drawn once per request.
  [[nodiscard]] ReadView view(Consistency consistency);
  // One row as such a read sees it, staleRead by versions included.
  [[nodiscard]] ItemPtr read_row(const Table& table, std::string_view row_key, Consistency consistency);

  void commit(std::span<const store::Write> writes);  // through store::commit; notes Effects::applied

  // Runs the rivals of `contend` once; operations call it after the schema checks, before they read.
  void let_rivals_act(Table& table, const Item& key);
  void let_rivals_act(std::span<const RivalTarget> members);  // of a batch or transaction, in their order

  // An open transaction of another request holds this key (or the conditions say so).
  [[nodiscard]] bool is_locked(const Table& table, std::string_view row_key) const;

  // For transactions.hold: the pipeline releases the mutex, waits `real`, and runs `then` under the mutex again with this session.
  void pause_then(Duration real, std::function<Answer(Session&)> then);
  struct Continuation {
    Duration real{0};
    std::function<Answer(Session&)> then;
  };
  [[nodiscard]] std::optional<Continuation> take_continuation();
  void resume();  // after the pause: time has gone on

  // Ids: request, table, iterator... from the universe's dice.
  [[nodiscard]] std::string new_uuid(std::string_view purpose);

 private:
  [[nodiscard]] Duration read_lag();

  Universe& universe_;
  const Call& call_;
  const Conditions& conditions_;
  Effects effects_;
  Instant now_;
  std::optional<Duration> drawn_lag_;
  bool rivals_done_ = false;
  std::optional<Continuation> continuation_;
};

}  // namespace fickle
