// DescribeLimits, DescribeEndpoints. Source: API_DescribeLimits, API_DescribeEndpoints; behaviour reference 3.9.
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::int64_t kAccountUnits = 80000;
constexpr std::int64_t kTableUnits = 40000;
constexpr std::int64_t kEndpointMinutes = 1440;

constexpr Field kLimitsReply[] = {
    {.name = "AccountMaxReadCapacityUnits", .shape = Shape::long_integer},
    {.name = "AccountMaxWriteCapacityUnits", .shape = Shape::long_integer},
    {.name = "TableMaxReadCapacityUnits", .shape = Shape::long_integer},
    {.name = "TableMaxWriteCapacityUnits", .shape = Shape::long_integer},
};
constexpr Field kEndpointMembers[] = {
    {.name = "Address", .required = true},
    {.name = "CachePeriodInMinutes", .shape = Shape::long_integer, .required = true},
};
constexpr Field kEndpoint{.shape = Shape::structure, .members = kEndpointMembers};
constexpr Field kEndpointsReply[] = {
    {.name = "Endpoints", .shape = Shape::list, .required = true, .element = &kEndpoint}};

Prepared prepare_limits(const json::object&) {
  return on_account([](Session&) {
    return document({{"AccountMaxReadCapacityUnits", kAccountUnits},
                     {"AccountMaxWriteCapacityUnits", kAccountUnits},
                     {"TableMaxReadCapacityUnits", kTableUnits},
                     {"TableMaxWriteCapacityUnits", kTableUnits}});
  });
}

// The client is told to go on asking where it asked: the emulator has no other endpoint.
Prepared prepare_endpoints(const json::object&) {
  return on_account([](Session& session) {
    const Call& call = session.call();
    const std::string address =
        call.host().empty() ? "dynamodb." + call.region + ".amazonaws.com" : std::string(call.host());
    json::array endpoints;
    endpoints.push_back(json::object{{"Address", address}, {"CachePeriodInMinutes", kEndpointMinutes}});
    return document({{"Endpoints", std::move(endpoints)}});
  });
}

}  // namespace

constinit const Operation describe_limits{.name = "DescribeLimits",
                                          .groups = static_cast<unsigned>(Group::control),
                                          .fields = {},
                                          .reply = kLimitsReply,
                                          .prepare = prepare_limits};
constinit const Operation describe_endpoints{.name = "DescribeEndpoints",
                                             .groups = static_cast<unsigned>(Group::control),
                                             .fields = {},
                                             .reply = kEndpointsReply,
                                             .prepare = prepare_endpoints};

}  // namespace fickle
