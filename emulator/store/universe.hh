// Universe: one isolated DynamoDB - tables, clock, dice, models, tokens - and its baseline. Single-threaded: guarded by one mutex that
// lives in service/universes. store::commit is the only writer of rows.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/core/clock.hh"
#include "emulator/core/dice.hh"
#include "emulator/store/models.hh"
#include "emulator/store/table.hh"

namespace fickle {

// An idempotency token and what it stands for (behaviour reference 8.5).
struct TokenRecord {
  std::string fingerprint;  // of the request's content
  Instant completed{};
  Instant expires{};
  std::string answer;  // what a replay needs, see ops
};

// Keys locked by an open transaction (simulation transactions.hold).
struct LockedKey {
  std::string table;
  RowKey key;
  friend auto operator<=>(const LockedKey&, const LockedKey&) = default;
};

// What happens by itself at an instant of the virtual clock: a backup becomes available. Captures names and values only, never references
// into a universe: pictures keep it, and it comes true in whichever universe they are restored to.
struct Universe;
using Event = std::function<void(Universe&, Instant at)>;
using Agenda = std::multimap<Instant, Event>;

// A picture of the data: tables as sealed rows. Immutable, shared by universes.
struct TablePicture {
  std::shared_ptr<const Table> table;  // rows sealed, overlays empty
};
struct Picture {
  std::map<std::string, TablePicture, std::less<>> tables;
  std::map<std::string, std::shared_ptr<StreamLog>, std::less<>> orphan_streams;
  std::map<std::string, boost::json::object, std::less<>> registers;
  std::map<std::string, std::shared_ptr<const Picture>, std::less<>> backups;
  Agenda agenda;
};
using PicturePtr = std::shared_ptr<const Picture>;

struct Universe {
  Universe(std::string name_, std::uint64_t seed, const Clock& source)
      : name(std::move(name_)), clock(source), dice(seed, name), baseline_dice(seed, name) {}

  std::string name;
  VirtualClock clock;
  Dice dice;
  Models models;
  std::string account = "000000000000";
  std::string export_directory;  // stands in for S3: one folder per bucket; empty: there is none
  std::map<std::string, std::unique_ptr<Table>, std::less<>> tables;
  std::map<std::string, TokenRecord, std::less<>> tokens;
  std::map<LockedKey, std::string> locks;                                         // -> transaction id
  std::map<std::string, std::shared_ptr<StreamLog>, std::less<>> orphan_streams;  // of deleted tables, by ARN
  std::set<std::string, std::less<>>
      inclusive_starts;  // start keys whose own item has not been read yet, see engine/page.hh
  std::map<std::string, Instant, std::less<>> newest_seen;  // monotonic reads: access key (and table) -> as_of
  // State of features that have no rows: backups, exports, imports, global tables... each under its own name, owned by its operations.
  std::map<std::string, boost::json::object, std::less<>> registers;
  std::map<std::string, PicturePtr, std::less<>> backups;  // by backup ARN: the data of each
  Agenda agenda;                                           // what run_due lets happen
  PicturePtr baseline;                                     // what reset goes back to; never null after seal_baseline
  VirtualClock::State baseline_clock;
  std::optional<Instant> baseline_now;  // where a moved clock stood; absent: the clock was left alone
  Models baseline_models;
  Dice baseline_dice;                                        // ids drawn for the baseline are not drawn again
  std::map<std::string, PicturePtr, std::less<>> snapshots;  // survive resets
  std::uint64_t commits = 0;                                 // grows with every committed write set
  std::optional<Instant> due_done;                           // until when run_due has run
  Instant clock_seen = Instant::min();  // the latest time of a commit or of run_due: a clock before it was set back
  Instant tokens_due = Instant::min();  // when expired tokens are next looked for

  [[nodiscard]] Table* find_table(std::string_view name);
  [[nodiscard]] const Table* find_table(std::string_view name) const;
};

// The state now, sealed. O(rows) per table that changed since the last baseline, O(1) per other table.
[[nodiscard]] PicturePtr take_picture(const Universe& universe);
// A picture knows no past: the history of its table begins at `at`.
[[nodiscard]] TablePicture picture_of(const Table& table, Instant at);
// A table as in the picture, nothing else: what RestoreTableFromBackup starts from. O(1).
[[nodiscard]] std::unique_ptr<Table> table_from(const TablePicture& picture);
// Tables, streams and registers become those of the picture: O(tables + what changed). Tokens, locks and buckets are as new.
void restore_picture(Universe& universe, const PicturePtr& picture);
// take_picture becomes the baseline (and overlays are folded into it). Clock and models of the baseline stay: tests may have changed them.
void seal_baseline(Universe& universe);
// The clock, the models as they are now become those of the baseline.
void keep_clock_in_baseline(Universe& universe);
void keep_models_in_baseline(Universe& universe);

// What `POST /reset` keeps.
struct Keep {
  bool clock = false, models = false;
};
// Data, clock, models and dice as the baseline has them. A clock that had been moved goes back to where it stood.
void reset_to_baseline(Universe& universe, Keep keep = {});
// A new universe as after a reset of `parent`, sharing its baseline: O(tables). `source` is the machine's clock.
[[nodiscard]] std::unique_ptr<Universe> fork_universe(const Universe& parent, std::string name, const Clock& source);
// `scratch` is a fork of `universe` that loaded more and sealed it: its baseline becomes this universe's. The data stay.
void adopt_baseline(Universe& universe, const Universe& scratch);

// Everything due at or before clock.now(), in order of due time: table and index status changes, the agenda, TTL sweeps, stream trims,
// tokens.
// Cheap when nothing is due: it runs before every request.
void run_due(Universe& universe);

}  // namespace fickle
