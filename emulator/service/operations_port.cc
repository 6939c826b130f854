#include "emulator/service/operations_port.hh"

#include <algorithm>

#include "emulator/api/constraints.hh"
#include "emulator/api/shape_check.hh"
#include "emulator/engine/arn_scope.hh"
#include "emulator/ops/operation.hh"

namespace fickle {

namespace {

const std::vector<OperationFacts>& facts() {
  static const std::vector<OperationFacts> list = [] {
    std::vector<OperationFacts> made;
    for (const Operation* operation : operations()) made.push_back({operation->name, operation->groups});
    return made;
  }();
  return list;
}

}  // namespace

Prepared prepare_operation(const Operation& operation, const boost::json::object& body) {
  check_shapes(body, operation.fields);
  if (operation.check != nullptr) {
    operation.check(body);
  } else {
    check_constraints(body, operation.fields);
  }
  Prepared prepared = operation.prepare(body);
  prepared.groups |= operation.groups;
  if (auto arns = arns_in(body, operation.fields); !arns.empty()) {
    prepared.execute = [arns = std::move(arns), execute = std::move(prepared.execute)](Session& session) {
      for (const ArnUse& use : arns) check_table_arn(session, use);
      return execute(session);
    };
  }
  return prepared;
}

Result<std::shared_ptr<const Prepared>, ApiError> OperationsPort::prepare(std::string_view name,
                                                                          const boost::json::object& body) const {
  const Operation* operation = find_operation(name);
  if (operation == nullptr) return Refused{ApiError("UnknownOperationException", "")};
  try {
    return std::shared_ptr<const Prepared>(std::make_shared<Prepared>(prepare_operation(*operation, body)));
  } catch (const ApiError& error) {
    return Refused{error};
  }
}

const OperationFacts* OperationsPort::find(std::string_view name) const {
  const auto& list = facts();
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const OperationFacts& fact) { return fact.name == name; });
  return found == list.end() ? nullptr : &*found;
}

std::vector<OperationFacts> OperationsPort::all() const {
  return facts();
}

}  // namespace fickle
