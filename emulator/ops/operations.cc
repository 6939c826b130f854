#include <algorithm>
#include <array>

#include "emulator/ops/operation_list.hh"

namespace fickle {

namespace {

// In name order: find_operation searches by halves.
constinit const std::array kOperations = {
    &batch_get_item,
    &batch_write_item,
    &create_table,
    &delete_item,
    &delete_table,
    &describe_endpoints,
    &describe_limits,
    &describe_stream,
    &describe_table_operation,
    &describe_time_to_live,
    &get_item,
    &get_records,
    &get_shard_iterator,
    &list_streams,
    &list_tables,
    &list_tags_of_resource,
    &put_item,
    &query_operation,
    &scan_operation,
    &tag_resource,
    &transact_get_items,
    &transact_write_items,
    &untag_resource,
    &update_item,
    &update_table,
    &update_time_to_live,
};

}  // namespace

std::span<const Operation* const> operations() {
  return kOperations;
}

const Operation* find_operation(std::string_view name) {
  const auto found =
      std::lower_bound(kOperations.begin(), kOperations.end(), name,
                       [](const Operation* operation, std::string_view wanted) { return operation->name < wanted; });
  return found != kOperations.end() && (*found)->name == name ? *found : nullptr;
}

}  // namespace fickle
