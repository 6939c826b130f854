// BatchExecuteStatement - up to 25 statements on one item each, all reads or all writes, each with an answer or an error of its own.
// Source: API_BatchExecuteStatement; behaviour reference 9.4; errors: tests/cases/BatchExecuteStatement.
#include <array>
#include <boost/json.hpp>
#include <set>

#include "emulator/api/common_fields.hh"
#include "emulator/api/error.hh"
#include "emulator/api/partiql_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/engine/capacity_gate.hh"
#include "emulator/engine/table_rules.hh"
#include "emulator/expr/eval.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/partiql_request.hh"
#include "emulator/partiql/lower.hh"
#include "emulator/partiql/source_table.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

constexpr Field kFields[] = {fields::batch_statements, fields::return_consumed_capacity};

// The model has an Item too; the service answers none.
constexpr std::string_view kErrorCodes =
    "[ConditionalCheckFailed, ItemCollectionSizeLimitExceeded, RequestLimitExceeded, ValidationError, "
    "ProvisionedThroughputExceeded, TransactionConflict, ThrottlingError, InternalServerError, ResourceNotFound, "
    "AccessDenied, DuplicateItem]";
constexpr Field kErrorMembers[] = {{.name = "Code", .enum_set = kErrorCodes}, {.name = "Message"}};
constexpr Field kResponseMembers[] = {
    {.name = "Error", .shape = Shape::structure, .members = kErrorMembers},
    {.name = "TableName"},
    fields::found_item,
};
constexpr Field kResponse{.shape = Shape::structure, .members = kResponseMembers};
constexpr Field kReply[] = {
    {.name = "Responses", .shape = Shape::list, .element = &kResponse},
    fields::written_capacities,
};

// How a member's error is called, for the exception that a request of its own would answer with.
struct MemberCode {
  std::string_view exception, code;
};
constexpr std::array<MemberCode, 8> kCodes = {{
    {"ValidationException", "ValidationError"},
    {"ConditionalCheckFailedException", "ConditionalCheckFailed"},
    {"DuplicateItemException", "DuplicateItem"},
    {"ResourceNotFoundException", "ResourceNotFound"},
    {"ProvisionedThroughputExceededException", "ProvisionedThroughputExceeded"},
    {"ThrottlingException", "ThrottlingError"},
    {"TransactionConflictException", "TransactionConflict"},
    {"AccessDeniedException", "AccessDenied"},
}};
std::string_view member_code(std::string_view exception) {
  for (const MemberCode& known : kCodes) {
    if (known.exception == exception) return known.code;
  }
  return exception;  // RequestLimitExceeded, InternalServerError
}

struct MemberError {
  std::string code, message;
};
MemberError error_of(const ApiError& error) {
  return {std::string(member_code(error.code().name)), error.message()};
}

struct Member {
  std::optional<StatementRequest> request;  // absent: it does not parse
  MemberError refused;
};

struct Batch {
  std::vector<Member> members;
  bool reads = true;
  ConsumedMode consumed = ConsumedMode::none;
};

struct Response {
  std::string table;  // or empty
  std::optional<MemberError> error;
  std::optional<Item> row;
};

// A member whose table and key are known.
struct Resolved {
  Table* table = nullptr;  // null: it failed
  RowKey key;
  std::optional<ResolvedWrite> write;
};

void fail(Response& response, MemberError error) {
  if (error.code == "ValidationError") response.table.clear();
  response.error = std::move(error);
}

Resolved resolve_member(const StatementRequest& request, Session& session) {
  Resolved resolved;
  Table& table = partiql::source_table(session, request.statement);
  if (const auto* select = std::get_if<partiql::Select>(&request.statement)) {
    resolved.key = partiql::key_of_read(*select, table, "BatchExecuteStatement");
    if (select->paths) check_nested_key_access(table, *select->paths);
    if (select->where) check_nested_key_access(table, expr::paths_of(*select->where));
  } else {
    resolved.write = resolve_write(request, table);
    resolved.key = resolved.write->key;
  }
  resolved.table = &table;
  return resolved;
}

void check_duplicates(const std::vector<Resolved>& members) {
  std::set<std::pair<const Table*, RowKey>> seen;
  for (const Resolved& member : members) {
    if (member.table != nullptr && !seen.emplace(member.table, member.key).second)
      throw_validation("Provided list of item keys contains duplicates");
  }
}

Consumption read_member(Session& session, const StatementRequest& request, const Resolved& member, Response& response) {
  const auto& select = std::get<partiql::Select>(request.statement);
  const ItemPtr item = session.read_row(*member.table, member.key, request.consistency);
  Consumption cost;
  cost.table = select.from.table_as_given;
  cost.own = read_units(item ? size_of(*item) : Bytes{}, request.consistency);
  admit_read(session, *member.table, member.key, cost.own);
  if (item && expr::evaluate(*select.where, *item)) response.row = partiql::row_of(select, *item);
  return cost;
}

