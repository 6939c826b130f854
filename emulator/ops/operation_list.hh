// Every operation's constant, one line each, in name order: the list that operations.cc is made of.
#pragma once

#include "emulator/ops/operation.hh"

namespace fickle {

extern const Operation get_item;
extern const Operation put_item;

}  // namespace fickle
