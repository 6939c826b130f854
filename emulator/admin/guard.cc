#include "emulator/admin/guard.hh"

#include <algorithm>
#include <boost/json.hpp>

#include "emulator/core/text.hh"

namespace fickle {

namespace {

HttpReply problem(int status, std::string_view title, std::string detail) {
  HttpReply reply;
  reply.status = status;
  boost::json::object body{{"title", title}, {"status", status}, {"detail", detail}, {"pointer", ""}};
  reply.headers.add("Content-Type", "application/problem+json");
  if (status == 401) reply.headers.add("WWW-Authenticate", "Bearer");
  reply.body = boost::json::serialize(body) + "\n";
  return reply;
}

// "name:8000", "[::1]:8000" -> name, ::1
std::string_view host_name(std::string_view host) {
  if (host.starts_with("[")) return host.substr(1, host.find(']') - 1);
  return host.substr(0, host.find(':'));
}

bool is_ip_literal(std::string_view host) {
  if (host.find(':') != std::string_view::npos)
    return host.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
  return !host.empty() && host.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool is_own_host(std::string_view header, const Options& options) {
  const std::string name = to_lower(host_name(header));
  if (is_ip_literal(name) || name == "localhost" || name == "host.docker.internal") return true;
  if (!name.empty() && name.find('.') == std::string::npos) return true;
  return std::any_of(options.control_hosts.begin(), options.control_hosts.end(), [&](const std::string& known) {
    return equals_ignoring_case(known, name) || equals_ignoring_case(known, header);
  });
}

bool same_token(std::string_view given, std::string_view wanted) {
  unsigned difference = given.size() == wanted.size() ? 0U : 1U;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    difference |=
        static_cast<unsigned char>(wanted[i]) ^ static_cast<unsigned char>(i < given.size() ? given[i] : '\0');
  }
  return difference == 0;
}

}  // namespace

std::optional<HttpReply> refuse_control(const HttpRequest& request, const Options& options, bool open) {
  const std::string host(request.header("host").value_or(""));
  if (!host.empty() && !is_own_host(host, options)) {
    return problem(421, "Foreign Host",
                   "control calls are not answered for the host '" + host + "' (see --control-host)");
  }
  if (const auto origin = request.header("origin");
      origin && *origin != "http://" + host && *origin != "https://" + host) {
    return problem(403, "Foreign Origin", "control calls are not answered to pages of '" + std::string(*origin) + "'");
  }
  if (open || options.control_token.empty()) return std::nullopt;
  constexpr std::string_view kBearer = "Bearer ";
  const std::string_view given = request.header("authorization").value_or("");
  if (given.starts_with(kBearer) && same_token(given.substr(kBearer.size()), options.control_token))
    return std::nullopt;
  return problem(401, "Control token needed", "send 'Authorization: Bearer' with the token of --control-token");
}

}  // namespace fickle
