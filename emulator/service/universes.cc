#include "emulator/service/universes.hh"

namespace fickle {

Universes::Entry::Entry(std::unique_ptr<Universe> universe_, const UniversesOptions& options)
    : universe(std::move(universe_)), journal(options.journal_entries, options.journal_bodies) {}

Universes::Universes(const Clock& system, UniversesOptions options) : system_(system), options_(std::move(options)) {
  auto universe = std::make_unique<Universe>("default", options_.seed, system_);
  universe->account = options_.account;
  universe->export_directory = options_.export_directory;
  seal_baseline(*universe);
  entries_.emplace("default", std::make_shared<Entry>(std::move(universe), options_));
}

std::shared_ptr<Universes::Entry> Universes::find(std::string_view name) const {
  const std::shared_lock lock(mutex_);
  const auto found = entries_.find(name);
  return found == entries_.end() ? nullptr : found->second;
}

std::shared_ptr<Universes::Entry> Universes::open(std::string_view name) {
  const auto now = system_.now().time_since_epoch().count();
  if (auto entry = find(name)) {
    entry->used_at.store(now, std::memory_order_relaxed);
    return entry;
  }
  const std::unique_lock lock(mutex_);
  if (const auto found = entries_.find(name); found != entries_.end()) return found->second;
  if (options_.idle_eviction > Duration{0}) evict_idle(now);
  if (entries_.size() >= options_.universes_max) return nullptr;

  const auto origin = entries_.find("default")->second;
  std::unique_ptr<Universe> universe;
  {
    const std::lock_guard origin_lock(origin->mutex);
    universe = fork_universe(*origin->universe, std::string(name), system_);
  }
  auto entry = std::make_shared<Entry>(std::move(universe), options_);
  entry->used_at.store(now, std::memory_order_relaxed);
  if (gate_ != nullptr) {
    Universe& fresh = *entry->universe;
    gate_->universe_created(std::string(name), "default", fresh.clock.now(), fresh.models);
  }
  return entries_.emplace(std::string(name), std::move(entry)).first->second;
}

void Universes::evict_idle(std::int64_t now) {
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    const bool idle = now - entry->second->used_at.load(std::memory_order_relaxed) > options_.idle_eviction.count();
    // use_count 1: nobody is working in it.
    if (entry->first == "default" || !idle || entry->second.use_count() > 1) {
      ++entry;
      continue;
    }
    if (gate_ != nullptr) gate_->universe_dropped(entry->first);
    entry = entries_.erase(entry);
  }
}

std::vector<std::shared_ptr<Universes::Entry>> Universes::all() const {
  const std::shared_lock lock(mutex_);
  std::vector<std::shared_ptr<Entry>> list;
  list.reserve(entries_.size());
  for (const auto& [name, entry] : entries_) list.push_back(entry);
  return list;
}

bool Universes::drop(std::string_view name) {
  const std::unique_lock lock(mutex_);
  const auto found = entries_.find(name);
  if (found == entries_.end() || name == "default") return false;
  entries_.erase(found);
  if (gate_ != nullptr) gate_->universe_dropped(std::string(name));
  return true;
}

std::optional<std::string> Universes::reset(Entry& entry, const ResetOptions& options) {
  {
    const std::lock_guard lock(entry.mutex);
    Universe& universe = *entry.universe;
    PicturePtr target;
    if (options.to == "empty") {
      target = std::make_shared<const Picture>();
    } else if (!options.to.empty()) {
      const auto snapshot = universe.snapshots.find(options.to);
      if (snapshot == universe.snapshots.end()) return "there is no snapshot '" + options.to + "'";
      target = snapshot->second;
    }
    reset_to_baseline(universe, {.clock = options.keep_clock, .models = options.keep_simulation});
    if (target) restore_picture(universe, target);
    entry.marker.clear();
    if (gate_ != nullptr)
      gate_->universe_reset(universe.name, options.keep_faults, universe.clock.now(), universe.models);
  }
  if (!options.keep_journal) entry.journal.clear();
  entry.request_count.store(0, std::memory_order_relaxed);
  return std::nullopt;
}

}  // namespace fickle
