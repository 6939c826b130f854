#include "emulator/engine/tokens.hh"

#include <algorithm>
#include <boost/json.hpp>
#include <vector>

#include "emulator/core/json_print.hh"
#include "emulator/core/sha256.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr Duration kTokenLife = std::chrono::minutes(10);
constexpr Instant kRunning = Instant::max();

// Members in name order. Recursion is as deep as the document, which its parser bounds.
void append_canonical(std::string& out, const json::value& value) {
  if (const auto* object = value.if_object()) {
    std::vector<const json::key_value_pair*> members;
    for (const auto& member : *object) {
      if (!member.value().is_null()) members.push_back(&member);
    }
    std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return a->key() < b->key(); });
    out += '{';
    for (const auto* member : members) {
      append_json_text(out, json::value(member->key()));
      out += ':';
      append_canonical(out, member->value());
      out += ',';
    }
    out += '}';
    return;
  }
  if (const auto* array = value.if_array()) {
    out += '[';
    for (const auto& element : *array) {
      append_canonical(out, element);
      out += ',';
    }
    out += ']';
    return;
  }
  append_json_text(out, value);
}

}  // namespace

std::string fingerprint_of(const json::value& content) {
  std::string text;
  append_canonical(text, content);
  return sha256_hex(text);
}

std::optional<std::string> replayed_answer(Session& session, const std::string& name, const std::string& fingerprint) {
  if (name.empty()) return std::nullopt;
  auto& tokens = session.universe().tokens;
  const auto found = tokens.find(name);
  if (found == tokens.end()) return std::nullopt;
  const TokenRecord& record = found->second;
  if (record.expires <= session.now()) {
    tokens.erase(found);
    return std::nullopt;
  }
  if (record.fingerprint != fingerprint) throw ApiError("IdempotentParameterMismatchException", "");
  if (record.completed == kRunning) {
    throw ApiError("TransactionInProgressException", "Transaction from previous request is still in progress");
  }
  return record.answer;
}

void hold_token(Session& session, const std::string& name, const std::string& fingerprint) {
  if (!name.empty()) session.universe().tokens[name] = {fingerprint, kRunning, kRunning, {}};
}

void finish_token(Session& session, const std::string& name, const std::string& fingerprint, std::string answer) {
  if (name.empty()) return;
  session.universe().tokens[name] = {fingerprint, session.now(), session.now() + kTokenLife, std::move(answer)};
}

void drop_token(Session& session, const std::string& name) {
  if (!name.empty()) session.universe().tokens.erase(name);
}

}  // namespace fickle
