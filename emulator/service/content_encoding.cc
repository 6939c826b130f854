#include "emulator/service/content_encoding.hh"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "emulator/core/gzip.hh"
#include "emulator/core/text.hh"

namespace fickle {

namespace {

constexpr std::size_t kBodyMax = 16u * 1024 * 1024;  // of a request, 16 MB: behaviour reference 1.1

// What follows the first "q=" anywhere behind the coding's name, as a number; a text that is none counts as 1.
double weight_of(std::string_view parameters) {
  const std::size_t at = parameters.find("q=");
  if (at == std::string_view::npos) return 1;
  const std::string_view text = trim(parameters.substr(at + 2, parameters.find(';', at) - at - 2));
  double weight = 1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), weight);
  if (error != std::errc{} || end != text.data() + text.size()) return 1;
  return std::min(weight, 1.0);
}

struct Choice {
  ContentEncoding encoding;
  std::string_view name;
  std::optional<double> weight;  // as named; the largest of several
};

}  // namespace

ContentEncoding negotiate_encoding(std::string_view accepted) {
  std::array<Choice, 2> choices = {Choice{ContentEncoding::gzip, "gzip", {}},
                                   Choice{ContentEncoding::deflate, "deflate", {}}};
  const Choice* best = nullptr;
  double star = 0;
  for (const std::string_view entry : split(accepted, ',')) {
    const std::size_t semicolon = std::min(entry.find(';'), entry.size());
    const std::string_view name = trim(entry.substr(0, semicolon));
    const double weight = weight_of(entry.substr(semicolon));
    if (name == "*") star = std::max(star, weight);
    for (Choice& choice : choices) {
      if (!equals_ignoring_case(name, choice.name)) continue;
      choice.weight = std::max(weight, choice.weight.value_or(0));
      if (weight > 0 && (best == nullptr || weight > best->weight)) best = &choice;
    }
  }
  // A star stands for those that were not named; one that was named goes first.
  for (Choice& choice : choices) {
    if (choice.weight || star <= 0 || (best != nullptr && star <= best->weight)) continue;
    choice.weight = star;
    best = &choice;
  }
  return best == nullptr ? ContentEncoding::identity : best->encoding;
}

std::optional<std::string> decoded_body(HttpRequest& request) {
  const std::string encoding = to_lower(trim(request.header("content-encoding").value_or("")));
  if (encoding.empty() || encoding == "identity" || encoding == "aws-chunked") return std::exchange(request.body, {});
  if (encoding != "gzip" && encoding != "deflate") return std::nullopt;
  auto inflated = encoding == "gzip" ? gunzip(request.body, kBodyMax) : inflate_deflate(request.body, kBodyMax);
  if (!inflated) return std::nullopt;
  return std::move(inflated).value();
}

std::optional<std::string> compress_answer(HttpReply& reply, std::string_view accepted) {
  if (reply.body.size() <= kCompressedFrom) return std::nullopt;
  const ContentEncoding encoding = negotiate_encoding(accepted);
  if (encoding == ContentEncoding::identity) return std::nullopt;
  const bool is_gzip = encoding == ContentEncoding::gzip;
  std::string compressed = is_gzip ? gzip(reply.body) : deflate_zlib(reply.body);
  reply.headers.add("Content-Encoding", is_gzip ? "gzip" : "deflate");
  return std::exchange(reply.body, std::move(compressed));
}

}  // namespace fickle
