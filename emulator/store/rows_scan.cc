// The ordered visits of Rows: baseline and overlay merged in either direction.
#include <iterator>

#include "emulator/store/rows.hh"

namespace fickle {
namespace {

// Where a key range lies in the baseline.
struct Span {
  std::size_t first = 0, last = 0;
};

Span span_of(const SealedRowsPtr& baseline, std::string_view low, std::string_view high) {
  if (!baseline) return {};
  return {low.empty() ? 0 : baseline->lower_bound(low), high.empty() ? baseline->size() : baseline->lower_bound(high)};
}

}  // namespace

void Rows::scan(std::string_view low, std::string_view high, Direction direction, ReadView view,
                const std::function<bool(const RowKey& key, const ItemPtr& item)>& visit) const {
  if (!high.empty() && low >= high) return;
  if (direction == Direction::forward) {
    scan_forward(low, high, view, visit);
  } else {
    scan_backward(low, high, view, visit);
  }
}

void Rows::scan_forward(std::string_view low, std::string_view high, ReadView view,
                        const std::function<bool(const RowKey&, const ItemPtr&)>& visit) const {
  auto [sealed, sealed_end] = span_of(baseline_, low, high);
  auto own = overlay_.lower_bound(low);
  const auto own_end = high.empty() ? overlay_.end() : overlay_.lower_bound(high);
  while (sealed != sealed_end || own != own_end) {
    int order = -1;  // of the next sealed key against the next own one
    if (sealed == sealed_end) {
      order = 1;
    } else if (own != own_end) {
      order = (*baseline_)[sealed].key.compare(own->first);
    }
    if (order < 0) {
      const SealedRow& row = (*baseline_)[sealed++];
      if (!visit(row.key, row.item)) return;
      continue;
    }
    if (order == 0) ++sealed;
    const ItemPtr item = visible(own->second, own->first, view);
    if (item && !visit(own->first, item)) return;
    ++own;
  }
}

void Rows::scan_backward(std::string_view low, std::string_view high, ReadView view,
                         const std::function<bool(const RowKey&, const ItemPtr&)>& visit) const {
  auto [sealed_begin, sealed] = span_of(baseline_, low, high);
  const auto own_begin = overlay_.lower_bound(low);
  auto own = high.empty() ? overlay_.end() : overlay_.lower_bound(high);  // both stand one behind the next to visit
  while (sealed != sealed_begin || own != own_begin) {
    int order = 1;
    if (sealed == sealed_begin) {
      order = -1;
    } else if (own != own_begin) {
      order = (*baseline_)[sealed - 1].key.compare(std::prev(own)->first);
    }
    if (order > 0) {
      const SealedRow& row = (*baseline_)[--sealed];
      if (!visit(row.key, row.item)) return;
      continue;
    }
    if (order == 0) --sealed;
    --own;
    const ItemPtr item = visible(own->second, own->first, view);
    if (item && !visit(own->first, item)) return;
  }
}

bool Rows::differs_from_newest(std::string_view low, std::string_view high, ReadView view) const {
  if (view.newest() || (!high.empty() && low >= high)) return false;
  const auto end = high.empty() ? overlay_.end() : overlay_.lower_bound(high);
  for (auto own = overlay_.lower_bound(low); own != end; ++own) {
    if (visible(own->second, own->first, view) != own->second.newest.item) return true;
  }
  return false;
}

}  // namespace fickle
