// version.hh - the version of this build, as `fickledb --version` and the health endpoint tell it.
// Thread-safety: a constant. The definition is generated from the project's version in CMakeLists.txt.
#pragma once

#include <string_view>

namespace fickle {

// Semantic version without a leading "v", e.g. "0.1.0".
[[nodiscard]] std::string_view version();

}  // namespace fickle
