// UpdateContributorInsights, DescribeContributorInsights, ListContributorInsights: settings only. Source:
// API_UpdateContributorInsights; behaviour reference 12.5; errors: tests/cases/UpdateContributorInsights.
#include <algorithm>

#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/core/base64.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::string_view kInsights = "contributorInsights";  // in TableSettings::more: by index name, "" the table
constexpr std::string_view kStatuses = "[ENABLING, ENABLED, DISABLING, DISABLED, FAILED]";
constexpr std::string_view kModes = "[ACCESSED_AND_THROTTLED_KEYS, THROTTLED_KEYS]";
constexpr std::string_view kDefaultMode = "ACCESSED_AND_THROTTLED_KEYS";

constexpr Field kUpdateFields[] = {
    fields::control_table_name,
    fields::index_name,
    {.name = "ContributorInsightsAction", .required = true, .enum_set = "[ENABLE, DISABLE]"},
    {.name = "ContributorInsightsMode", .enum_set = kModes},
};
constexpr Field kDescribeFields[] = {fields::control_table_name, fields::index_name};
constexpr Field kListFields[] = {
    {.name = "TableName", .min_length = 3, .max_length = 255, .pattern = fields::kNamePattern, .arn_allowed = true},
    {.name = "NextToken"},
    {.name = "MaxResults", .shape = Shape::integer, .max_value = 100},
};
constexpr Field kRule{};
constexpr Field kUpdateReply[] = {
    {.name = "TableName"},
    {.name = "IndexName"},
    {.name = "ContributorInsightsStatus", .enum_set = kStatuses},
    {.name = "ContributorInsightsMode", .enum_set = kModes},
};
constexpr Field kDescribeReply[] = {
    {.name = "TableName"},
    {.name = "IndexName"},
    {.name = "ContributorInsightsRuleList", .shape = Shape::list, .element = &kRule},
    {.name = "ContributorInsightsStatus", .enum_set = kStatuses},
    {.name = "LastUpdateDateTime", .shape = Shape::timestamp},
    {.name = "ContributorInsightsMode", .enum_set = kModes},
};
constexpr Field kSummary{.shape = Shape::structure, .members = kUpdateReply};
constexpr Field kListReply[] = {
    {.name = "ContributorInsightsSummaries", .shape = Shape::list, .element = &kSummary},
    fields::next_token,
};

struct Wanted {
  std::string table, index;
};

Wanted read_wanted(const json::object& body) {
  return {table_name_of(body), read_string(body, "IndexName").value_or("")};
}

Table& find(Session& session, const Wanted& wanted) {
  Table& table = session.control_table(wanted.table);
  if (!wanted.index.empty() && table.find_index(wanted.index) == nullptr) {
    throw ApiError("ResourceNotFoundException",
                   "Requested resource not found: Table: " + wanted.table + " does not have index: " + wanted.index);
  }
  return table;
}

json::object named(const Wanted& wanted) {
  json::object reply{{"TableName", wanted.table}};
  if (!wanted.index.empty()) reply["IndexName"] = wanted.index;
  return reply;
}

const json::object* insights_of(const Table& table) {
  const json::value* insights = table.settings.more.if_contains(kInsights);
  return insights == nullptr ? nullptr : &insights->as_object();
}

json::array rules(const Wanted& wanted, const json::object& insight) {
  const std::string name = wanted.index.empty() ? wanted.table : wanted.table + "-" + wanted.index;
  const auto since = static_cast<std::int64_t>(insight.at("since").to_number<double>() * 1000);
  json::array list;
  for (const std::string_view kind : {"PKC", "PKT"})
    list.emplace_back("DynamoDBContributorInsights-" + std::string(kind) + "-" + name + "-" + std::to_string(since));
  return list;
}

// ENABLING, ENABLED, DISABLING, DISABLED.
std::string_view status_of(const json::object& insight) {
  return insight.at("status").as_string();
}
bool is_on(const json::object& insight) {
  return status_of(insight).starts_with("ENABL");
}

void check_state(const Table& table, const json::object* insight, bool enable) {
  constexpr std::string_view kBadState = "Table or Index is not in a valid state to update Key Access Insights: ";
  if (table.status != TableStatus::active) {
    throw_validation(std::string(kBadState) + "TableStatus must be ACTIVE to " + (enable ? "enable" : "disable") +
                     " ContributorInsights.");
  }
  if (insight == nullptr || !status_of(*insight).ends_with("ING")) return;
  throw_validation(std::string(kBadState) + "ContributorInsightsStatus must not be ENABLING or DISABLING.");
}

