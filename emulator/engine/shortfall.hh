// Which members of a batch are left undone, by a fault's wish (partialBatch) or for lack of capacity. Values; under the universe's mutex.
#pragma once

#include <optional>
#include <vector>

#include "emulator/engine/capacity_gate.hh"
#include "emulator/engine/session.hh"

namespace fickle {

class BatchProgress {
 public:
  BatchProgress(Session& session, std::size_t members);

  // Whether the conditions want this member left undone.
  [[nodiscard]] bool is_left_out(std::size_t position) const { return left_out_[position]; }
  void note_done() { ++done_; }
  void note_throttled(Throttled why);
  void note_undone() { undone_ = true; }  // over the size limit of a reply, or locked by a transaction

  // Call when every member has been looked at. Throws when nothing was done though something should have been, and notes the effects.
  void finish(bool is_write);

 private:
  Session& session_;
  std::vector<bool> left_out_;
  std::size_t done_ = 0;
  std::size_t left_out_count_ = 0;
  bool undone_ = false;
  std::optional<Throttled> throttled_;  // the first
};

}  // namespace fickle
