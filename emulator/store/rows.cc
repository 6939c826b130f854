#include "emulator/store/rows.hh"

#include <algorithm>
#include <utility>

namespace fickle {
namespace {

constexpr std::size_t kPurgeEvery = 1024;

}  // namespace

ItemPtr Rows::baseline_item(std::string_view key) const {
  if (!baseline_) return nullptr;
  const ItemPtr* item = baseline_->find(key);
  return item ? *item : nullptr;
}

ItemPtr Rows::before_oldest(const Chain& chain, std::string_view key) const {
  if (!chain.forgotten) return baseline_item(key);
  return chain.older ? chain.older->front().item : chain.newest.item;
}

ItemPtr Rows::visible(const Chain& chain, std::string_view key, ReadView view) const {
  if (view.versions_back > 0) {
    const auto back = static_cast<std::size_t>(view.versions_back);
    const std::size_t known = chain.older ? chain.older->size() : 0;
    return back <= known ? (*chain.older)[known - back].item : before_oldest(chain, key);
  }
  if (chain.newest.at <= view.as_of) return chain.newest.item;
  if (chain.older) {
    for (auto version = chain.older->rbegin(); version != chain.older->rend(); ++version) {
      if (version->at <= view.as_of) return version->item;
    }
  }
  return before_oldest(chain, key);
}

ItemPtr Rows::find(std::string_view key, ReadView view) const {
  if (!overlay_.empty()) {
    const auto found = overlay_.find(key);
    if (found != overlay_.end()) return visible(found->second, key, view);
  }
  return baseline_item(key);
}

Rows::Past Rows::find_versions_back(std::string_view key, int n) const {
  const auto found = overlay_.find(key);
  if (found == overlay_.end()) return {baseline_item(key), false};
  const Chain& chain = found->second;
  if (n <= 0 || (chain.forgotten && !chain.older)) return {chain.newest.item, false};
  return {visible(chain, key, {.versions_back = n}), true};
}

std::optional<Instant> Rows::written_at(std::string_view key, ReadView view) const {
  const auto found = overlay_.find(key);
  if (found == overlay_.end()) return std::nullopt;
  const Chain& chain = found->second;
  if (chain.newest.at <= view.as_of) return chain.newest.at;
  if (!chain.older) return std::nullopt;
  const auto seen = std::find_if(chain.older->rbegin(), chain.older->rend(),
                                 [&view](const RowVersion& version) { return version.at <= view.as_of; });
  return seen == chain.older->rend() ? std::nullopt : std::optional(seen->at);
}

bool Rows::is_trace(const Chain& chain, std::string_view key) const {
  return !chain.newest.item && !chain.older && !baseline_item(key);
}

namespace {

// Drops what no read as of `keep_since` or later can see, but keeps `keep_versions`. Whether anything was dropped.
bool prune(std::vector<RowVersion>& older, Instant newest_at, Instant keep_since, int keep_versions) {
  const std::size_t kept = std::min(older.size(), static_cast<std::size_t>(std::max(keep_versions, 0)));
  std::size_t drop = 0;
  while (drop < older.size() - kept) {
    const Instant replaced_at = drop + 1 < older.size() ? older[drop + 1].at : newest_at;
    if (replaced_at > keep_since) break;
    ++drop;
  }
  older.erase(older.begin(), older.begin() + static_cast<std::ptrdiff_t>(drop));
  return drop > 0;
}

}  // namespace

void Rows::put(const RowKey& key, ItemPtr item, Instant at, Instant keep_since, int keep_versions) {
  const auto place = overlay_.lower_bound(key);
  if (place == overlay_.end() || place->first != key) {
    overlay_.emplace_hint(place, key, Chain{{at, std::move(item)}, nullptr, false});
    return;
  }
  Chain& chain = place->second;
  at = std::max(at, chain.newest.at);
  if (keep_versions <= 0 && at <= keep_since) {
    chain.newest = {at, std::move(item)};
    chain.older.reset();
    chain.forgotten = true;
    if (is_trace(chain, key)) overlay_.erase(place);
    return;
  }
  if (!chain.older) chain.older = std::make_unique<std::vector<RowVersion>>();
  chain.older->push_back(std::exchange(chain.newest, RowVersion{at, std::move(item)}));
  if (prune(*chain.older, at, keep_since, keep_versions)) chain.forgotten = true;
  if (chain.older->empty()) chain.older.reset();
  if (++history_puts_ > std::max(kPurgeEvery, overlay_.size() / 2)) purge(keep_since, keep_versions);
}

// Keys that are never written again would keep their history: now and then all are looked through, at a constant cost per put.
void Rows::purge(Instant keep_since, int keep_versions) {
  history_puts_ = 0;
  for (auto entry = overlay_.begin(); entry != overlay_.end();) {
    Chain& chain = entry->second;
    if (chain.older) {
      if (prune(*chain.older, chain.newest.at, keep_since, keep_versions)) chain.forgotten = true;
      if (chain.older->empty()) chain.older.reset();
    }
    entry = is_trace(chain, entry->first) && chain.newest.at <= keep_since ? overlay_.erase(entry) : std::next(entry);
  }
}

SealedRowsPtr Rows::seal() const {
  if (overlay_.empty()) return baseline_;
  std::vector<SealedRow> rows;
  rows.reserve((baseline_ ? baseline_->size() : 0) + overlay_.size());
  scan({}, {}, Direction::forward, {}, [&rows](const RowKey& key, const ItemPtr& item) {
    rows.push_back({key, item});
    return true;
  });
  return std::make_shared<const SealedRows>(std::move(rows));
}

void Rows::reset_to(SealedRowsPtr sealed) {
  baseline_ = std::move(sealed);
  overlay_.clear();
  history_puts_ = 0;
}

void Rows::shift_times(Duration by) {
  for (auto& [key, chain] : overlay_) {
    chain.newest.at += by;
    if (!chain.older) continue;
    for (RowVersion& version : *chain.older) version.at += by;
  }
}

}  // namespace fickle