Answer update(Session& session, const Wanted& wanted, bool enable, const std::string& mode) {
  Table& table = find(session, wanted);
  json::value& member = table.settings.more[kInsights];
  if (!member.is_object()) member = json::object{};
  json::object& insights = member.as_object();
  const json::value* present = insights.if_contains(wanted.index);
  check_state(table, present == nullptr ? nullptr : &present->as_object(), enable);
  insights[wanted.index] = json::object{
      {"status", enable ? "ENABLING" : "DISABLING"}, {"since", epoch_seconds(session.now())}, {"mode", mode}};
  after(session, session.universe().models.lifecycle_update,
        [name = table.schema.name, id = table.settings.id, index = wanted.index, enable](Universe& universe, Instant) {
          if (Table* owner = same_table(universe, name, id))
            owner->settings.more[kInsights].as_object()[index].as_object()["status"] = enable ? "ENABLED" : "DISABLED";
        });
  note_change(session);
  json::object reply = named(wanted);
  reply["ContributorInsightsStatus"] = enable ? "ENABLING" : "DISABLING";
  if (enable) reply["ContributorInsightsMode"] = mode;
  return document(std::move(reply));
}

Prepared prepare_update(const json::object& body) {
  const Wanted wanted = read_wanted(body);
  const bool enable = read_string(body, "ContributorInsightsAction") == "ENABLE";
  const std::string mode = read_string(body, "ContributorInsightsMode").value_or(std::string(kDefaultMode));
  return on_table(wanted.table, Access::write,
                  [wanted, enable, mode](Session& session) { return update(session, wanted, enable, mode); });
}

Answer describe(Session& session, const Wanted& wanted) {
  const json::object* insights = insights_of(find(session, wanted));
  const json::value* insight = insights == nullptr ? nullptr : insights->if_contains(wanted.index);
  json::object reply = named(wanted);
  if (insight == nullptr) {
    reply["ContributorInsightsStatus"] = "DISABLED";
    return document(std::move(reply));
  }
  const bool on = is_on(insight->as_object());
  if (on) reply["ContributorInsightsRuleList"] = rules(wanted, insight->as_object());
  reply["ContributorInsightsStatus"] = status_of(insight->as_object());
  reply["LastUpdateDateTime"] = insight->at("since");
  if (on) reply["ContributorInsightsMode"] = insight->at("mode");
  return document(std::move(reply));
}

Prepared prepare_describe(const json::object& body) {
  const Wanted wanted = read_wanted(body);
  return on_table(wanted.table, Access::read, [wanted](Session& session) { return describe(session, wanted); });
}

json::array summaries(const Universe& universe, const std::string& only) {
  json::array list;
  for (const auto& [name, table] : universe.tables) {
    if (!only.empty() && name != only) continue;
    const json::object* insights = insights_of(*table);
    if (insights == nullptr) continue;
    for (const auto& insight : *insights) {
      json::object one = named({name, std::string(insight.key())});
      const json::object& state = insight.value().as_object();
      one["ContributorInsightsStatus"] = status_of(state);
      if (is_on(state)) one["ContributorInsightsMode"] = insight.value().at("mode");
      list.push_back(std::move(one));
    }
  }
  return list;
}

Prepared prepare_list(const json::object& body) {
  const std::string only = table_name_of(body);
  const auto page = static_cast<std::size_t>(std::max<std::int64_t>(read_integer(body, "MaxResults").value_or(100), 1));
  const std::size_t start = read_page_token(body);
  return on_account([only, page, start](Session& session) {
    if (!only.empty()) static_cast<void>(session.control_table(only));
    return page_of(summaries(session.universe(), only), "ContributorInsightsSummaries", start, page);
  });
}

}  // namespace

constinit const Operation update_contributor_insights{.name = "UpdateContributorInsights",
                                                      .groups = static_cast<unsigned>(Group::control),
                                                      .fields = kUpdateFields,
                                                      .reply = kUpdateReply,
                                                      .prepare = prepare_update,
                                                      .simplified = "settings only: nothing is measured"};
constinit const Operation describe_contributor_insights{.name = "DescribeContributorInsights",
                                                        .groups = static_cast<unsigned>(Group::control),
                                                        .fields = kDescribeFields,
                                                        .reply = kDescribeReply,
                                                        .prepare = prepare_describe};
constinit const Operation list_contributor_insights{.name = "ListContributorInsights",
                                                    .groups = static_cast<unsigned>(Group::control),
                                                    .fields = kListFields,
                                                    .reply = kListReply,
                                                    .prepare = prepare_list};

}  // namespace fickle
