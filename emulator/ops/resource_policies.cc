// PutResourcePolicy, GetResourcePolicy, DeleteResourcePolicy: policies are kept, not obeyed. Source: API_PutResourcePolicy; behaviour
// reference 12.4; errors: tests/cases/PutResourcePolicy.
#include <algorithm>

#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/core/json_parse.hh"
#include "emulator/engine/arn_scope.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/resource_policies.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::size_t kPolicyBytesMax = 20480;
constexpr std::string_view kNoPolicy = "NO_POLICY";
constexpr std::string_view kPolicies = "policies";  // in TableSettings::more: by the ARN of the table or its stream

constexpr std::string_view kPending = "policyPending";  // in TableSettings::more: there while a change is on its way
constexpr std::string_view kLastRevision = "policyRevision";  // in TableSettings::more

constexpr Field kResourceArn{.name = "ResourceArn", .required = true, .min_length = 1, .max_length = 1283};
constexpr Field kExpected{.name = "ExpectedRevisionId", .min_length = 1, .max_length = 255};
constexpr Field kPutFields[] = {
    kResourceArn,
    {.name = "Policy", .required = true},
    kExpected,
    {.name = "ConfirmRemoveSelfResourceAccess", .shape = Shape::boolean},
};
constexpr Field kGetFields[] = {kResourceArn};
constexpr Field kDeleteFields[] = {kResourceArn, kExpected};
constexpr Field kRevisionReply[] = {{.name = "RevisionId"}};
constexpr Field kGetReply[] = {{.name = "Policy"}, {.name = "RevisionId"}};

struct Resource {
  std::string arn;
  std::string table;
};

Resource read_resource(const json::object& body) {
  const std::string arn = read_string(body, "ResourceArn").value_or("");
  const auto parsed = parse_table_arn(arn);
  if (!parsed || (parsed->kind != TableArn::Kind::table && parsed->kind != TableArn::Kind::stream))
    throw_parameter_invalid("Invalid resource Arn: " + arn);
  return {arn, parsed->table};
}

[[noreturn]] void throw_policy_not_found(const std::string& why) {
  throw ApiError("PolicyNotFoundException", "Resource-based policy not found for the provided ResourceArn: " + why);
}

Table& table_of(Session& session, const Resource& resource) {
  const TableArn arn = parse_table_arn(resource.arn).value();
  if (!is_home_region(session, arn)) throw_parameter_invalid("Invalid resource Arn: " + resource.arn);
  check_account(session, arn);
  return session.control_table(resource.table);
}

// The policies of the table, its own and its stream's.
json::object& policies_of(Table& table) {
  json::value& policies = table.settings.more[kPolicies];
  if (!policies.is_object()) policies = json::object{};
  return policies.as_object();
}

void check_revision(const json::value* present, const std::string& expected, const std::string& table) {
  const std::string current = present == nullptr ? "" : std::string(present->at("revision").as_string());
  if (expected.empty()) return;
  if (expected == kNoPolicy) {
    if (present == nullptr) return;
    throw_policy_not_found("Requested policy update expecting none to be present for table " + table +
                           ", but a policy exists with revision id " + current + ".");
  }
  if (present == nullptr)
    throw_policy_not_found("Requested update for policy with revision id " + expected +
                           ", but no policy is associated to target table " + table + ".");
  if (expected != current) {
    throw_policy_not_found("Requested update for policy with revision id " + expected +
                           ", but the policy associated to target table " + table + " has revision id " + current +
                           ".");
  }
}

// While a change is on its way no other is taken.
void check_settled(const Table& table) {
  if (table.status == TableStatus::creating || table.status == TableStatus::deleting) check_active(table);
  if (table.settings.more.contains(kPending))
    throw_in_use("Table is pending previous resource-based policy update: " + table.schema.name);
}

// A change is on its way for as long as the lifecycle says.
void begin_change(Session& session, Table& table) {
  table.settings.more[kPending] = true;
  after(session, session.universe().models.lifecycle_update,
        [name = table.schema.name, id = table.settings.id](Universe& universe, Instant) {
          if (Table* owner = same_table(universe, name, id)) owner->settings.more.erase(kPending);
        });
}

