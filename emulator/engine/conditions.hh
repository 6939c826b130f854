// Conditions: what the gate decided about one request and only the engine can carry out, as values. Made before the request runs, worked
// out under the universe's mutex, reported back in `Effects`. The engine never calls into faults.
#pragma once

#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "emulator/core/units.hh"
#include "emulator/store/models.hh"
#include "emulator/value/value.hh"

namespace fickle {

class Session;
struct Prepared;

// staleRead: this non-consistent read sees the past.
struct StaleRead {
  std::optional<Duration> lag;
  int versions = 0;  // > 0: so many committed versions back
};

// partialBatch: which members are left undone. `eligible`: only these positions may be chosen (a rule with a key); empty = all.
// Positions count the members of the request in the order of the document, over all tables.
struct Shortfall {
  enum class Kind { count, fraction, all, positions } kind = Kind::all;
  std::size_t count = 0;
  double fraction = 0;  // rounded half up, at least 1
  std::vector<std::size_t> positions;
  std::optional<std::vector<std::size_t>> eligible;
  bool force = false;  // leave everything unprocessed rather than answer with an error
};

// contend: the rival commits just before the request is evaluated.
struct RivalCall {
  std::shared_ptr<const Prepared> call;  // a PutItem, UpdateItem or DeleteItem
};
struct RivalTouch {
  std::string attribute;  // a number grows by 1, else a fresh string
};

struct Conditions {
  std::optional<StaleRead> stale_read;
  std::optional<Shortfall> shortfall;
  std::optional<std::int64_t> short_page;  // evaluated items at most, 0 allowed
  std::vector<std::variant<RivalCall, RivalTouch>> rivals;
  bool conditional_check_failure = false;  // a condition of the request counts as false
  bool transaction_conflict = false;       // the keys of a batch of statements count as locked by another transaction
  // The members (positions in Prepared::touches) that the rivals and the two above concern; absent = all, for rivals the first.
  std::optional<std::vector<std::size_t>> members;
};

// What the engine found out while running a request; for the journal and the rule's `effective`.
struct Effects {
  enum class Applied { no, yes, partial } applied = Applied::no;
  bool stale = false;      // a read saw something older than now
  bool shortened = false;  // a batch or page was cut
  bool contended = false;  // a rival changed something
  bool forced = false;     // a forced condition or conflict was answered
};

}  // namespace fickle
