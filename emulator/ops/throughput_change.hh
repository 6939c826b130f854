// Changes of provisioned throughput, of a table or an index: which are refused, and what is remembered of them. Pure.
// Source: behaviour reference 3.8, row 12; developer guide, quotas (decreases per UTC day).
#pragma once

#include <string>

#include "emulator/store/table.hh"

namespace fickle {

// Throws ApiError when nothing changes, or when it was decreased too often today. `index` is empty for the table.
void check_throughput_change(const Throughput& present, const Throughput& wanted, const std::string& index,
                             Instant now);
void set_throughput(Throughput& present, const Throughput& wanted, Instant now);

}  // namespace fickle