// The milliseconds of the clock, and greater than any revision before.
std::string next_revision(const Session& session, Table& table) {
  const auto now = session.now().time_since_epoch();
  std::int64_t revision = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  json::value& last = table.settings.more[kLastRevision];
  if (last.is_int64()) revision = std::max(revision, last.as_int64() + 1);
  last = revision;
  return std::to_string(revision);
}

Answer put(Session& session, const Resource& resource, const std::string& policy, const std::string& expected) {
  Table& table = table_of(session, resource);
  check_settled(table);
  json::object& policies = policies_of(table);
  const json::value* present = policies.if_contains(resource.arn);
  check_revision(present, expected, resource.table);
  if (present != nullptr && present->at("policy").as_string() == policy)
    return document({{"RevisionId", present->at("revision")}});
  const std::string revision = next_revision(session, table);
  policies_of(table)[resource.arn] = json::object{{"policy", policy}, {"revision", revision}};
  begin_change(session, table);
  note_change(session);
  return document({{"RevisionId", revision}});
}

Answer remove(Session& session, const Resource& resource, const std::string& expected) {
  Table& table = table_of(session, resource);
  check_settled(table);
  json::object& policies = policies_of(table);
  const json::value* present = policies.if_contains(resource.arn);
  check_revision(present, expected, resource.table);
  if (present == nullptr) return document({});  // nothing to remove: no revision
  json::object reply{{"RevisionId", present->at("revision")}};
  policies.erase(resource.arn);
  begin_change(session, table);
  note_change(session);
  return document(std::move(reply));
}

Prepared prepare_put(const json::object& body) {
  const Resource resource = read_resource(body);
  const std::string policy = read_string(body, "Policy").value_or("");
  check_policy(policy);
  return on_table(resource.table, Access::write,
                  [resource, policy, expected = read_string(body, "ExpectedRevisionId").value_or("")](
                      Session& session) { return put(session, resource, policy, expected); });
}

Prepared prepare_get(const json::object& body) {
  const Resource resource = read_resource(body);
  return on_table(resource.table, Access::read, [resource](Session& session) {
    const json::value* present = policies_of(table_of(session, resource)).if_contains(resource.arn);
    if (present == nullptr) throw_policy_not_found(resource.arn);
    return document({{"Policy", present->at("policy")}, {"RevisionId", present->at("revision")}});
  });
}

Prepared prepare_delete(const json::object& body) {
  const Resource resource = read_resource(body);
  return on_table(resource.table, Access::write,
                  [resource, expected = read_string(body, "ExpectedRevisionId").value_or("")](Session& session) {
                    return remove(session, resource, expected);
                  });
}

}  // namespace

void check_policy(const std::string& policy) {
  constexpr std::string_view kInvalid = "Invalid policy document: ";
  if (policy.size() > kPolicyBytesMax) throw_parameter_invalid("Maximum policy size of 20480 bytes exceeded");
  json::error_code error;
  const json::value document = json::parse(policy, error);
  if (error) throw_parameter_invalid(std::string(kInvalid) + "The policy is not valid JSON");
  if (!document.is_object() || !document.as_object().contains("Statement"))
    throw_parameter_invalid(std::string(kInvalid) + "The policy has no Statement");
}

void attach_policy(Session& session, Table& table, const std::string& policy) {
  policies_of(table)[table.settings.arn] =
      json::object{{"policy", policy}, {"revision", next_revision(session, table)}};
}

constinit const Operation put_resource_policy{.name = "PutResourcePolicy",
                                              .groups = static_cast<unsigned>(Group::control),
                                              .fields = kPutFields,
                                              .reply = kRevisionReply,
                                              .prepare = prepare_put,
                                              .simplified = "policies are kept and given back, not obeyed"};
constinit const Operation get_resource_policy{.name = "GetResourcePolicy",
                                              .groups = static_cast<unsigned>(Group::control),
                                              .fields = kGetFields,
                                              .reply = kGetReply,
                                              .prepare = prepare_get};
constinit const Operation delete_resource_policy{.name = "DeleteResourcePolicy",
                                                 .groups = static_cast<unsigned>(Group::control),
                                                 .fields = kDeleteFields,
                                                 .reply = kRevisionReply,
                                                 .prepare = prepare_delete};

}  // namespace fickle
