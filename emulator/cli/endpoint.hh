// Endpoint: where the server is. A static executable cannot ask a resolver, so a host is a numeric address, `localhost`, or a name that the
// file of hosts lists. Pure functions.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/core/result.hh"

namespace fickle::cli {

inline constexpr std::uint16_t kDefaultPort = 8000;

struct Endpoint {
  std::string url;                     // as people write it, without a slash at the end: "http://127.0.0.1:8000"
  std::string authority;               // of the Host header: "127.0.0.1:8000"
  std::uint16_t port = kDefaultPort;   //
  std::vector<std::string> addresses;  // numeric, tried in this order
};

// Name -> numeric addresses, empty when unknown.
using HostLookup = std::function<std::vector<std::string>(std::string_view name)>;

// "http://localhost:8000", "localhost:8000", "127.0.0.1", "[::1]:8000"; without a port 8000. The error is one line.
[[nodiscard]] Result<Endpoint, std::string> parse_endpoint(std::string_view text, const HostLookup& lookup);
// Both loopbacks, for when nobody said where.
[[nodiscard]] Endpoint default_endpoint(std::uint16_t port);
// Looks a name up in the text of a file like /etc/hosts.
[[nodiscard]] std::vector<std::string> find_host(std::string_view hosts_file, std::string_view name);

}  // namespace fickle::cli
