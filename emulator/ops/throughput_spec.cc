#include "emulator/ops/throughput_spec.hh"

#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"
#include "emulator/store/throughput.hh"

namespace fickle {

namespace json = boost::json;

namespace {

constexpr std::int64_t kUnitsMax = 1'000'000'000'000;

void check_ceilings(const UnitLimits& limits, BillingMode billing, std::string_view refusal, const std::string& where) {
  const auto check = [&](const std::optional<std::int64_t>& units, std::string_view name) {
    if (!units) return;
    if (billing == BillingMode::provisioned)
      throw_parameter_invalid(std::string(name) + " for OnDemandThroughput cannot be specified " +
                              std::string(refusal));
    if (*units < 1 && *units != -1) {
      throw_parameter_invalid("Requested " + std::string(name) + " for OnDemandThroughput for " + where +
                              " is outside of valid range");
    }
  };
  check(limits.read, "MaxReadRequestUnits");
  check(limits.write, "MaxWriteRequestUnits");
}

}  // namespace

std::optional<Throughput> read_throughput(const json::object& owner) {
  const json::object* given = read_object(owner, "ProvisionedThroughput");
  if (given == nullptr) return std::nullopt;
  Throughput throughput;
  throughput.read = read_integer(*given, "ReadCapacityUnits").value_or(0);
  throughput.write = read_integer(*given, "WriteCapacityUnits").value_or(0);
  return throughput;
}

UnitLimits read_unit_limits(const json::object& owner, std::string_view member, std::string_view read_name,
                            std::string_view write_name) {
  const json::object* given = read_object(owner, member);
  if (given == nullptr) return {};
  return {read_integer(*given, read_name), read_integer(*given, write_name)};
}

void check_units(const Throughput& throughput) {
  const auto check = [](std::int64_t units, std::string_view name) {
    if (units > kUnitsMax)
      throw_validation("Given value " + std::to_string(units) + " for " + std::string(name) + " is out of bounds");
  };
  check(throughput.read, "ReadCapacityUnits");
  check(throughput.write, "WriteCapacityUnits");
}

void check_on_demand(const UnitLimits& limits, BillingMode billing, const std::string& index) {
  const std::string refusal = "when table BillingMode is PROVISIONED" + (index.empty() ? "." : " for index : " + index);
  check_ceilings(limits, billing, refusal, index.empty() ? "table" : "index : " + index);
}

void check_changed_on_demand(const UnitLimits& limits, BillingMode billing) {
  check_ceilings(limits, billing, "when the table BillingMode is PROVISIONED", "table");
}

void check_initial_warm(const UnitLimits& warm, BillingMode billing, const std::optional<Throughput>& throughput,
                        const std::string& index) {
  const bool on_demand = billing == BillingMode::pay_per_request;
  const std::string where = index.empty() ? "table" : "index : " + index;
  const auto check = [&](const std::optional<std::int64_t>& units, std::int64_t least, std::string_view name,
                         std::string_view capacity) {
    if (!units || *units >= least) return;
    const std::string lower = "Requested " + std::string(name) + " for WarmThroughput for " + where + " is lower than ";
    if (on_demand) {
      throw_parameter_invalid(lower +
                              "initial throughput for OnDemand. See: "
                              "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html");
    }
    throw_parameter_invalid(lower + std::string(capacity) + " of ProvisionedThroughput");
  };
  const Throughput units = throughput.value_or(Throughput{});
  check(warm.read, on_demand ? kOnDemandReadUnits : units.read, "ReadUnitsPerSecond", "ReadCapacityUnits");
  check(warm.write, on_demand ? kOnDemandWriteUnits : units.write, "WriteUnitsPerSecond", "WriteCapacityUnits");
}

void check_changed_warm(const UnitLimits& warm, BillingMode billing, const UnitLimits& present,
                        const Throughput& throughput, const std::string& index) {
  const bool on_demand = billing == BillingMode::pay_per_request;
  const std::string where = index.empty() ? "table" : "index : " + index;
  const auto check = [&where](const std::optional<std::int64_t>& wanted, std::int64_t now, std::string_view name) {
    if (!wanted || *wanted >= now) return;
    throw_parameter_invalid("Requested " + std::string(name) + " for WarmThroughput for " + where +
                            " is lower than current WarmThroughput, decreasing WarmThroughput is not supported");
  };
  check(warm.read, present.read.value_or(on_demand ? kOnDemandReadUnits : throughput.read), "ReadUnitsPerSecond");
  check(warm.write, present.write.value_or(on_demand ? kOnDemandWriteUnits : throughput.write), "WriteUnitsPerSecond");
}

void change_ceilings(UnitLimits& present, const UnitLimits& wanted) {
  const auto change = [](std::optional<std::int64_t>& ceiling, const std::optional<std::int64_t>& asked) {
    if (asked) ceiling = *asked == -1 ? std::nullopt : asked;
  };
  change(present.read, wanted.read);
  change(present.write, wanted.write);
}

}  // namespace fickle
