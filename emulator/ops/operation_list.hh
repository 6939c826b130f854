// Every operation's constant, one line each, in name order: the list that operations.cc is made of.
#pragma once

#include "emulator/ops/operation.hh"

namespace fickle {

extern const Operation create_table;
extern const Operation delete_item;
extern const Operation delete_table;
extern const Operation describe_table_operation;
extern const Operation get_item;
extern const Operation list_tables;
extern const Operation put_item;
extern const Operation update_item;

}  // namespace fickle
