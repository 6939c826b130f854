#include "emulator/cli/endpoint.hh"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <optional>

#include "emulator/core/text.hh"

namespace fickle::cli {
namespace {

bool is_address(int family, const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> parsed{};
  return inet_pton(family, text.c_str(), parsed.data()) == 1;
}

struct HostAndPort {
  std::string host;
  std::optional<std::string> port;
};

std::optional<HostAndPort> split_authority(std::string_view authority) {
  if (authority.starts_with('[')) {
    const std::size_t end = authority.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    HostAndPort parts{std::string(authority.substr(1, end - 1)), std::nullopt};
    const std::string_view rest = authority.substr(end + 1);
    if (rest.starts_with(':')) parts.port = std::string(rest.substr(1));
    if (!rest.empty() && !rest.starts_with(':')) return std::nullopt;
    return parts;
  }
  if (std::count(authority.begin(), authority.end(), ':') > 1) return HostAndPort{std::string(authority), std::nullopt};
  const std::size_t colon = authority.find(':');
  HostAndPort parts{std::string(authority.substr(0, colon)), std::nullopt};
  if (colon != std::string_view::npos) parts.port = std::string(authority.substr(colon + 1));
  return parts;
}

std::string bracketed(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

}  // namespace

Result<Endpoint, std::string> parse_endpoint(std::string_view text, const HostLookup& lookup) {
  const std::string shown(text);
  std::string_view rest = trim(text);
  if (rest.starts_with("https://")) return Refused{shown + ": FickleDB speaks plain HTTP, write http://"};
  if (rest.starts_with("http://")) rest.remove_prefix(7);
  if (rest.find("://") != std::string_view::npos) return Refused{shown + " is not an http:// address"};
  while (rest.ends_with('/')) rest.remove_suffix(1);
  const auto bad = [&shown](std::string_view why) {
    return Refused{shown + " is not an endpoint: " + std::string(why)};
  };
  if (rest.find_first_of("/?# @") != std::string_view::npos) return bad("only host and port belong there");
  const auto parts = split_authority(rest);
  if (!parts || parts->host.empty()) return bad("no host");

  Endpoint endpoint;
  if (parts->port) {
    const auto port = parse_integer(*parts->port);
    if (!port || *port < 1 || *port > 65535) return bad("the port is a number from 1 to 65535");
    endpoint.port = static_cast<std::uint16_t>(*port);
  }
  endpoint.authority = bracketed(parts->host) + ":" + std::to_string(endpoint.port);
  endpoint.url = "http://" + endpoint.authority;
  if (equals_ignoring_case(parts->host, "localhost")) {
    endpoint.addresses = {"127.0.0.1", "::1"};
  } else if (is_address(AF_INET, parts->host) || is_address(AF_INET6, parts->host)) {
    endpoint.addresses = {parts->host};
  } else {
    for (std::string& address : lookup(parts->host)) {
      if (is_address(AF_INET, address) || is_address(AF_INET6, address))
        endpoint.addresses.push_back(std::move(address));
    }
  }
  if (endpoint.addresses.empty())
    return Refused{"the host '" + parts->host + "' is neither a numeric address nor localhost nor in /etc/hosts"};
  return endpoint;
}

Endpoint default_endpoint(std::uint16_t port) {
  const std::string authority = "127.0.0.1:" + std::to_string(port);
  return {"http://" + authority, authority, port, {"127.0.0.1", "::1"}};
}

std::vector<std::string> find_host(std::string_view hosts_file, std::string_view name) {
  std::vector<std::string> found;
  for (std::string_view line : split(hosts_file, '\n')) {
    line = line.substr(0, line.find('#'));
    std::vector<std::string> words;
    std::string word;
    for (const char letter : line) {
      if (letter == ' ' || letter == '\t' || letter == '\r') {
        if (!word.empty()) words.push_back(std::move(word));
        word.clear();
      } else {
        word += letter;
      }
    }
    if (!word.empty()) words.push_back(std::move(word));
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (equals_ignoring_case(words[i], name)) found.push_back(words.front());
    }
  }
  return found;
}

}  // namespace fickle::cli
