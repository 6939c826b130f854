#include "faults/node.hh"

#include "emulator/admin/router.hh"
#include "emulator/core/json_print.hh"
#include "emulator/core/text.hh"

namespace fickle {
namespace {

std::string kind_of(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: return "null";
    case json::kind::bool_: return "a boolean";
    case json::kind::int64:
    case json::kind::uint64:
    case json::kind::double_: return "a number";
    case json::kind::string: return "a string";
    case json::kind::array: return "an array";
    case json::kind::object: return "an object";
  }
  return "a value";
}

std::string title_of(int status) {
  switch (status) {
    case 404: return "Not found";
    case 409: return "Conflict";
    case 429: return "Too many universes";
    default: return "Bad request";
  }
}

std::string quoted_list(const std::vector<std::string_view>& words) {
  std::string list;
  for (const std::string_view word : words) {
    if (!list.empty()) list += ", ";
    list += word;
  }
  return list;
}

Distribution pair_of(const Node& node, Distribution (*make)(Duration, Duration)) {
  const auto ends = node.elements();
  if (ends.size() != 2) node.fail("two durations are needed, e.g. [\"10ms\",\"80ms\"]");
  const Duration low = ends[0].duration();
  const Duration high = ends[1].duration();
  if (high < low) ends[1].fail("the upper end lies below the lower one");
  return make(low, high);
}

}  // namespace

void refuse(const std::string& pointer, const std::string& detail, int status) {
  throw ControlError{status, title_of(status), detail, pointer};
}

std::string child_pointer(const std::string& pointer, std::string_view name) {
  std::string child = pointer + "/";
  for (const char c : name) {
    if (c == '~') {
      child += "~0";
    } else if (c == '/') {
      child += "~1";
    } else {
      child += c;
    }
  }
  return child;
}

std::string Node::text() const {
  if (!value.is_string()) fail("a string is needed, not " + kind_of(value));
  if (value.get_string().empty()) fail("must not be empty");
  return std::string(value.get_string());
}

bool Node::boolean() const {
  if (!value.is_bool()) fail("true or false is needed, not " + kind_of(value));
  return value.get_bool();
}

std::int64_t Node::integer(std::int64_t low, std::int64_t high) const {
  if (!value.is_int64()) fail("an integer is needed");
  const std::int64_t number = value.get_int64();
  if (number < low || number > high) {
    fail("must lie between " + std::to_string(low) + " and " + std::to_string(high));
  }
  return number;
}

double Node::number(double low, double high) const {
  if (!value.is_number()) fail("a number is needed, not " + kind_of(value));
  const double number = value.to_number<double>();
  if (!(number >= low && number <= high)) {
    fail("must lie between " + json_text(json::value(low)) + " and " + json_text(json::value(high)));
  }
  return number;
}

Duration Node::duration(Sign sign) const {
  if (value.is_int64() && value.get_int64() == 0) return Duration{0};
  if (!value.is_string()) fail("a duration is needed, e.g. \"250ms\", \"1h30m\" or 0");
  const auto parsed = parse_duration(std::string_view(value.get_string()), sign);
  if (!parsed) fail("not a duration; write e.g. \"250ms\", \"1.5s\", \"1h30m\" (units us ms s m h d) or 0");
  return *parsed;
}

Duration Node::positive_duration() const {
  const Duration length = duration();
  if (length <= Duration{0}) fail("must be longer than 0");
  return length;
}

Distribution Node::distribution() const {
  if (!value.is_object()) return FixedDuration{duration()};
  if (value.get_object().size() != 1) fail("one of uniform, normal and lognormal is needed");
  Document document(*this, "a distribution");
  if (const auto uniform = document.take("uniform")) {
    return pair_of(*uniform, [](Duration low, Duration high) -> Distribution { return UniformDuration{low, high}; });
  }
  if (const auto normal = document.take("normal")) {
    Document members(*normal, "a normal distribution");
    const NormalDuration result{members.need("mean").duration(), members.need("stddev").duration()};
    members.finish();
    return result;
  }
  if (const auto lognormal = document.take("lognormal")) {
    Document members(*lognormal, "a lognormal distribution");
    const LognormalDuration result{members.need("median").duration(), members.need("sigma").number(0, 10)};
    members.finish();
    return result;
  }
  document.finish();
  fail("one of uniform, normal and lognormal is needed");
}

std::vector<Node> Node::elements() const {
  if (!value.is_array()) fail("an array is needed, not " + kind_of(value));
  std::vector<Node> list;
  std::size_t i = 0;
  for (const json::value& element : value.get_array()) list.push_back({element, pointer + "/" + std::to_string(i++)});
  return list;
}

std::size_t Node::word(const std::vector<std::string_view>& words) const {
  if (value.is_string()) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (std::string_view(value.get_string()) == words[i]) return i;
    }
  }
  fail("must be one of " + quoted_list(words));
}

Document::Document(const Node& node, std::string_view what)
    : object_(node.value.is_object() ? node.value.get_object()
                                     : (node.fail(std::string(what) + " is an object, not " + kind_of(node.value)),
                                        node.value.get_object())),
      pointer_(node.pointer),
      what_(what) {}

std::optional<Node> Document::take(std::string_view name) {
  known_.emplace_back(name);
  const json::value* member = object_.if_contains(name);
  if (member == nullptr || member->is_null()) return std::nullopt;
  return Node{*member, child_pointer(pointer_, name)};
}

Node Document::need(std::string_view name) {
  if (auto member = take(name)) return *std::move(member);
  refuse(child_pointer(pointer_, name), what_ + " needs " + std::string(name));
}

void Document::finish() const {
  for (const auto& member : object_) {
    const std::string_view name = member.key();
    if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
    refuse(child_pointer(pointer_, name),
           what_ + " has no member " + std::string(name) + (known_.empty() ? "" : "; it knows " + join(known_, ", ")));
  }
}

json::value print(const Distribution& distribution) {
  struct Printer {
    static json::string text(Duration duration) { return json::string(format_duration(duration)); }
    json::value operator()(const FixedDuration& fixed) const { return text(fixed.value); }
    json::value operator()(const UniformDuration& uniform) const {
      return json::object{{"uniform", json::array{text(uniform.low), text(uniform.high)}}};
    }
    json::value operator()(const NormalDuration& normal) const {
      return json::object{{"normal", json::object{{"mean", text(normal.mean)}, {"stddev", text(normal.stddev)}}}};
    }
    json::value operator()(const LognormalDuration& lognormal) const {
      return json::object{{"lognormal", json::object{{"median", text(lognormal.median)}, {"sigma", lognormal.sigma}}}};
    }
  };
  return std::visit(Printer{}, distribution);
}

}  // namespace fickle
