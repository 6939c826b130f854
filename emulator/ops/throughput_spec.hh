// Capacity as requests describe it - ProvisionedThroughput, OnDemandThroughput, WarmThroughput - with the rules of each. Units are read or write
// capacity units a second. Values; every check throws ApiError.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/store/table.hh"

namespace fickle {

[[nodiscard]] UnitLimits read_unit_limits(const boost::json::object& owner, std::string_view member,
                                          std::string_view read_name, std::string_view write_name);

[[nodiscard]] std::optional<Throughput> read_throughput(const boost::json::object& owner);
void check_units(const Throughput& throughput);
// OnDemandThroughput of CreateTable, of the table (`index` empty) or an index.
void check_on_demand(const UnitLimits& limits, BillingMode billing, const std::string& index);
// The same of UpdateTable, in its words.
void check_changed_on_demand(const UnitLimits& limits, BillingMode billing);
// WarmThroughput, of the table (`index` empty) or an index: no less than what is warm without being asked for, or than it is.
void check_initial_warm(const UnitLimits& warm, BillingMode billing, const std::optional<Throughput>& throughput,
                        const std::string& index);
void check_changed_warm(const UnitLimits& warm, BillingMode billing, const UnitLimits& present,
                        const Throughput& throughput, const std::string& index);
// A ceiling of -1 is none.
void change_ceilings(UnitLimits& present, const UnitLimits& wanted);

}  // namespace fickle