Consumption write_member(Session& session, const StatementRequest& request, const Resolved& member,
                         std::size_t position, Response& response) {
  SingleWrite done = run_write(session, request, *member.write, position);
  if (const ItemPtr returned = partiql::returned_item(request.statement, done.outcome)) response.row = *returned;
  return std::move(done.consumption);
}

void print(JsonText& out, const Batch& batch, const std::vector<Response>& responses,
           const std::vector<Consumption>& consumptions) {
  out.begin_object().key("Responses").begin_array();
  for (const Response& response : responses) {
    out.begin_object();
    if (response.error) {
      out.key("Error").begin_object();
      out.member("Code", response.error->code).member("Message", response.error->message);
      out.end_object();
    }
    if (!response.table.empty()) out.member("TableName", response.table);
    if (response.row) out.member("Item", *response.row);
    out.end_object();
  }
  out.end_array();
  print_consumed_list(out, batch.consumed, consumptions);
  out.end_object();
}

// Tables and keys of all members, before any of them runs.
std::vector<Resolved> resolve_all(const Batch& batch, Session& session, std::vector<Response>& responses) {
  std::vector<Resolved> members(batch.members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Member& member = batch.members[i];
    if (!member.request) {
      fail(responses[i], member.refused);
      continue;
    }
    responses[i].table = source_of(member.request->statement).table;
    try {
      members[i] = resolve_member(*member.request, session);
    } catch (const ApiError& error) {
      fail(responses[i], error_of(error));
    }
  }
  check_duplicates(members);
  return members;
}

Answer run(const std::shared_ptr<const Batch>& batch, Session& session) {
  std::vector<Response> responses(batch->members.size());
  const auto members = resolve_all(*batch, session, responses);
  std::vector<RivalTarget> targets;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const bool known = members[i].table != nullptr;
    targets.push_back({members[i].table, known ? &batch->members[i].request->equalities : nullptr});
  }
  session.let_rivals_act(targets);

  std::vector<Consumption> consumptions;
  std::size_t failures = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i].table == nullptr) {
      ++failures;
      continue;
    }
    const StatementRequest& request = *batch->members[i].request;
    try {
      add_consumption(consumptions, batch->reads ? read_member(session, request, members[i], responses[i])
                                                 : write_member(session, request, members[i], i, responses[i]));
    } catch (const ApiError& error) {
      ++failures;
      fail(responses[i], error_of(error));
    }
  }
  auto& applied = session.effects().applied;
  if (failures > 0 && applied == Effects::Applied::yes) applied = Effects::Applied::partial;
  return [batch, responses = std::move(responses), consumptions = std::move(consumptions)](JsonText& out) {
    print(out, *batch, responses, consumptions);
  };
}

Member read_member_statement(const boost::json::object& element) {
  Member member;
  try {
    member.request = read_statement(element);
  } catch (const ApiError& error) {
    member.refused = error_of(error);
  }
  return member;
}

void check_mixing(Batch& batch) {
  bool reads = false;
  bool writes = false;
  for (const Member& member : batch.members) {
    if (!member.request) continue;
    (is_read(member.request->statement) ? reads : writes) = true;
  }
  if (reads && writes) throw_validation("Read and write requests together in the same batch is not supported.");
  batch.reads = !writes;
}

Prepared prepare(const boost::json::object& body) {
  auto batch = std::make_shared<Batch>();
  for (const auto& element : *read_array(body, "Statements"))
    batch->members.push_back(read_member_statement(element.as_object()));
  check_mixing(*batch);
  batch->consumed = consumed_mode(read_string(body, "ReturnConsumedCapacity"));

  Prepared prepared;
  prepared.groups = static_cast<unsigned>(batch->reads ? Group::read : Group::write);
  if (batch->reads) prepared.consistent_read = true;
  for (const Member& member : batch->members) {
    // One touch per statement, whatever it says: positions are those of the document.
    prepared.touches.push_back(member.request ? touch_of(*member.request, batch) : Touch{});
    const bool eventual = member.request && member.request->consistency == Consistency::eventual;
    if (batch->reads && eventual) prepared.consistent_read = false;
  }
  prepared.settle = [batch](std::vector<Touch>& touches, const KeyNames& key_names) {
    for (std::size_t i = 0; i < touches.size(); ++i) {
      if (batch->members[i].request) settle(*batch->members[i].request, touches[i], key_names);
    }
  };
  prepared.execute = [batch = std::shared_ptr<const Batch>(batch)](Session& session) { return run(batch, session); };
  return prepared;
}

}  // namespace

constinit const Operation batch_execute_statement{
    .name = "BatchExecuteStatement",
    .groups = Group::partiql | Group::batch,
    .fields = kFields,
    .reply = kReply,
    .prepare = prepare,
    .simplified = "Details of malformed statements are ours where none is known."};

}  // namespace fickle
