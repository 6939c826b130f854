#include "emulator/store/sealed_rows.hh"

#include <algorithm>
#include <compare>
#include <span>
#include <utility>

namespace fickle {
namespace {

// The first eight bytes as a number, shorter keys padded with zeros: order of numbers = order of the keys' beginnings.
std::uint64_t leading_bytes(std::string_view key) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    word = (word << 8U) | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0U);
  }
  return word;
}

// Lower bound of `hash`, searched in growing steps from where evenly spread hashes would have it.
std::size_t gallop(const std::vector<std::uint64_t>& hashes, std::uint64_t hash) {
  constexpr std::size_t kFirstStep = 16;
  const std::size_t size = hashes.size();
  const auto guessed = static_cast<std::size_t>(static_cast<double>(hash) * 0x1.0p-64 * static_cast<double>(size));
  const std::size_t guess = std::min(guessed, size - 1);
  std::size_t low = 0;
  std::size_t high = size;
  std::size_t step = kFirstStep;
  if (hashes[guess] < hash) {
    low = guess + 1;
    for (std::size_t at = low + step; at < size; at = low + step) {
      if (hashes[at] >= hash) {
        high = at;
        break;
      }
      low = at + 1;
      step *= 2;
    }
  } else {
    high = guess;
    while (step < high) {
      if (hashes[high - step] < hash) {
        low = high - step + 1;
        break;
      }
      high -= step;
      step *= 2;
    }
  }
  const auto from = hashes.begin() + static_cast<std::ptrdiff_t>(low);
  const auto to = hashes.begin() + static_cast<std::ptrdiff_t>(high);
  return static_cast<std::size_t>(std::lower_bound(from, to, hash) - hashes.begin());
}

// A row to be sorted: eight bytes of its key that mostly decide, so that few comparisons look into the key itself.
struct Place {
  std::uint64_t bytes;
  std::size_t index;
  friend auto operator<=>(const Place&, const Place&) = default;
};

// Sorts places whose rows have the same hash, hence mostly one partition: by the eight bytes after what all their keys begin with.
void sort_partition(const std::vector<SealedRow>& rows, std::span<Place> places) {
  if (places.size() < 2) return;
  const std::string_view first = rows[places.front().index].key;
  std::size_t common = first.size();
  bool is_sorted = true;
  for (std::size_t i = 1; i < places.size(); ++i) {
    const std::string_view key = rows[places[i].index].key;
    const std::string_view start = first.substr(0, std::min(common, key.size()));
    common = static_cast<std::size_t>(std::mismatch(start.begin(), start.end(), key.begin()).first - start.begin());
    is_sorted = is_sorted && rows[places[i - 1].index].key <= key;
  }
  if (is_sorted) return;
  for (Place& place : places) place.bytes = leading_bytes(std::string_view(rows[place.index].key).substr(common));
  std::sort(places.begin(), places.end(), [&rows](const Place& a, const Place& b) {
    if (a.bytes != b.bytes) return a.bytes < b.bytes;
    const int order = rows[a.index].key.compare(rows[b.index].key);
    return order != 0 ? order < 0 : a.index < b.index;
  });
}

}  // namespace

SealedRows::SealedRows(std::vector<SealedRow> sorted) : rows_(std::move(sorted)) {
  hashes_.reserve(rows_.size());
  for (const SealedRow& row : rows_) hashes_.push_back(leading_bytes(row.key));
}

std::size_t SealedRows::lower_bound(std::string_view key) const {
  if (rows_.empty()) return 0;
  const std::uint64_t hash = leading_bytes(key);
  const std::size_t first = gallop(hashes_, hash);
  if (first == rows_.size() || hashes_[first] != hash || rows_[first].key >= key) return first;
  // Several rows of one partition: grow a window over the equal hashes, then search the keys.
  std::size_t low = first + 1;
  std::size_t step = 1;
  while (low + step < rows_.size() && hashes_[low + step] == hash && rows_[low + step].key < key) {
    low += step;
    step *= 2;
  }
  const auto from = rows_.begin() + static_cast<std::ptrdiff_t>(low);
  const auto to = rows_.begin() + static_cast<std::ptrdiff_t>(std::min(low + step, rows_.size()));
  const auto below = [](const SealedRow& row, std::string_view wanted) { return row.key < wanted; };
  return static_cast<std::size_t>(std::lower_bound(from, to, key, below) - rows_.begin());
}

const ItemPtr* SealedRows::find(std::string_view key) const {
  const std::size_t at = lower_bound(key);
  return at < rows_.size() && rows_[at].key == key ? &rows_[at].item : nullptr;
}

void sort_rows(std::vector<SealedRow>& rows) {
  std::vector<Place> places;
  places.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) places.push_back({leading_bytes(rows[i].key), i});
  std::sort(places.begin(), places.end());
  for (auto first = places.begin(); first != places.end();) {
    const auto last = std::find_if(first, places.end(), [first](const Place& p) { return p.bytes != first->bytes; });
    sort_partition(rows, {first, last});
    first = last;
  }
  std::vector<SealedRow> sorted;
  sorted.reserve(rows.size());
  for (const Place& place : places) {
    SealedRow& row = rows[place.index];
    if (!sorted.empty() && sorted.back().key == row.key) {
      sorted.back().item = std::move(row.item);
    } else {
      sorted.push_back(std::move(row));
    }
  }
  rows = std::move(sorted);
}

}  // namespace fickle
