#include "faults/schedule.hh"

namespace fickle {
namespace {

constexpr std::int64_t kCountMax = 1'000'000'000;
constexpr std::size_t kScopesKept = 100'000;
constexpr std::size_t kSequenceMax = 10'000;

std::optional<std::uint64_t> optional_count(Document& document, std::string_view name, std::int64_t low) {
  const auto node = document.take(name);
  if (!node) return std::nullopt;
  return static_cast<std::uint64_t>(node->integer(low, kCountMax));
}

}  // namespace

Schedule Schedule::parse(const Node& node) {
  Document document(node, "schedule");
  Schedule schedule;
  if (const auto after = document.take("after")) schedule.after_ = after->duration();
  if (const auto length = document.take("for")) schedule.for_ = length->positive_duration();
  if (const auto flap = document.take("flap")) {
    Document members(*flap, "flap");
    schedule.flap_ = Flap{members.need("period").positive_duration(), members.need("active").duration()};
    if (schedule.flap_->active > schedule.flap_->period) {
      refuse(child_pointer(flap->pointer, "active"), "active must not be longer than period");
    }
    members.finish();
  }
  schedule.skip_ = optional_count(document, "skip", 0).value_or(0);
  schedule.every_ = optional_count(document, "every", 1).value_or(1);
  if (const auto sequence = document.take("sequence")) {
    for (const Node& step : sequence->elements()) schedule.sequence_.push_back(step.word({"pass", "fail"}) == 1);
    if (schedule.sequence_.empty()) sequence->fail("must name at least one step");
    if (schedule.sequence_.size() > kSequenceMax) sequence->fail("is longer than " + std::to_string(kSequenceMax));
  }
  if (const auto then = document.take("then")) {
    if (schedule.sequence_.empty()) then->fail("then says what follows a sequence, and there is none");
    constexpr Then kWords[] = {Then::pass, Then::fail, Then::repeat};
    schedule.then_ = kWords[then->word({"pass", "fail", "repeat"})];
  }
  if (const auto rate = document.take("rate")) {
    Document members(*rate, "rate");
    schedule.rate_ = Rate{static_cast<std::uint64_t>(members.need("count").integer(0, kCountMax)),
                          members.need("window").positive_duration()};
    members.finish();
  }
  if (const auto probability = document.take("probability")) schedule.probability_ = probability->number(0, 1);
  schedule.times_ = optional_count(document, "times", 0);
  if (const auto per = document.take("per")) {
    constexpr Scope kWords[] = {Scope::rule, Scope::table, Scope::key, Scope::invocation, Scope::universe};
    schedule.per_ = kWords[per->word({"rule", "table", "key", "invocation", "universe"})];
  }
  document.finish();
  return schedule;
}

bool Schedule::is_open(Instant set_at, Instant now) const {
  const Duration age = now - set_at;
  const Duration start = after_.value_or(Duration{0});
  // A clock set back before the rule was set leaves only rules without a beginning open.
  if (age < start && (after_ || for_ || flap_)) return false;
  if (for_ && age - start >= *for_) return false;
  if (flap_ && (age - start) % flap_->period >= flap_->active) return false;
  return true;
}

bool Schedule::in_sequence(std::uint64_t nth) const {
  if (sequence_.empty()) return true;
  if (nth < sequence_.size()) return sequence_[nth];
  switch (then_) {
    case Then::pass: return false;
    case Then::fail: return true;
    case Then::repeat: return sequence_[nth % sequence_.size()];
  }
  return false;
}

bool Schedule::exceeds_rate(ScopeCounters& counters, Instant now) const {
  auto& passed = counters.let_through;
  std::uint64_t& count = counters.let_through_count;
  while (!passed.empty() && passed.front().first <= now - rate_->window) {
    count -= passed.front().second;
    passed.pop_front();
  }
  while (!passed.empty() && passed.back().first > now) {  // the clock was set back
    count -= passed.back().second;
    passed.pop_back();
  }
  if (count >= rate_->count) return true;
  ++count;
  if (passed.empty() || passed.back().first != now) passed.emplace_back(now, 0);
  ++passed.back().second;
  return false;
}

bool Schedule::advance(ScopeCounters& counters, Instant now, Dice& dice, std::string_view source) const {
  ++counters.seen;
  if (counters.seen <= skip_) return false;
  if ((counters.seen - skip_) % every_ != 0) return false;
  if (!in_sequence(counters.sequenced++)) return false;
  if (rate_ && !exceeds_rate(counters, now)) return false;
  if (probability_ && dice.draw(source, "probability") >= *probability_) return false;
  if (times_ && counters.fired >= *times_) return false;
  ++counters.fired;
  return true;
}

ScopeCounters& ScopedCounters::of(const std::string& scope) {
  const auto found = by_scope_.find(scope);
  if (found != by_scope_.end()) return found->second;
  if (by_scope_.size() >= kScopesKept) {
    by_scope_.erase(order_.front());
    order_.pop_front();
  }
  order_.push_back(scope);
  return by_scope_[scope];
}

void ScopedCounters::clear() {
  by_scope_.clear();
  order_.clear();
}

}  // namespace fickle
