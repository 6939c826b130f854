// All universes of the server, each behind its own mutex, made on first use as forks of `default`'s baseline.
// Thread-safety: every member may be called from any thread. `with` runs what is due, then the function, under the universe's mutex.
#pragma once

#include <atomic>
#include <boost/json.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/core/clock.hh"
#include "emulator/core/result.hh"
#include "emulator/service/gate.hh"
#include "emulator/service/journal.hh"
#include "emulator/store/universe.hh"

namespace fickle {

struct UniversesOptions {
  std::uint64_t seed = 1;
  std::size_t universes_max = 1000;
  std::size_t journal_entries = 10000;
  bool journal_bodies = false;
  Duration idle_eviction{0};  // 0: never
  std::string account = "000000000000";
  std::string export_directory = {};  // stands in for S3; empty: there is none
};

// Whoever keeps state per universe beside the store (faults, journal) is told of births, resets and ends.
class Universes {
 public:
  struct Entry {
    explicit Entry(std::unique_ptr<Universe> universe_, const UniversesOptions& options);
    std::mutex mutex;
    std::unique_ptr<Universe> universe;
    Journal journal;                              // has a lock of its own
    std::string marker;                           // under mutex
    std::atomic<std::int64_t> used_at{0};         // system nanoseconds
    std::atomic<std::uint64_t> request_count{0};  // numbers the request ids
  };

  Universes(const Clock& system, UniversesOptions options);

  void set_gate(Gate& gate) { gate_ = &gate; }

  // The entry, made when missing. nullptr when the limit is reached.
  [[nodiscard]] std::shared_ptr<Entry> open(std::string_view name);
  [[nodiscard]] std::shared_ptr<Entry> find(std::string_view name) const;
  [[nodiscard]] std::vector<std::shared_ptr<Entry>> all() const;
  bool drop(std::string_view name);

  // Runs what is due at the universe's clock, then `work`, under the mutex.
  template <class Work>
  static void with(Entry& entry, const Work& work) {
    const std::lock_guard lock(entry.mutex);
    run_due(*entry.universe);
    work(*entry.universe);
  }

  // Keep what, go back to where: `POST /reset`.
  struct ResetOptions {
    std::string to;  // "" baseline, "empty", or a snapshot's name
    bool keep_faults = false, keep_journal = false, keep_simulation = false, keep_clock = false;
  };
  // nullopt when done; else why not.
  [[nodiscard]] std::optional<std::string> reset(Entry& entry, const ResetOptions& options);

  [[nodiscard]] const UniversesOptions& options() const { return options_; }
  [[nodiscard]] const Clock& system_clock() const { return system_; }

 private:
  void evict_idle(std::int64_t now);  // precondition: mutex_ is held

  const Clock& system_;
  UniversesOptions options_;
  Gate* gate_ = nullptr;
  mutable std::shared_mutex mutex_;
  std::map<std::string, std::shared_ptr<Entry>, std::less<>> entries_;
};

}  // namespace fickle
