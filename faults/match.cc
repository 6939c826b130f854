#include "faults/match.hh"

#include "emulator/api/call.hh"
#include "emulator/core/text.hh"
#include "emulator/value/value_json.hh"

namespace fickle {
namespace {

struct GroupName {
  std::string_view name;
  Group group;
};
constexpr GroupName kGroups[] = {
    {"read", Group::read},     {"write", Group::write},
    {"batch", Group::batch},   {"transaction", Group::transaction},
    {"query", Group::query},   {"control", Group::control},
    {"stream", Group::stream}, {"partiql", Group::partiql},
};

std::optional<Group> group_of(std::string_view name) {
  for (const GroupName& entry : kGroups) {
    if (entry.name == name) return entry.group;
  }
  return std::nullopt;
}

// Operations that take ConsistentRead, and those whose requests may name an index.
constexpr std::string_view kConsistentReadOperations[] = {"GetItem", "BatchGetItem",     "Query",
                                                          "Scan",    "ExecuteStatement", "BatchExecuteStatement"};
constexpr std::string_view kIndexOperations[] = {"Query", "Scan", "ExecuteStatement", "BatchExecuteStatement"};
constexpr std::string_view kConditionalOperations[] = {
    "PutItem",          "UpdateItem",         "DeleteItem",           "TransactWriteItems",
    "ExecuteStatement", "ExecuteTransaction", "BatchExecuteStatement"};
template <std::size_t n>
bool is_one_of(const std::string_view (&names)[n], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

std::optional<Value> plain_value(const json::value& value) {
  if (value.is_string()) return Value::string(std::string(value.get_string()));
  if (value.is_bool()) return Value::boolean(value.get_bool());
  if (!value.is_number()) return std::nullopt;
  auto number = Number::parse(json::serialize(value));
  if (!number.ok()) return std::nullopt;
  return Value::number(number.value());
}

std::optional<Value> typed_value(const json::value& value) {
  if (!value.is_object() || value.get_object().size() != 1) return std::nullopt;
  const auto& member = *value.get_object().begin();
  const auto type = type_of_name(std::string_view(member.key()));
  if (!type) return std::nullopt;
  // read_value takes JSON whose kinds have been checked; of the types that a key or a plain attribute can have this is enough.
  switch (*type) {
    case Type::S:
    case Type::N:
    case Type::B:
      if (!member.value().is_string()) return std::nullopt;
      break;
    case Type::BOOL:
    case Type::NULL_:
      if (!member.value().is_bool()) return std::nullopt;
      break;
    case Type::SS:
    case Type::NS:
    case Type::BS:
    case Type::L:
    case Type::M: return std::nullopt;
  }
  auto read = read_value(value);
  if (!read.ok()) return std::nullopt;
  return read.value();
}

std::optional<std::string> optional_text(Document& document, std::string_view name) {
  const auto node = document.take(name);
  return node ? std::optional(node->text()) : std::nullopt;
}

std::optional<bool> optional_bool(Document& document, std::string_view name) {
  const auto node = document.take(name);
  return node ? std::optional(node->boolean()) : std::nullopt;
}

void add_members(Subject& subject, const std::vector<Touch>& touches) {
  subject.members.reserve(touches.size());
  for (const Touch& touch : touches) {
    subject.members.push_back({touch.table, touch.index, touch.carried.get(), touch.conditional});
  }
}

}  // namespace

Subject subject_of(const Call& call, const Prepared& prepared, std::string_view marker) {
  Subject subject{call.operation,
                  prepared.groups,
                  {},
                  prepared.consistent_read,
                  call.attempt > 0 ? call.attempt : 1,
                  call.access_key,
                  call.user_agent(),
                  marker,
                  [&call](std::string_view name) { return call.header(name); }};
  add_members(subject, prepared.touches);
  return subject;
}

Subject subject_of(const JournalEntry& entry) {
  Subject subject{entry.operation,
                  entry.groups,
                  {},
                  entry.consistent_read,
                  entry.attempt > 0 ? entry.attempt : 1,
                  entry.access_key,
                  entry.user_agent(),
                  entry.marker,
                  [&entry](std::string_view name) { return entry.headers.find(name); }};
  add_members(subject, entry.touches);
  return subject;
}

Matcher::KeyTest Matcher::parse_key_test(const Node& node) {
  if (auto value = plain_value(node.value)) return {*std::move(value), false};
  if (auto value = typed_value(node.value)) return {*std::move(value), false};
  if (node.value.is_object() && node.value.get_object().size() == 1 && node.value.get_object().contains("prefix")) {
    const Node prefix{node.value.get_object().at("prefix"), child_pointer(node.pointer, "prefix")};
    auto value = plain_value(prefix.value);
    if (!value) value = typed_value(prefix.value);
    if (!value || (!value->is(Type::S) && !value->is(Type::B))) prefix.fail("a string (or a typed binary) is needed");
    return {*std::move(value), true};
  }
  node.fail("a plain value, a typed one such as {\"S\":\"a\"}, or {\"prefix\":\"a\"} is needed");
}

Matcher Matcher::parse(const Node& node, const PreparePort& operations) {
  Document document(node, "when");
  Matcher matcher;
  if (const auto operation = document.take("operation")) {
    matcher.any_operation_ = false;
    std::vector<Node> names;
    if (operation->value.is_array()) {
      names = operation->elements();
    } else {
      names.push_back(*operation);
    }
    if (names.empty()) operation->fail("must name at least one operation");
    for (const Node& entry : names) {
      const std::string name = entry.text();
      if (name == "*") {
        matcher.any_operation_ = true;
      } else if (const auto group = group_of(name)) {
        matcher.groups_ |= static_cast<unsigned>(*group);
      } else if (operations.find(name) != nullptr) {
        matcher.operations_.push_back(name);
      } else {
        entry.fail("there is no operation or group named " + name);
      }
    }
  }
  matcher.table_ = optional_text(document, "table");
  matcher.index_ = optional_text(document, "index");
  if (const auto key = document.take("key")) {
    if (!key->value.is_object()) key->fail("an object from attribute name to value is needed");
    for (const auto& member : key->value.get_object()) {
      const Node test{member.value(), child_pointer(key->pointer, std::string_view(member.key()))};
      matcher.key_.emplace_back(std::string(member.key()), parse_key_test(test));
    }
    if (matcher.key_.empty()) key->fail("must name at least one attribute");
  }
  matcher.consistent_read_ = optional_bool(document, "consistentRead");
  matcher.conditional_ = optional_bool(document, "conditional");
  if (const auto attempt = document.take("attempt"))
    matcher.attempt_ = static_cast<int>(attempt->integer(1, 1'000'000));
  matcher.access_key_ = optional_text(document, "accessKey");
  matcher.user_agent_ = optional_text(document, "userAgent");
  if (const auto header = document.take("header")) {
    if (!header->value.is_object()) header->fail("an object from header name to glob is needed");
    for (const auto& member : header->value.get_object()) {
      const Node glob{member.value(), child_pointer(header->pointer, std::string_view(member.key()))};
      matcher.headers_.emplace_back(to_lower(std::string_view(member.key())), glob.text());
    }
  }
  matcher.marker_ = optional_text(document, "marker");
  document.finish();
  return matcher;
}

bool Matcher::holds(const KeyTest& test, const Value& value) {
  if (!test.is_prefix) return test.value == value;
  const std::string* prefix = test.value.as_string();
  const std::string* text = value.as_string();
  if (prefix == nullptr) {
    prefix = test.value.as_binary();
    text = value.as_binary();
  }
  return text != nullptr && text->compare(0, prefix->size(), *prefix) == 0;
}

bool Matcher::operation_holds(std::string_view name, unsigned groups) const {
  return any_operation_ || (groups & groups_) != 0 ||
         std::find(operations_.begin(), operations_.end(), name) != operations_.end();
}

bool Matcher::member_holds(const SubjectMember& member) const {
  if (table_ && !glob_match(*table_, member.table)) return false;
  if (index_ && (member.index.empty() || !glob_match(*index_, member.index))) return false;
  if (conditional_ && *conditional_ != member.conditional) return false;
  for (const auto& [name, test] : key_) {
    const Value* value = member.carried != nullptr ? member.carried->find(name) : nullptr;
    if (value == nullptr || !holds(test, *value)) return false;
  }
  return true;
}

std::optional<std::vector<std::size_t>> Matcher::match(const Subject& subject) const {
  if (!operation_holds(subject.operation, subject.groups)) return std::nullopt;
  if (consistent_read_ && subject.consistent_read != consistent_read_) return std::nullopt;
  if (attempt_ && *attempt_ != subject.attempt) return std::nullopt;
  if (access_key_ && !glob_match(*access_key_, subject.access_key)) return std::nullopt;
  if (user_agent_ && !glob_match(*user_agent_, subject.user_agent)) return std::nullopt;
  if (marker_ && !glob_match(*marker_, subject.marker)) return std::nullopt;
  for (const auto& [name, glob] : headers_) {
    const auto value = subject.header ? subject.header(name) : std::nullopt;
    if (!value || !glob_match(glob, *value)) return std::nullopt;
  }
  std::vector<std::size_t> positions;
  positions.reserve(subject.members.size());
  for (std::size_t i = 0; i < subject.members.size(); ++i) {
    if (!selects_members() || member_holds(subject.members[i])) positions.push_back(i);
  }
  // A request that touches nothing has no condition, and no table, index or key to be compared.
  const bool only_unconditional = !table_ && !index_ && key_.empty() && conditional_ == std::optional(false);
  const bool may_be_empty = !selects_members() || (only_unconditional && subject.members.empty());
  if (positions.empty() && !may_be_empty) return std::nullopt;
  return positions;
}

std::vector<std::string> Matcher::mismatches(const Subject& subject) const {
  std::vector<std::string> list;
  const auto differs = [&list](std::string_view what, std::string_view is, std::string_view wanted) {
    list.push_back(std::string(what) + " is " + std::string(is) + ", not " + std::string(wanted));
  };
  if (!operation_holds(subject.operation, subject.groups))
    list.push_back("operation is " + std::string(subject.operation));
  if (consistent_read_ && subject.consistent_read != consistent_read_) {
    list.push_back(*consistent_read_ ? "it is no consistent read" : "it is a consistent read");
  }
  if (attempt_ && *attempt_ != subject.attempt) {
    differs("attempt", std::to_string(subject.attempt), std::to_string(*attempt_));
  }
  if (access_key_ && !glob_match(*access_key_, subject.access_key))
    differs("accessKey", subject.access_key, *access_key_);
  if (user_agent_ && !glob_match(*user_agent_, subject.user_agent))
    differs("userAgent", subject.user_agent, *user_agent_);
  if (marker_ && !glob_match(*marker_, subject.marker)) differs("marker", subject.marker, *marker_);
  for (const auto& [name, glob] : headers_) {
    const auto value = subject.header ? subject.header(name) : std::nullopt;
    if (!value || !glob_match(glob, *value)) differs("header " + name, value.value_or("absent"), glob);
  }
  const auto some_member = [&subject](const std::function<bool(const SubjectMember&)>& test) {
    return std::any_of(subject.members.begin(), subject.members.end(), test);
  };
  const std::string_view first_table = subject.members.empty() ? "absent" : subject.members[0].table;
  if (table_ && !some_member([this](const SubjectMember& m) { return glob_match(*table_, m.table); })) {
    differs("table", first_table, *table_);
  }
  if (index_ && !some_member([this](const SubjectMember& m) { return glob_match(*index_, m.index); })) {
    list.push_back("index is not " + *index_);
  }
  if (conditional_ && !some_member([this](const SubjectMember& m) { return m.conditional == *conditional_; })) {
    list.push_back(*conditional_ ? "it has no condition" : "it has a condition");
  }
  for (const auto& entry : key_) {
    const auto has_it = [&entry](const SubjectMember& m) {
      const Value* value = m.carried != nullptr ? m.carried->find(entry.first) : nullptr;
      return value != nullptr && holds(entry.second, *value);
    };
    if (!some_member(has_it)) list.push_back("key " + entry.first + " differs");
  }
  if (list.empty() && !match(subject)) list.push_back("no single member meets all conditions");
  return list;
}

unsigned Matcher::admitted_groups(const OperationFacts& operation) const {
  if (!has(operation.groups, Group::partiql)) return operation.groups;
  const unsigned either = Group::read | Group::write;
  if (operation_holds(operation.name, operation.groups)) return operation.groups | either;
  return operation.groups | (groups_ & either);
}

bool Matcher::admits(const OperationFacts& operation) const {
  if (!operation_holds(operation.name, admitted_groups(operation))) return false;
  if (consistent_read_ && !is_one_of(kConsistentReadOperations, operation.name)) return false;
  if (index_ && !is_one_of(kIndexOperations, operation.name)) return false;
  if (conditional_ == std::optional(true) && !is_one_of(kConditionalOperations, operation.name)) return false;
  return true;
}

std::vector<std::string> Matcher::key_names() const {
  std::vector<std::string> names;
  for (const auto& entry : key_) names.push_back(entry.first);
  return names;
}

}  // namespace fickle
