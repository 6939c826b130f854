// What exports, imports and bulk operations share: ids, client tokens, descriptions by ARN in a register of the universe, and reading
// input files. Guarded by the universe's mutex.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/engine/session.hh"
#include "emulator/ops/bucket.hh"
#include "emulator/ops/item_files.hh"

namespace fickle {

inline constexpr Duration kTransferTokenLife = std::chrono::hours(8);

class Transfers {
 public:
  // `conflict`: the error of a token that comes again with another request.
  Transfers(Universe& universe, std::string_view register_name, std::string_view conflict)
      : universe_(universe), name_(register_name), conflict_(conflict) {}

  // The description of an earlier request with this ClientToken; nullptr when there is none within eight hours.
  [[nodiscard]] const boost::json::object* replay(const Session& session, const boost::json::object& body) const;
  // LimitExceededException when `most` of the register are IN_PROGRESS, by their member `status`.
  void check_room(std::string_view status, std::ptrdiff_t most) const;
  [[nodiscard]] std::string new_id(Session& session) const;  // "01767225600000-0a1b2c3d"
  void keep(const Session& session, const boost::json::object& body, const std::string& arn,
            boost::json::object description);

 private:
  Universe& universe_;
  std::string name_;
  std::string_view conflict_;
};

// Every record under the prefix; nullopt when a file is not compressed as said.
struct Input {
  ReadItems read;
  std::uint64_t bytes = 0;
};
[[nodiscard]] std::optional<Input> read_input(const Bucket& bucket, const std::string& prefix,
                                              std::string_view compression, std::string_view format,
                                              const CsvRules& csv);

}  // namespace fickle
