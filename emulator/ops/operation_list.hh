// Every operation's constant, one line each, in name order: the list that operations.cc is made of.
#pragma once

#include "emulator/ops/operation.hh"

namespace fickle {

extern const Operation batch_get_item;
extern const Operation batch_write_item;
extern const Operation create_table;
extern const Operation delete_item;
extern const Operation delete_table;
extern const Operation describe_endpoints;
extern const Operation describe_limits;
extern const Operation describe_stream;
extern const Operation describe_table_operation;
extern const Operation describe_time_to_live;
extern const Operation get_item;
extern const Operation get_records;
extern const Operation get_shard_iterator;
extern const Operation list_streams;
extern const Operation list_tables;
extern const Operation list_tags_of_resource;
extern const Operation put_item;
extern const Operation query_operation;
extern const Operation scan_operation;
extern const Operation tag_resource;
extern const Operation transact_get_items;
extern const Operation transact_write_items;
extern const Operation untag_resource;
extern const Operation update_item;
extern const Operation update_table;
extern const Operation update_time_to_live;

}  // namespace fickle
