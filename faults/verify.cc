#include "faults/verify.hh"

#include <algorithm>
#include <map>

#include "emulator/core/json_print.hh"
#include "emulator/core/text.hh"

namespace fickle {
namespace {

constexpr std::size_t kShown = 5;  // found requests and near misses in an answer

std::optional<std::uint64_t> take_count(Document& document, std::string_view name) {
  const auto node = document.take(name);
  if (!node) return std::nullopt;
  return static_cast<std::uint64_t>(node->integer(0, 1'000'000'000));
}

double milliseconds(Duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

json::object shown(const JournalEntry& entry) {
  json::array tables;
  std::string last;
  for (const Touch& touch : entry.touches) {
    if (touch.table != last) tables.emplace_back(touch.table);
    last = touch.table;
  }
  return {{"id", entry.id},           {"operation", entry.operation}, {"tables", std::move(tables)},
          {"status", entry.status},   {"error", entry.error},         {"invocation", entry.invocation()},
          {"attempt", entry.attempt}, {"marker", entry.marker}};
}

std::string expected_count(const Expectation& expectation) {
  std::vector<std::string> parts;
  if (expectation.exactly) parts.push_back("exactly " + std::to_string(*expectation.exactly));
  if (expectation.at_least) parts.push_back("at least " + std::to_string(*expectation.at_least));
  if (expectation.at_most) parts.push_back("at most " + std::to_string(*expectation.at_most));
  return parts.empty() ? "at least 1" : join(parts, " and ");
}

bool count_holds(const Expectation& expectation, std::uint64_t count) {
  const bool none_given = !expectation.exactly && !expectation.at_least && !expectation.at_most;
  if (none_given) return count >= 1;
  return (!expectation.exactly || count == *expectation.exactly) &&
         (!expectation.at_least || count >= *expectation.at_least) &&
         (!expectation.at_most || count <= *expectation.at_most);
}

// Gaps between the attempts of one invocation that are not as they should be, in words.
std::vector<std::string> bad_gaps(const Expectation::Backoff& backoff, const std::vector<const JournalEntry*>& found) {
  std::map<std::string_view, std::vector<const JournalEntry*>> invocations;
  for (const JournalEntry* entry : found) {
    if (!entry->invocation().empty()) invocations[entry->invocation()].push_back(entry);
  }
  std::vector<std::string> complaints;
  for (const auto& [id, attempts] : invocations) {
    Duration previous{0};
    for (std::size_t i = 1; i < attempts.size(); ++i) {
      const Duration gap = attempts[i]->arrived - attempts[i - 1]->arrived;
      const std::string which = "attempt " + std::to_string(i + 1) + " of " + attempts[i]->operation + " " +
                                std::string(id) + " came after " + json_text(json::value(milliseconds(gap))) + " ms";
      if (backoff.at_least && gap < *backoff.at_least) {
        complaints.push_back(which + ", wanted at least " + format_duration(*backoff.at_least));
      }
      if (backoff.non_decreasing && gap < previous) complaints.push_back(which + ", sooner than the one before");
      previous = gap;
    }
  }
  return complaints;
}

// The entries that miss the fewest conditions, with what they miss.
json::array nearest(const Matcher& when, const std::vector<JournalEntry>& entries) {
  struct Miss {
    const JournalEntry* entry;
    std::vector<std::string> why;
  };
  std::vector<Miss> misses;
  for (const JournalEntry& entry : entries) {
    const Subject subject = subject_of(entry);
    if (!when.match(subject)) misses.push_back({&entry, when.mismatches(subject)});
  }
  std::stable_sort(misses.begin(), misses.end(),
                   [](const Miss& a, const Miss& b) { return a.why.size() < b.why.size(); });
  json::array list;
  for (std::size_t i = 0; i < misses.size() && i < kShown; ++i) {
    json::object one = shown(*misses[i].entry);
    json::array why;
    for (const std::string& reason : misses[i].why) why.emplace_back(reason);
    one["misses"] = std::move(why);
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace

Expectation parse_expectation(const Node& node, const PreparePort& operations) {
  Document document(node, "verify");
  Expectation expectation;
  if (const auto when = document.take("when")) expectation.when = Matcher::parse(*when, operations);
  if (const auto count = document.take("count")) {
    if (count->value.is_number()) {
      expectation.exactly = static_cast<std::uint64_t>(count->integer(0, 1'000'000'000));
    } else {
      Document members(*count, "count");
      expectation.exactly = take_count(members, "exactly");
      expectation.at_least = take_count(members, "atLeast");
      expectation.at_most = take_count(members, "atMost");
      members.finish();
    }
  }
  if (const auto backoff = document.take("backoff")) {
    Document members(*backoff, "backoff");
    Expectation::Backoff wanted;
    if (const auto at_least = members.take("atLeast")) wanted.at_least = at_least->duration();
    if (const auto growing = members.take("nonDecreasing")) wanted.non_decreasing = growing->boolean();
    members.finish();
    expectation.backoff = wanted;
  }
  document.finish();
  return expectation;
}

Verdict verify(const Expectation& expectation, const std::vector<JournalEntry>& entries) {
  std::vector<const JournalEntry*> found;
  for (const JournalEntry& entry : entries) {
    if (expectation.when.match(subject_of(entry))) found.push_back(&entry);
  }
  std::vector<std::string> complaints;
  if (!count_holds(expectation, found.size())) {
    complaints.push_back("expected " + expected_count(expectation) + " matching requests, found " +
                         std::to_string(found.size()));
  }
  if (expectation.backoff) {
    const auto gaps = bad_gaps(*expectation.backoff, found);
    complaints.insert(complaints.end(), gaps.begin(), gaps.end());
  }
  Verdict verdict;
  verdict.verified = complaints.empty();
  verdict.body["verified"] = verdict.verified;
  verdict.body["count"] = found.size();
  if (verdict.verified) return verdict;
  json::array list;
  for (std::size_t i = found.size() > kShown ? found.size() - kShown : 0; i < found.size(); ++i) {
    list.push_back(shown(*found[i]));
  }
  verdict.body["detail"] = join(complaints, "; ");
  verdict.body["found"] = std::move(list);
  verdict.body["nearest"] = nearest(expectation.when, entries);
  return verdict;
}

}  // namespace fickle
