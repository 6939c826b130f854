#include "emulator/store/stream_records.hh"

#include <algorithm>

namespace fickle {

const StreamRecord& StreamRecords::operator[](std::size_t i) const {
  const std::size_t sealed_left = sealed_size() - skipped_;
  return i < sealed_left ? (*sealed_)[skipped_ + i] : own_[i - sealed_left];
}

void StreamRecords::pop_front() {
  if (skipped_ < sealed_size()) {
    ++skipped_;
  } else {
    own_.pop_front();
  }
}

void StreamRecords::shift_hiding(Instant was_now, Duration by) {
  for (StreamRecord& record : own_) {
    if (record.visible_from > was_now) {
      record.visible_from += by;
    } else {
      record.visible_from = std::min(record.visible_from, was_now + by);
    }
  }
}

std::shared_ptr<const StreamRecords::Sealed> StreamRecords::seal() const {
  if (own_.empty() && skipped_ == 0) return sealed_;
  Sealed all;
  all.reserve(size());
  for (const StreamRecord& record : *this) {
    all.push_back(record);
    all.back().visible_from = Instant::min();
  }
  return std::make_shared<const Sealed>(std::move(all));
}

}  // namespace fickle
