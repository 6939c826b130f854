#include <algorithm>
#include <array>

#include "emulator/ops/operation_list.hh"

namespace fickle {

namespace {

// In name order: find_operation searches by halves.
constinit const std::array kOperations = {
    &batch_execute_statement,
    &batch_get_item,
    &batch_write_item,
    &cancel_bulk_operation,
    &create_backup,
    &create_global_table,
    &create_table,
    &delete_backup,
    &delete_item,
    &delete_resource_policy,
    &delete_table,
    &describe_backup,
    &describe_bulk_operation,
    &describe_continuous_backups,
    &describe_contributor_insights,
    &describe_endpoints,
    &describe_export,
    &describe_global_table,
    &describe_global_table_settings,
    &describe_import,
    &describe_kinesis_streaming_destination,
    &describe_limits,
    &describe_stream,
    &describe_table_operation,
    &describe_table_replica_auto_scaling,
    &describe_time_to_live,
    &disable_kinesis_streaming_destination,
    &enable_kinesis_streaming_destination,
    &execute_statement,
    &execute_transaction,
    &export_table_to_point_in_time,
    &get_item,
    &get_records,
    &get_resource_policy,
    &get_shard_iterator,
    &import_table,
    &list_backups,
    &list_bulk_operations,
    &list_contributor_insights,
    &list_exports,
    &list_global_tables,
    &list_imports,
    &list_streams,
    &list_tables,
    &list_tags_of_resource,
    &put_item,
    &put_resource_policy,
    &query_operation,
    &restore_table_from_backup,
    &restore_table_to_point_in_time,
    &scan_operation,
    &search_vectors,
    &start_bulk_put_items,
    &tag_resource,
    &transact_get_items,
    &transact_write_items,
    &untag_resource,
    &update_continuous_backups,
    &update_contributor_insights,
    &update_global_table,
    &update_global_table_settings,
    &update_item,
    &update_kinesis_streaming_destination,
    &update_table,
    &update_table_replica_auto_scaling,
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
