#include "tests/support/coverage.hh"

#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>

#include "emulator/api/reply_check.hh"
#include "emulator/ops/operation.hh"

namespace fickle::test {

namespace {

// Appends each line once per process.
void note(const std::string& line) {
  static std::mutex mutex;
  static std::set<std::string> seen;
  const std::lock_guard lock(mutex);
  if (!seen.insert(line).second) return;
  if (const char* file = std::getenv("FICKLE_COVERAGE")) std::ofstream(file, std::ios::app) << line << "\n";
}

void note_fields(const std::string& prefix, const boost::json::value& value, std::span<const Field> fields) {
  if (!value.is_object()) return;
  for (const auto& member : value.as_object()) {
    for (const Field& field : fields) {
      if (field.name != std::string_view(member.key())) continue;
      const std::string name = prefix + "." + std::string(field.name);
      note("field " + name);
      if (field.shape == Shape::structure) note_fields(name, member.value(), field.members);
      if (field.shape == Shape::list && field.element != nullptr && member.value().is_array()) {
        for (const auto& element : member.value().as_array()) note_fields(name, element, field.element->members);
      }
      if (field.shape == Shape::map && field.element != nullptr && member.value().is_object()) {
        for (const auto& entry : member.value().as_object()) note_fields(name, entry.value(), field.element->members);
      }
    }
  }
}

}  // namespace

void note_reply(std::string_view name, const HttpReply& reply) {
  const Operation* operation = find_operation(name);
  if (operation == nullptr) return;
  note("operation " + std::string(name));
  boost::json::error_code error;
  const boost::json::value body = boost::json::parse(reply.body.empty() ? std::string("{}") : reply.body, error);
  if (error) throw std::runtime_error(std::string(name) + " answered what is not JSON: " + reply.body);
  if (reply.status != 200) {
    if (const auto* type = body.as_object().if_contains("__type")) {
      const std::string text(type->as_string());
      note("error " + text.substr(text.find('#') + 1));
    }
    return;
  }
  if (const auto offence = reply_offence(body.as_object(), operation->reply)) {
    throw std::runtime_error(std::string(name) + " answered an undeclared member: " + *offence + " in " + reply.body);
  }
  note_fields(std::string(name), body, operation->reply);
}

}  // namespace fickle::test
