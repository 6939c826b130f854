#include "emulator/service/authorization.hh"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "emulator/core/sha256.hh"
#include "emulator/core/text.hh"
#include "emulator/core/timetext.hh"

namespace fickle {

namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr Duration kDateTolerance = std::chrono::minutes(15);

// Views into the request's header, or into the decoded query.
struct Parts {
  std::string_view algorithm, credential, signature, signed_headers;
};

ApiError incomplete(std::string message) {
  return {"IncompleteSignatureException", std::move(message)};
}
ApiError invalid(std::string message) {
  return {"InvalidSignatureException", std::move(message)};
}

std::string date_of(const HttpRequest& request) {
  if (const auto date = request.header("x-amz-date")) return std::string(*date);
  if (const auto date = request.header("date")) return std::string(*date);
  return request.query_parameter("X-Amz-Date").value_or("");
}

// "AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=..." - commas, blanks or both between the parts.
Result<Parts, ApiError> split_header(std::string_view header) {
  Parts parts;
  const std::size_t blank = header.find(' ');
  parts.algorithm = header.substr(0, blank);
  if (blank == std::string_view::npos) return parts;
  std::string_view rest = header.substr(blank + 1);
  while (!rest.empty()) {
    const std::string_view piece = rest.substr(0, rest.find_first_of(", \t"));
    rest.remove_prefix(std::min(rest.size(), piece.size() + 1));
    if (piece.empty()) continue;
    const std::size_t equals = piece.find('=');
    if (equals == std::string_view::npos) {
      return Refused{incomplete("'" + std::string(piece) +
                                "' not a valid key=value pair (missing equal-sign) in Authorization header: '" +
                                std::string(header) + "'.")};
    }
    const std::string_view name = piece.substr(0, equals);
    if (name == "Credential") parts.credential = piece.substr(equals + 1);
    if (name == "Signature") parts.signature = piece.substr(equals + 1);
    if (name == "SignedHeaders") parts.signed_headers = piece.substr(equals + 1);
  }
  return parts;
}

std::string hex_hmac_chain(const std::string& secret, std::string_view day, std::string_view region,
                           std::string_view service, const std::string& to_sign) {
  std::string key = hmac_sha256("AWS4" + secret, day);
  key = hmac_sha256(key, region);
  key = hmac_sha256(key, service);
  key = hmac_sha256(key, "aws4_request");
  return to_hex(hmac_sha256(key, to_sign));
}

// All values of a header as they are signed: blanks at both ends dropped and runs of them made one, values joined by commas.
std::string signed_value(const HttpRequest& request, std::string_view name) {
  std::string text;
  bool first = true;
  for (const Header& header : request.headers) {
    if (!equals_ignoring_case(header.name, name)) continue;
    if (!first) text += ',';
    first = false;
    bool blank = false;
    for (const char c : trim(header.value)) {
      if (blank && c != ' ') text += ' ';
      blank = c == ' ';
      if (!blank) text += c;
    }
  }
  return text;
}

std::string canonical_request(const HttpRequest& request, const std::string& body, std::string_view signed_headers) {
  std::vector<std::string> query;
  for (std::string_view pair : split(request.query, '&')) {
    if (!pair.empty() && !pair.starts_with("X-Amz-Signature="))
      query.push_back(pair.find('=') == std::string_view::npos ? std::string(pair) + "=" : std::string(pair));
  }
  std::sort(query.begin(), query.end());
  std::string text = request.method + "\n" + request.path + "\n" + join(query, "&") + "\n";
  for (std::string_view name : split(signed_headers, ';')) {
    text += std::string(name) + ":" + signed_value(request, name) + "\n";
  }
  const auto declared = request.header("x-amz-content-sha256");
  const std::string hash = declared && *declared != "UNSIGNED-PAYLOAD" ? sha256_hex(body)
                           : declared                                  ? std::string(*declared)
                                                                       : sha256_hex(body);
  return text + "\n" + std::string(signed_headers) + "\n" + hash;
}

// There are no accounts: a signature is right when it was made with the secret that equals the access key id, "fake", "test" or the like.
// --auth verify therefore takes FICKLEDB's published convention: the secret access key must be the one in `kSecrets` or the key id itself.
// A wrong one is the fault of the secret when the key id is one of these, too; any other key id is unknown.
constexpr std::array<std::string_view, 7> kSecrets = {"fakeSecretAccessKey", "test", "fake", "local", "secret", "dummy",
                                                      "fakeMyKeyId"};

std::optional<ApiError> verify_signature(const HttpRequest& request, const std::string& body, const Parts& parts,
                                         const std::vector<std::string_view>& scope, const std::string& date) {
  const std::string canonical = canonical_request(request, body, parts.signed_headers);
  const std::string to_sign = std::string(kAlgorithm) + "\n" + date + "\n" + std::string(scope[1]) + "/" +
                              std::string(scope[2]) + "/" + std::string(scope[3]) + "/" + std::string(scope[4]) + "\n" +
                              sha256_hex(canonical);
  const auto matches = [&](std::string_view secret) {
    return hex_hmac_chain(std::string(secret), scope[1], scope[2], scope[3], to_sign) == parts.signature;
  };
  if (matches(scope[0]) || std::any_of(kSecrets.begin(), kSecrets.end(), matches)) return std::nullopt;
  if (std::find(kSecrets.begin(), kSecrets.end(), scope[0]) == kSecrets.end()) {
    return ApiError("UnrecognizedClientException", "The security token included in the request is invalid.");
  }
  return invalid(
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
      "and signing "
      "method. Consult the service documentation for details.\n\nThe Canonical String for this request should have "
      "been\n'" +
      canonical + "'\n\nThe String-to-Sign should have been\n'" + to_sign + "'\n");
}

std::optional<ApiError> check_scope(const std::vector<std::string_view>& scope, const std::string& date) {
  std::string problems;
  if (scope[2].empty())
    problems += "Credential should be scoped to a valid region, not '" + std::string(scope[2]) + "'. ";
  if (scope[3] != "dynamodb") problems += "Credential should be scoped to correct service: 'dynamodb'. ";
  if (scope[4] != "aws4_request") {
    problems +=
        "Credential should be scoped with a valid terminator: 'aws4_request', not '" + std::string(scope[4]) + "'. ";
  }
  const std::string day = date.substr(0, 8);
  if (day.size() == 8 && parse_amz_date(date) && scope[1] != day) {
    problems += "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '" +
                std::string(scope[1]) + "' != '" + day + "', from '" + date + "'.";
  }
  if (problems.empty()) return std::nullopt;
  return invalid(problems);
}

// "30200101T010101Z": of this form, texts order like the instants, also those that are too far away for a clock.
bool is_far_future(const std::string& date) {
  constexpr std::string_view kForm = "00000000T000000Z";
  if (date.size() != kForm.size() || date < "2262") return false;
  return std::equal(date.begin(), date.end(), kForm.begin(),
                    [](char c, char form) { return form == '0' ? c >= '0' && c <= '9' : c == form; });
}

std::optional<ApiError> check_date(const std::string& date, Instant now) {
  const auto instant = parse_amz_date(date);
  if (!instant && !is_far_future(date)) {
    return incomplete("Date must be in ISO-8601 'basic format'. Got '" + date +
                      "'. See http://en.wikipedia.org/wiki/ISO_8601");
  }
  if (instant && *instant < now - kDateTolerance) {
    return invalid("Signature expired: " + date + " is now earlier than " + format_amz_date(now - kDateTolerance) +
                   " (" + format_amz_date(now) + " - 15 min.)");
  }
  if (!instant || *instant > now + kDateTolerance) {
    return invalid("Signature not yet current: " + date + " is still later than " +
                   format_amz_date(now + kDateTolerance) + " (" + format_amz_date(now) + " + 15 min.)");
  }
  return std::nullopt;
}

// The query's parameters of these names, decoded.
constexpr std::array<std::string_view, 5> kQueryNames = {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature",
                                                         "X-Amz-SignedHeaders", "X-Amz-Date"};
using QueryTexts = std::array<std::string, kQueryNames.size()>;

QueryTexts decode_query(const HttpRequest& request) {
  QueryTexts texts;
  for (std::size_t i = 0; i < texts.size(); ++i) texts[i] = request.query_parameter(kQueryNames[i]).value_or("");
  return texts;
}

Result<Parts, ApiError> parts_of_query(const QueryTexts& texts) {
  std::string missing;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!texts[i].empty()) continue;
    missing += "AWS query-string parameters must include '" + std::string(kQueryNames[i]) + "'. ";
  }
  if (!missing.empty()) return Refused{incomplete(missing + "Re-examine the query-string parameters.")};
  return Parts{.algorithm = texts[0], .credential = texts[1], .signature = texts[2], .signed_headers = texts[3]};
}

