// invariant(): our own bugs, never the user's input. The pipeline turns the exception into a 500 and the journal keeps the text.
#pragma once

#include <stdexcept>
#include <string>

namespace fickle {

struct BrokenInvariant : std::logic_error {
  using std::logic_error::logic_error;
};

inline void invariant(bool holds, const char* why) {
  if (!holds) throw BrokenInvariant(why);
}

}  // namespace fickle
