// ARNs of requests against who asks: DynamoDB answers for the caller's region and account only. Runs inside a session; throws ApiError.
// A table remembers the region that it was made in: where clients of several regions share a universe, its own ARN always means it.
// Source: behaviour reference 3.1, 12.1; hashicorp/terraform-provider-aws issue 42792; the words of a denial: IAM user guide, access
// denied error messages. There is no policy that would let another account in, see ops/resource_policies.cc.
#pragma once

#include <boost/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/api/field.hh"
#include "emulator/api/table_name.hh"
#include "emulator/engine/session.hh"

namespace fickle {

// An ARN where a table's name could stand, and what is wanted there ("PutItem" inside a transaction); empty: the operation itself.
struct ArnUse {
  std::string arn;
  std::string action;
};
// In the order of the document. `body` has passed shapes and constraints.
[[nodiscard]] std::vector<ArnUse> arns_in(const boost::json::object& body, std::span<const Field> fields);

[[nodiscard]] bool is_home_region(Session& session, const TableArn& arn);
// AccessDeniedException when the ARN is another account's.
void check_account(Session& session, const TableArn& arn, std::string_view action = {});
// Both, for an ARN instead of a table's name; anything that is no ARN passes.
void check_table_arn(Session& session, const ArnUse& use);

}  // namespace fickle
