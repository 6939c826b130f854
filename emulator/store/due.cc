// run_due: what the passing of virtual time does by itself.
#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "emulator/store/commit.hh"
#include "emulator/store/lifecycle.hh"
#include "emulator/store/universe.hh"

namespace fickle {
namespace {

constexpr Duration kTokenCheckEvery = std::chrono::seconds(1);

// The first multiple of `step` (since the epoch) at or after `at`.
Instant round_up(Instant at, Duration step) {
  Duration beyond = at.time_since_epoch() % step;
  if (beyond < Duration{0}) beyond += step;
  return beyond == Duration{0} ? at : at + (step - beyond);
}

// When the sweep that deletes the table's next item takes place; the end of time when nothing is due by `now`. A sweep sees what was due
// by then, and no sweep of the past is made up for: what was due before run_due last ran waits for the next one.
Instant sweep_due(const Universe& universe, const Table& table, Instant now) {
  const ExpiryEntry* first = table.expiries.first();
  if (!first || first->due > now || table.status == TableStatus::deleting) return Instant::max();
  const Duration step = std::max(universe.models.ttl_sweep, Duration{1});
  return round_up(std::max(first->due, *universe.due_done + Duration{1}), step);
}

Instant status_due(const Table& table) {
  Instant due = table.status_until.value_or(Instant::max());
  for (const Index& index : table.indexes) {
    if (index.status_until) due = std::min(due, *index.status_until);
  }
  if (table.stream && table.stream->status_until) due = std::min(due, *table.stream->status_until);
  for (const auto& log : table.past_streams) {
    if (log->status_until) due = std::min(due, *log->status_until);
  }
  return due;
}

Instant next_due(const Universe& universe, Instant now) {
  Instant due = universe.agenda.empty() ? Instant::max() : universe.agenda.begin()->first;
  for (const auto& [name, table] : universe.tables) {
    due = std::min({due, status_due(*table), sweep_due(universe, *table, now)});
  }
  return due;
}

bool is_due(const std::optional<Instant>& until, Instant at) {
  return until && *until <= at;
}

void change_index_statuses(Table& table, Instant at) {
  const auto gone = std::erase_if(table.indexes, [at](const Index& index) {
    return index.status == IndexStatus::deleting && is_due(index.status_until, at);
  });
  if (gone > 0) store::prune_definitions(table);
  for (Index& index : table.indexes) {
    if (!is_due(index.status_until, at)) continue;
    index.status = IndexStatus::active;
    index.backfilling = false;
    index.status_until.reset();
  }
}

void change_statuses(Universe& universe, Instant at) {
  std::vector<std::string> dropped;
  for (auto& [name, table] : universe.tables) {
    change_index_statuses(*table, at);
    store::settle_streams(universe, *table, at);
    if (!is_due(table->status_until, at)) continue;
    table->status_until.reset();
    if (table->status == TableStatus::deleting) {
      dropped.push_back(name);
    } else {
      table->status = TableStatus::active;
    }
  }
  for (const std::string& name : dropped) store::drop_table_at(universe, name, at);
}

void let_happen(Universe& universe, Instant at) {
  while (!universe.agenda.empty() && universe.agenda.begin()->first <= at) {
    const Event event = std::move(universe.agenda.extract(universe.agenda.begin()).mapped());
    event(universe, at);
  }
}

// Draws the delay of an expired item if it has none yet. Whether that puts it off beyond `at`.
bool is_put_off(Universe& universe, Table& table, const ExpiryEntry& expired, Instant at) {
  const std::optional<Distribution>& model = universe.models.ttl_delay;
  if (!model || expired.delayed) return false;
  const Duration delay = sample(*model, universe.dice.draw("ttl", "delay"));
  const Instant due = delay < Instant::max() - expired.due ? expired.due + delay : Instant::max();
  if (due <= at) return false;
  table.expiries.put({due, expired.key, true});
  return true;
}

// Deletes what expired, of all tables in order of due time.
void sweep(Universe& universe, Instant at) {
  struct Expired {
    ExpiryEntry entry;
    Table* table;
  };
  std::vector<Expired> expired;
  for (auto& [name, table] : universe.tables) {
    if (sweep_due(universe, *table, at) > at) continue;
    for (const ExpiryEntry* first = table->expiries.first(); first && first->due <= at;
         first = table->expiries.first()) {
      const ExpiryEntry entry = *first;
      if (is_put_off(universe, *table, entry, at)) continue;
      table->expiries.erase(entry.key);
      expired.push_back({entry, table.get()});
    }
  }
  std::stable_sort(expired.begin(), expired.end(),
                   [](const Expired& a, const Expired& b) { return a.entry.due < b.entry.due; });
  std::vector<store::Write> deletions;
  deletions.reserve(expired.size());
  for (Expired& one : expired) deletions.push_back({one.table, std::move(one.entry.key), nullptr});
  store::commit_at(universe, deletions, WriteCause::expiry, at);
}

void keep_up_streams(Universe& universe, Instant now) {
  const auto gone = [now](const std::shared_ptr<StreamLog>& log) { return is_gone(*log, now); };
  const auto keep_up_one = [&universe, now](StreamLog& log) {
    if (upkeep_due(log) <= now) keep_up(log, now, universe.dice);
  };
  for (auto& [name, table] : universe.tables) {
    if (table->stream) keep_up_one(*table->stream);
    if (table->past_streams.empty()) continue;
    std::erase_if(table->past_streams, gone);
    for (auto& log : table->past_streams) keep_up_one(*log);
  }
  if (universe.orphan_streams.empty()) return;
  std::erase_if(universe.orphan_streams, [&gone](const auto& entry) { return gone(entry.second); });
  for (auto& [arn, log] : universe.orphan_streams) keep_up_one(*log);
}

void forget_tokens(Universe& universe, Instant now) {
  if (universe.tokens.empty() || now < universe.tokens_due) return;
  std::erase_if(universe.tokens, [now](const auto& entry) { return entry.second.expires <= now; });
  universe.tokens_due = now + kTokenCheckEvery;
}

void shift_stream(StreamLog& log, Instant was_now, Duration by) {
  for (StreamShard& shard : log.shards) shard.records.shift_hiding(was_now, by);
}

// The clock was set back to `now`. Nothing done is undone: versions keep their age, what lags goes on lagging for as long as it had to.
void set_back(Universe& universe, Instant now) {
  const Instant was_now = universe.clock_seen;
  const Duration by = now - was_now;
  for (auto& [name, table] : universe.tables) {
    table->rows.shift_times(by);
    if (table->history_since) *table->history_since += by;
    for (Index& index : table->indexes) {
      index.rows.shift_times(by);
      index.newest_at = std::max(index.newest_at, Instant{} - by) + by;
    }
    if (table->stream) shift_stream(*table->stream, was_now, by);
    for (auto& log : table->past_streams) shift_stream(*log, was_now, by);
  }
  for (auto& [arn, log] : universe.orphan_streams) shift_stream(*log, was_now, by);
  for (auto& [key, seen] : universe.newest_seen) seen += by;
  universe.tokens_due = Instant::min();
  universe.due_done = std::min(*universe.due_done, now);
}

}  // namespace

void run_due(Universe& universe) {
  const Instant now = universe.clock.now();
  if (!universe.due_done) universe.due_done = now;
  if (now < universe.clock_seen) set_back(universe, now);
  for (Instant due = next_due(universe, now); due <= now; due = next_due(universe, now)) {
    const Instant at = std::max(due, *universe.due_done);
    change_statuses(universe, at);
    let_happen(universe, at);
    sweep(universe, at);
    universe.due_done = at;
  }
  keep_up_streams(universe, now);
  forget_tokens(universe, now);
  universe.due_done = now;
  universe.clock_seen = now;
}

}  // namespace fickle
