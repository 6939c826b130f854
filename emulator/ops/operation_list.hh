// Every operation's constant, one line each, in name order: the list that operations.cc is made of.
#pragma once

#include "emulator/ops/operation.hh"

namespace fickle {

extern const Operation batch_execute_statement;
extern const Operation batch_get_item;
extern const Operation batch_write_item;
extern const Operation cancel_bulk_operation;
extern const Operation create_backup;
extern const Operation create_global_table;
extern const Operation create_table;
extern const Operation delete_backup;
extern const Operation delete_item;
extern const Operation delete_resource_policy;
extern const Operation delete_table;
extern const Operation describe_backup;
extern const Operation describe_bulk_operation;
extern const Operation describe_continuous_backups;
extern const Operation describe_contributor_insights;
extern const Operation describe_endpoints;
extern const Operation describe_export;
extern const Operation describe_global_table;
extern const Operation describe_global_table_settings;
extern const Operation describe_import;
extern const Operation describe_kinesis_streaming_destination;
extern const Operation describe_limits;
extern const Operation describe_stream;
extern const Operation describe_table_operation;
extern const Operation describe_table_replica_auto_scaling;
extern const Operation describe_time_to_live;
extern const Operation disable_kinesis_streaming_destination;
extern const Operation enable_kinesis_streaming_destination;
extern const Operation execute_statement;
extern const Operation execute_transaction;
extern const Operation export_table_to_point_in_time;
extern const Operation get_item;
extern const Operation get_records;
extern const Operation get_resource_policy;
extern const Operation get_shard_iterator;
extern const Operation import_table;
extern const Operation list_backups;
extern const Operation list_bulk_operations;
extern const Operation list_contributor_insights;
extern const Operation list_exports;
extern const Operation list_global_tables;
extern const Operation list_imports;
extern const Operation list_streams;
extern const Operation list_tables;
extern const Operation list_tags_of_resource;
extern const Operation put_item;
extern const Operation put_resource_policy;
extern const Operation query_operation;
extern const Operation restore_table_from_backup;
extern const Operation restore_table_to_point_in_time;
extern const Operation scan_operation;
extern const Operation search_vectors;
extern const Operation start_bulk_put_items;
extern const Operation tag_resource;
extern const Operation transact_get_items;
extern const Operation transact_write_items;
extern const Operation untag_resource;
extern const Operation update_continuous_backups;
extern const Operation update_contributor_insights;
extern const Operation update_global_table;
extern const Operation update_global_table_settings;
extern const Operation update_item;
extern const Operation update_kinesis_streaming_destination;
extern const Operation update_table;
extern const Operation update_table_replica_auto_scaling;
extern const Operation update_time_to_live;

}  // namespace fickle