Result<Parts, ApiError> parts_of_header(const HttpRequest& request, std::string_view header) {
  auto parts = split_header(header);
  if (!parts) return parts;
  std::string missing;
  const auto require = [&missing](std::string_view name, std::string_view value) {
    if (value.empty()) missing += "Authorization header requires '" + std::string(name) + "' parameter. ";
  };
  require("Credential", parts.value().credential);
  require("Signature", parts.value().signature);
  require("SignedHeaders", parts.value().signed_headers);
  if (!request.header("x-amz-date") && !request.header("date")) {
    missing += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  }
  if (!missing.empty()) return Refused{incomplete(missing.append("Authorization=").append(header))};
  return parts;
}

}  // namespace

Authorization authorize(const HttpRequest& request, const std::string& body, AuthMode mode, Instant now) {
  Authorization result;
  const auto header = request.header("authorization");
  const bool query = request.query.find("X-Amz-Algorithm") != std::string::npos;
  const auto refuse = [&](ApiError error) {
    if (mode != AuthMode::none) result.error = std::move(error);
    return result;
  };
  if (header && query) {
    return refuse(invalid("Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."));
  }
  if (!query && (!header || !header->starts_with("AWS4-"))) {
    return refuse({"MissingAuthenticationTokenException", "Request is missing Authentication Token"});
  }
  const QueryTexts texts = query ? decode_query(request) : QueryTexts{};
  const auto split_parts = query ? parts_of_query(texts) : parts_of_header(request, *header);
  if (!split_parts) return refuse(split_parts.error());
  const Parts& parts = split_parts.value();

  const std::vector<std::string_view> scope = split(parts.credential, '/');
  if (scope.size() == 5) result.credentials = {std::string(scope[0]), std::string(scope[2])};
  if (parts.algorithm != kAlgorithm) {
    return refuse(incomplete("Unsupported AWS 'algorithm': '" + std::string(parts.algorithm) +
                             "' (only AWS4-HMAC-SHA256 for now). "));
  }
  if (scope.size() != 5) {
    return refuse(incomplete(
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '" +
        std::string(parts.credential) + "'"));
  }
  if (mode != AuthMode::verify) return result;

  const std::string date = date_of(request);
  if (auto error = check_date(date, now)) return refuse(*error);
  if (auto error = check_scope(scope, date)) return refuse(*error);
  const auto signed_headers = split(parts.signed_headers, ';');
  if (std::find(signed_headers.begin(), signed_headers.end(), "host") == signed_headers.end()) {
    return refuse(invalid("'Host' must be a 'SignedHeader' in the AWS Authorization."));
  }
  if (auto error = verify_signature(request, body, parts, scope, date)) return refuse(*error);
  return result;
}

}  // namespace fickle
