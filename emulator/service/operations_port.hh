// PreparePort over the list of operations. Stateless, thread-safe.
#pragma once

#include "emulator/ops/operation.hh"
#include "emulator/service/prepare_port.hh"

namespace fickle {

// Shapes, constraints, then the operation's own rules; throws ApiError. The pipeline's way too.
[[nodiscard]] Prepared prepare_operation(const Operation& operation, const boost::json::object& body);

class OperationsPort final : public PreparePort {
 public:
  [[nodiscard]] Result<std::shared_ptr<const Prepared>, ApiError> prepare(
      std::string_view operation, const boost::json::object& body) const override;
  [[nodiscard]] const OperationFacts* find(std::string_view operation) const override;
  [[nodiscard]] std::vector<OperationFacts> all() const override;
};

}  // namespace fickle
