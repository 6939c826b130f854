#include "emulator/store/models.hh"

#include <algorithm>

namespace fickle {

Duration Models::lag_max() const {
  Duration most{0};
  if (reads) most = std::max(most, largest(reads->lag));
  if (index_lag) most = std::max(most, largest(*index_lag));
  return most;
}

}  // namespace fickle
