// TagResource, UntagResource, ListTagsOfResource. Source: API_TagResource and its neighbours; behaviour reference 12.1; errors:
// tests/cases/TagResource.
#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/core/base64.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/tag_rules.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr Field kResourceArn{.name = "ResourceArn", .required = true, .min_length = 1, .max_length = 1283};
constexpr Field kTagFields[] = {kResourceArn, fields::required(fields::tags)};
constexpr Field kTagKey{};
constexpr Field kUntagFields[] = {kResourceArn,
                                  {.name = "TagKeys", .shape = Shape::list, .required = true, .element = &kTagKey}};
constexpr Field kListFields[] = {kResourceArn, {.name = "NextToken"}};
// The service has a NextToken in its model and never sends one: 50 tags fit into one answer (aws/aws-sdk issue 583).
constexpr Field kListReply[] = {fields::tags};

Answer nothing() {
  return [](JsonText&) {};
}

Prepared prepare_tag(const json::object& body) {
  const TaggedTable resource = tagged_table(read_string(body, "ResourceArn").value_or(""));
  if (read_array(body, "Tags")->empty()) throw_validation("Atleast one Tag needs to be provided as Input.");
  return on_table(resource.name, Access::write, [resource, tags = read_tags(body, "Tags")](Session& session) {
    Table& table = find_tagged(session, resource);
    Tags merged = table.settings.tags;
    for (const auto& [key, value] : tags) merged[key] = value;
    check_tag_set(merged);
    table.settings.tags = std::move(merged);
    note_change(session);
    return nothing();
  });
}

Prepared prepare_untag(const json::object& body) {
  const TaggedTable resource = tagged_table(read_string(body, "ResourceArn").value_or(""));
  const std::vector<std::string> keys = read_strings(body, "TagKeys");
  if (keys.empty()) throw_validation("Atleast one Tag Key needs to be provided as Input.");
  for (const std::string& key : keys) check_tag_key(key);
  return on_table(resource.name, Access::write, [resource, keys](Session& session) {
    Table& table = find_tagged(session, resource);
    for (const std::string& key : keys) table.settings.tags.erase(key);
    note_change(session);
    return nothing();
  });
}

Answer list_tags(Session& session, const TaggedTable& resource, const std::string& after) {
  const Tags& tags = find_tagged(session, resource).settings.tags;
  json::array list;
  for (auto tag = after.empty() ? tags.begin() : tags.upper_bound(after); tag != tags.end(); ++tag)
    list.push_back(json::object{{"Key", tag->first}, {"Value", tag->second}});
  return document({{"Tags", std::move(list)}});
}

Prepared prepare_list(const json::object& body) {
  const TaggedTable resource = tagged_table(read_string(body, "ResourceArn").value_or(""));
  std::string after;
  if (const auto token = read_string(body, "NextToken")) {
    auto decoded = base64_decode(*token);
    if (!decoded || decoded.value().empty()) throw_validation("Invalid NextToken: " + *token);
    after = std::move(decoded).value();
  }
  return on_table(resource.name, Access::read,
                  [resource, after](Session& session) { return list_tags(session, resource, after); });
}

}  // namespace

constinit const Operation tag_resource{.name = "TagResource",
                                       .groups = static_cast<unsigned>(Group::control),
                                       .fields = kTagFields,
                                       .reply = {},
                                       .prepare = prepare_tag,
                                       .empty_reply = true};
constinit const Operation untag_resource{.name = "UntagResource",
                                         .groups = static_cast<unsigned>(Group::control),
                                         .fields = kUntagFields,
                                         .reply = {},
                                         .prepare = prepare_untag,
                                         .empty_reply = true};
constinit const Operation list_tags_of_resource{.name = "ListTagsOfResource",
                                                .groups = static_cast<unsigned>(Group::control),
                                                .fields = kListFields,
                                                .reply = kListReply,
                                                .prepare = prepare_list};

}  // namespace fickle
