// The journal of one universe: DynamoDB calls, newest `capacity` of them (control API, "Journal"). Thread-safe; has a lock of its own.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "emulator/core/header_list.hh"
#include "emulator/core/units.hh"
#include "emulator/engine/conditions.hh"
#include "emulator/engine/prepared.hh"
#include "emulator/value/value.hh"

namespace fickle {

struct JournalEntry {
  std::uint64_t id = 0;
  Instant at{};       // virtual
  Instant arrived{};  // system time: gaps between attempts are real
  std::string universe, marker, operation;
  std::vector<Touch> touches;  // tables and what the request carried; printed as `tables` and `keys`
  unsigned groups = 0;         // bits of Group
  int status = 0;
  std::string error;  // without prefix
  std::vector<std::string> faults;
  bool effective = true;
  Effects::Applied applied = Effects::Applied::no;
  int attempt = 0, attempts_max = 0;
  std::string access_key;
  Duration latency{0};
  std::uint64_t request_bytes = 0, response_bytes = 0;
  std::string request_body, response_body;  // kept with --journal-bodies, and always for the last 20 failures
  HeaderList headers;                       // credentials redacted
  std::optional<bool> consistent_read;
  std::string note;  // the text of a broken invariant

  // Of the headers; empty when absent.
  [[nodiscard]] std::string_view invocation() const { return headers.find("amz-sdk-invocation-id").value_or(""); }
  [[nodiscard]] std::string_view user_agent() const { return headers.find("user-agent").value_or(""); }
};

class Journal {
 public:
  Journal(std::size_t capacity, bool keep_bodies) : capacity_(capacity), keep_bodies_(keep_bodies) {}
  // Whether a successful request's bodies are worth handing in.
  [[nodiscard]] bool keeps_bodies() const { return keep_bodies_; }

  std::uint64_t add(std::unique_ptr<JournalEntry> entry);  // gives it its id
  void clear();
  [[nodiscard]] std::uint64_t dropped() const;
  // Copies of the entries for which `wanted` holds, oldest first; `limit` newest of them when given.
  [[nodiscard]] std::vector<JournalEntry> select(const std::function<bool(const JournalEntry&)>& wanted,
                                                 std::optional<std::size_t> limit = {}) const;

 private:
  mutable std::mutex mutex_;
  std::size_t capacity_;
  bool keep_bodies_;
  std::uint64_t next_id_ = 1;
  std::uint64_t dropped_ = 0;
  void forget_bodies(std::uint64_t id);

  std::deque<std::unique_ptr<JournalEntry>> entries_;
  std::deque<std::uint64_t> failures_;  // ids of the failures that still have their bodies
};

}  // namespace fickle
