#include "emulator/engine/session.hh"

#include <algorithm>

#include "emulator/core/uuid.hh"
#include "emulator/engine/rivals.hh"

namespace fickle {

Session::Session(Universe& universe, const Call& call, const Conditions& conditions)
    : universe_(universe), call_(call), conditions_(conditions), now_(universe.clock.now()) {}

Table& Session::item_table(std::string_view name) {
  Table* table = universe_.find_table(name);
  if (table == nullptr || table->status == TableStatus::creating || table->status == TableStatus::deleting)
    throw_resource_not_found();
  return *table;
}

Table& Session::control_table(std::string_view name) {
  Table* table = universe_.find_table(name);
  if (table == nullptr) throw_table_not_found(name);
  return *table;
}

// The replica lag of this request: drawn once, so that a page is one moment.
Duration Session::read_lag() {
  if (drawn_lag_) return *drawn_lag_;
  Duration lag{0};
  if (const auto& model = universe_.models.reads) {
    if (model->probability >= 1 || universe_.dice.draw("reads", "probability") < model->probability) {
      lag = sample(model->lag, universe_.dice.draw("reads", "lag"));
    }
  }
  if (conditions_.stale_read && conditions_.stale_read->lag) lag = std::max(lag, *conditions_.stale_read->lag);
  drawn_lag_ = lag;
  return lag;
}

ReadView Session::view(Consistency consistency) {
  if (consistency == Consistency::strong) return ReadView{};
  // Index rows are written to become visible `index lag` later, so `now` already hides them: the lags add up by themselves.
  ReadView view{.as_of = now_};
  if (conditions_.stale_read) view.versions_back = conditions_.stale_read->versions;
  const Duration lag = read_lag();
  const bool monotonic = universe_.models.reads && universe_.models.reads->monotonic;
  if (lag <= Duration{0} && !monotonic) return view;
  view.as_of = now_ - lag;
  if (monotonic) {
    auto [seen, fresh] = universe_.newest_seen.try_emplace(call_.access_key, view.as_of);
    if (!fresh) view.as_of = seen->second = std::max(seen->second, view.as_of);
  }
  return view;
}

ItemPtr Session::read_row(const Table& table, std::string_view row_key, Consistency consistency) {
  ItemPtr newest = table.rows.find(row_key);
  const bool current = !universe_.models.reads && !conditions_.stale_read;
  if (consistency == Consistency::strong || current) return newest;
  ItemPtr seen = table.rows.find(row_key, view(consistency));
  if (seen != newest) effects_.stale = true;
  return seen;
}

void Session::commit(std::span<const store::Write> writes) {
  store::commit(universe_, writes);
  effects_.applied = Effects::Applied::yes;
}

void Session::let_rivals_act(Table& table, const Item& key) {
  const RivalTarget only{&table, &key};
  let_rivals_act({&only, 1});
}

void Session::let_rivals_act(std::span<const RivalTarget> members) {
  if (rivals_done_ || conditions_.rivals.empty()) return;
  rivals_done_ = true;
  if (run_rivals(*this, members)) effects_.contended = true;
}

bool Session::is_locked(const Table& table, std::string_view row_key) const {
  return universe_.locks.contains(LockedKey{table.schema.name, std::string(row_key)});
}

void Session::pause_then(Duration real, std::function<Answer(Session&)> then) {
  continuation_ = Continuation{real, std::move(then)};
}

std::optional<Session::Continuation> Session::take_continuation() {
  return std::exchange(continuation_, std::nullopt);
}

void Session::resume() {
  now_ = universe_.clock.now();
}

std::string Session::new_uuid(std::string_view purpose) {
  const std::uint64_t high = universe_.dice.bits(purpose);
  return format_uuid(high, universe_.dice.bits(purpose));
}

}  // namespace fickle
