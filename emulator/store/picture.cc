// Pictures, baselines, resets and forks. A copy of Table is a picture of it by the way Rows, ExpiryQueue and StreamRecords copy; what
// is left to do here is to give each copy streams of its own.
#include <utility>

#include "emulator/store/universe.hh"

namespace fickle {
namespace {

std::shared_ptr<StreamLog> own_copy(const std::shared_ptr<StreamLog>& log) {
  return log ? std::make_shared<StreamLog>(*log) : nullptr;
}

void own_streams(Table& table) {
  table.stream = own_copy(table.stream);
  for (auto& log : table.past_streams) log = own_copy(log);
}

// Whatever is not data starts anew.
void forget_traffic(Table& table) {
  table.meter = {};
  for (Index& index : table.indexes) {
    index.meter = {};
    index.newest_at = {};
  }
}

// Tables with a shared, sealed part: the overlay goes, the rest stays as it is.
void fold(Table& table, const Table& sealed) {
  table.rows.reset_to(sealed.rows.baseline());
  table.history_since = sealed.history_since;
  table.expiries = sealed.expiries;
  for (std::size_t i = 0; i < table.indexes.size(); ++i) {
    table.indexes[i].rows.reset_to(sealed.indexes[i].rows.baseline());
    table.indexes[i].newest_at = {};
  }
}

}  // namespace

TablePicture picture_of(const Table& table, Instant at) {
  auto copy = std::make_shared<Table>(table);
  if (copy->history_since) copy->history_since = at;
  own_streams(*copy);
  forget_traffic(*copy);
  return {std::move(copy)};
}

std::unique_ptr<Table> table_from(const TablePicture& picture) {
  auto table = std::make_unique<Table>(*picture.table);
  own_streams(*table);
  return table;
}

PicturePtr take_picture(const Universe& universe) {
  auto picture = std::make_shared<Picture>();
  const Instant now = universe.clock.now();
  for (const auto& [name, table] : universe.tables) picture->tables.emplace(name, picture_of(*table, now));
  for (const auto& [arn, log] : universe.orphan_streams) picture->orphan_streams.emplace(arn, own_copy(log));
  picture->registers = universe.registers;
  picture->backups = universe.backups;
  picture->agenda = universe.agenda;
  return picture;
}

void restore_picture(Universe& universe, const PicturePtr& picture) {
  const Picture empty;  // nullptr: no tables
  const Picture& wanted = picture ? *picture : empty;
  universe.tables.clear();
  for (const auto& [name, table] : wanted.tables) universe.tables.emplace(name, table_from(table));
  universe.orphan_streams.clear();
  for (const auto& [arn, log] : wanted.orphan_streams) universe.orphan_streams.emplace(arn, own_copy(log));
  universe.registers = wanted.registers;
  universe.backups = wanted.backups;
  universe.agenda = wanted.agenda;
  universe.tokens.clear();
  universe.locks.clear();
  universe.inclusive_starts.clear();
  universe.newest_seen.clear();
  universe.due_done.reset();
  universe.clock_seen = Instant::min();
  universe.tokens_due = Instant::min();
  ++universe.commits;
}

void seal_baseline(Universe& universe) {
  universe.baseline = take_picture(universe);
  for (const auto& [name, table] : universe.tables) fold(*table, *universe.baseline->tables.find(name)->second.table);
  universe.baseline_dice = universe.dice;
}

void keep_clock_in_baseline(Universe& universe) {
  universe.baseline_clock = universe.clock.state();
  const bool is_moved = universe.baseline_clock.frozen || universe.baseline_clock.offset != Duration{0};
  universe.baseline_now = is_moved ? std::optional(universe.clock.now()) : std::nullopt;
}

void keep_models_in_baseline(Universe& universe) {
  universe.baseline_models = universe.models;
}

void reset_to_baseline(Universe& universe, Keep keep) {
  restore_picture(universe, universe.baseline);
  if (!keep.clock) {
    universe.clock.restore(universe.baseline_clock);
    if (universe.baseline_now) universe.clock.set(*universe.baseline_now);
  }
  if (!keep.models) universe.models = universe.baseline_models;
  universe.dice = universe.baseline_dice;
}

std::unique_ptr<Universe> fork_universe(const Universe& parent, std::string name, const Clock& source) {
  auto child = std::make_unique<Universe>(std::move(name), parent.dice.seed(), source);
  child->account = parent.account;
  child->export_directory = parent.export_directory;
  child->baseline = parent.baseline;
  child->baseline_clock = parent.baseline_clock;
  child->baseline_now = parent.baseline_now;
  child->baseline_models = parent.baseline_models;
  if (child->name == parent.name) child->baseline_dice = parent.baseline_dice;
  reset_to_baseline(*child);
  return child;
}

void adopt_baseline(Universe& universe, const Universe& scratch) {
  universe.baseline = scratch.baseline;
  universe.baseline_clock = scratch.baseline_clock;
  universe.baseline_now = scratch.baseline_now;
  universe.baseline_models = scratch.baseline_models;
  universe.baseline_dice = scratch.baseline_dice;
}

}  // namespace fickle
