#include "tests/support/coverage.hh"

#include <boost/json.hpp>
#include <mutex>
#include <set>
#include <stdexcept>

#include "emulator/api/error.hh"
#include "emulator/api/reply_check.hh"
#include "emulator/ops/operation.hh"

namespace fickle::test {

namespace {

struct Seen {
  std::mutex mutex;
  std::set<std::string> lines;
};

Seen& seen() {
  static Seen all;
  return all;
}

void note(std::string line) {
  const std::lock_guard lock(seen().mutex);
  seen().lines.insert(std::move(line));
}

// Lists and maps are looked through: their elements' members count.
std::span<const Field> members_within(const Field& field) {
  const Field* inner = &field;
  while ((inner->shape == Shape::list || inner->shape == Shape::map) && inner->element != nullptr)
    inner = inner->element;
  return inner->shape == Shape::structure ? inner->members : std::span<const Field>{};
}

void note_value(const std::string& name, const boost::json::value& value, const Field& field);

void note_members(const std::string& prefix, const boost::json::object& object, std::span<const Field> fields) {
  for (const auto& member : object) {
    for (const Field& field : fields) {
      if (field.name != std::string_view(member.key())) continue;
      const std::string name = prefix + "." + std::string(field.name);
      note("field " + name);
      note_value(name, member.value(), field);
    }
  }
}

void note_value(const std::string& name, const boost::json::value& value, const Field& field) {
  if (field.shape == Shape::structure && value.is_object()) note_members(name, value.as_object(), field.members);
  if (field.element == nullptr) return;
  if (field.shape == Shape::list && value.is_array()) {
    for (const auto& element : value.as_array()) note_value(name, element, *field.element);
  }
  if (field.shape == Shape::map && value.is_object()) {
    for (const auto& entry : value.as_object()) note_value(name, entry.value(), *field.element);
  }
}

void declared_fields(const std::string& prefix, std::span<const Field> fields, std::vector<std::string>& out) {
  for (const Field& field : fields) {
    const std::string name = prefix + "." + std::string(field.name);
    out.push_back("field " + name);
    declared_fields(name, members_within(field), out);
  }
}

}  // namespace

void note_reply(std::string_view name, const HttpReply& reply) {
  const Operation* operation = find_operation(name);
  if (operation != nullptr) note("operation " + std::string(name));
  boost::json::error_code error;
  const boost::json::value body = boost::json::parse(reply.body.empty() ? std::string("{}") : reply.body, error);
  if (error || !body.is_object()) {
    if (reply.status == 200) throw std::runtime_error(std::string(name) + " answered what is not JSON: " + reply.body);
    return;  // a raw answer of a fault
  }
  if (reply.status != 200) {
    if (const auto* type = body.as_object().if_contains("__type")) {
      const std::string text(type->as_string());
      note("error " + text.substr(text.find('#') + 1));
    }
    return;
  }
  if (operation == nullptr)
    throw std::runtime_error(std::string(name) + " is no operation, and answered " + reply.body);
  if (const auto offence = reply_offence(body.as_object(), operation->reply)) {
    throw std::runtime_error(std::string(name) + " answered against its declaration: " + *offence + " in " +
                             reply.body);
  }
  note_members(std::string(name), body.as_object(), operation->reply);
}

std::vector<std::string> never_produced() {
  std::vector<std::string> declared;
  for (const Operation* operation : operations()) declared.push_back("operation " + std::string(operation->name));
  for (const ErrorCode& code : error_codes()) declared.push_back("error " + std::string(code.name));
  for (const Operation* operation : operations())
    declared_fields(std::string(operation->name), operation->reply, declared);
  const std::lock_guard lock(seen().mutex);
  std::erase_if(declared, [](const std::string& line) { return seen().lines.contains(line); });
  return declared;
}

}  // namespace fickle::test
