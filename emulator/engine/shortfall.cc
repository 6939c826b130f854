#include "emulator/engine/shortfall.hh"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fickle {

namespace {

std::vector<std::size_t> eligible_members(const Shortfall& shortfall, std::size_t members) {
  std::vector<std::size_t> eligible;
  if (shortfall.eligible) {
    eligible = *shortfall.eligible;
    std::erase_if(eligible, [members](std::size_t position) { return position >= members; });
    return eligible;
  }
  eligible.resize(members);
  std::iota(eligible.begin(), eligible.end(), std::size_t{0});
  return eligible;
}

// How many of the eligible members are left undone: the last ones.
std::size_t count_of(const Shortfall& shortfall, std::size_t eligible) {
  switch (shortfall.kind) {
    case Shortfall::Kind::all: return eligible;
    case Shortfall::Kind::count: return std::min(shortfall.count, eligible);
    case Shortfall::Kind::fraction: {
      const auto part = static_cast<std::size_t>(std::floor(shortfall.fraction * static_cast<double>(eligible) + 0.5));
      return std::min(std::max<std::size_t>(part, 1), eligible);
    }
    case Shortfall::Kind::positions: return 0;
  }
  return 0;
}

std::vector<bool> choose(const std::optional<Shortfall>& shortfall, std::size_t members) {
  std::vector<bool> left_out(members, false);
  if (!shortfall) return left_out;
  const auto eligible = eligible_members(*shortfall, members);
  if (shortfall->kind == Shortfall::Kind::positions) {
    for (const std::size_t position : shortfall->positions) {
      if (std::find(eligible.begin(), eligible.end(), position) != eligible.end()) left_out[position] = true;
    }
    return left_out;
  }
  const std::size_t count = count_of(*shortfall, eligible.size());
  for (std::size_t i = eligible.size() - count; i < eligible.size(); ++i) left_out[eligible[i]] = true;
  return left_out;
}

}  // namespace

BatchProgress::BatchProgress(Session& session, std::size_t members)
    : session_(session), left_out_(choose(session.conditions().shortfall, members)) {
  left_out_count_ = static_cast<std::size_t>(std::count(left_out_.begin(), left_out_.end(), true));
}

void BatchProgress::note_throttled(Throttled why) {
  if (!throttled_) throttled_ = std::move(why);
}

void BatchProgress::finish(bool is_write) {
  if (left_out_count_ > 0) session_.effects().shortened = true;
  if (done_ == 0 && throttled_) throw throttled_->error();
  const bool answers_anyway = undone_ || session_.conditions().shortfall.value_or(Shortfall{}).force;
  if (done_ == 0 && left_out_count_ > 0 && !answers_anyway)
    throw ApiError("ProvisionedThroughputExceededException", "");
  if (!is_write) return;
  const bool all = left_out_count_ == 0 && !throttled_ && !undone_;
  session_.effects().applied = done_ == 0 ? Effects::Applied::no
                               : all      ? Effects::Applied::yes
                                          : Effects::Applied::partial;
}

}  // namespace fickle
