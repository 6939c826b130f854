#include "emulator/ops/transfer.hh"

#include <algorithm>
#include <array>
#include <cstdio>

#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"
#include "emulator/core/gzip.hh"
#include "emulator/core/json_print.hh"
#include "emulator/core/sha256.hh"
#include "emulator/core/zstd.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::size_t kInflatedMax = std::size_t{1} << 30U;  // bytes of one file

std::string fingerprint(const json::object& body) {
  return sha256_hex(json_text(body));
}

}  // namespace

const json::object* Transfers::replay(const Session& session, const json::object& body) const {
  const auto token = read_string(body, "ClientToken");
  if (!token) return nullptr;
  const auto found = universe_.tokens.find(name_ + "/" + *token);
  if (found == universe_.tokens.end() || found->second.expires <= session.now()) return nullptr;
  if (found->second.fingerprint != fingerprint(body)) throw ApiError(conflict_, "");
  const json::value* description = universe_.registers[name_].if_contains(found->second.answer);
  return description == nullptr ? nullptr : &description->as_object();
}

void Transfers::check_room(std::string_view status, std::ptrdiff_t most) const {
  const json::object& kept = universe_.registers[name_];
  const auto running = std::count_if(kept.begin(), kept.end(), [status](const auto& one) {
    return one.value().at(status).as_string() == "IN_PROGRESS";
  });
  if (running >= most) {
    throw ApiError("LimitExceededException",
                   "Subscriber limit exceeded: Only " + std::to_string(most) + " " + name_ + " can run simultaneously");
  }
}

std::string Transfers::new_id(Session& session) const {
  const auto now = session.now().time_since_epoch();
  const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  const auto dice = static_cast<unsigned>(universe_.dice.bits(name_) & 0xFFFFFFFFU);
  std::array<char, 40> id{};
  std::snprintf(id.data(), id.size(), "0%013lld-%08x", static_cast<long long>(millis), dice);
  return id.data();
}

void Transfers::keep(const Session& session, const json::object& body, const std::string& arn,
                     json::object description) {
  universe_.registers[name_][arn] = std::move(description);
  if (const auto token = read_string(body, "ClientToken")) {
    universe_.tokens[name_ + "/" + *token] = TokenRecord{.fingerprint = fingerprint(body),
                                                         .completed = session.now(),
                                                         .expires = session.now() + kTransferTokenLife,
                                                         .answer = arn};
  }
}

std::optional<Input> read_input(const Bucket& bucket, const std::string& prefix, std::string_view compression,
                                std::string_view format, const CsvRules& csv) {
  Input input;
  for (const Bucket::Object& object : bucket.list(prefix)) {
    auto content = bucket.read(object.key);
    if (!content) return std::nullopt;
    input.bytes += object.size;
    if (compression != "NONE") {
      auto inflated = compression == "ZSTD" ? unzstd(*content, kInflatedMax) : gunzip(*content, kInflatedMax);
      if (!inflated) return std::nullopt;
      content = std::move(inflated).value();
    }
    ReadItems read = format == "CSV"   ? read_csv(*content, csv)
                     : format == "ION" ? read_ion(*content)
                                       : read_json_lines(*content);
    input.read.errors += read.errors;
    for (auto& [position, condition] : read.conditions)
      input.read.conditions.emplace(input.read.items.size() + position, std::move(condition));
    for (Item& item : read.items) input.read.items.push_back(std::move(item));
    for (std::string& text : read.error_texts) input.read.error_texts.push_back(std::move(text));
  }
  return input;
}

}  // namespace fickle
