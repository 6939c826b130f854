// The x-amzn-RequestId of an answer. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fickle {

// 52 characters like the service's own, numbered per universe so that two runs with one seed agree.
[[nodiscard]] std::string request_id(std::uint64_t seed, std::string_view universe, std::uint64_t nth);

}  // namespace fickle
