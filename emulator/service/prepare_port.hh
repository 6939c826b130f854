// A small port to the operations: validate a request body as the operation itself would. For fixtures (CreateTable's own checks) and for
// rules that carry a request (contend).
#pragma once

#include <boost/json/fwd.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/api/error.hh"
#include "emulator/core/result.hh"
#include "emulator/engine/prepared.hh"

namespace fickle {

// What the fault layer may know of an operation.
struct OperationFacts {
  std::string_view name;
  unsigned groups = 0;  // bits of Group; PartiQL statements may add read or write per request
};

class PreparePort {
 public:
  PreparePort() = default;
  PreparePort(const PreparePort&) = delete;
  PreparePort& operator=(const PreparePort&) = delete;
  virtual ~PreparePort() = default;
  [[nodiscard]] virtual Result<std::shared_ptr<const Prepared>, ApiError> prepare(
      std::string_view operation, const boost::json::object& body) const = 0;
  [[nodiscard]] virtual const OperationFacts* find(std::string_view operation) const = 0;
  [[nodiscard]] virtual std::vector<OperationFacts> all() const = 0;
};

}  // namespace fickle
