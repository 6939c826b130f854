// ExecuteTransaction - up to 100 statements on one item each, all reads or all writes, all or nothing. Source: API_ExecuteTransaction;
// behaviour reference 9.5, 8.4, 8.5; errors: tests/cases/ExecuteTransaction.
#include <boost/json.hpp>

#include "emulator/api/common_fields.hh"
#include "emulator/api/error.hh"
#include "emulator/api/partiql_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/engine/tokens.hh"
#include "emulator/engine/transact.hh"
#include "emulator/engine/transact_read.hh"
#include "emulator/expr/eval.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/partiql_request.hh"
#include "emulator/partiql/key_terms.hh"
#include "emulator/partiql/lower.hh"
#include "emulator/partiql/source_table.hh"

namespace fickle {

namespace {

constexpr Bytes kPayloadMax{4ULL * 1024 * 1024};

constexpr Field kFields[] = {
    fields::transact_statements,
    fields::client_request_token,
    fields::return_consumed_capacity,
};

constexpr Field kResponseMembers[] = {fields::found_item};
constexpr Field kResponse{.shape = Shape::structure, .members = kResponseMembers};
constexpr Field kReply[] = {
    {.name = "Responses", .shape = Shape::list, .element = &kResponse},
    fields::transact_write_capacities,
};

struct Transaction {
  std::vector<StatementRequest> members;
  bool reads = true;
  std::string token;  // within its own name space, or empty
  std::string fingerprint;
  ConsumedMode consumed = ConsumedMode::none;
};

const partiql::Select& select_of(const StatementRequest& request) {
  return std::get<partiql::Select>(request.statement);
}

Answer answer_reads(const std::shared_ptr<const Transaction>& transaction, Session& session) {
  std::vector<Item> keys;
  std::vector<std::vector<expr::Path>> paths;
  for (const StatementRequest& member : transaction->members) {
    const partiql::Select& select = select_of(member);
    const Table& table = partiql::source_table(session, member.statement);
    const auto key = partiql::key_of(select.where, table.schema.key);
    if (!key) {
      throw_validation("Select statements within ExecuteTransaction must specify the primary key in the where clause.");
    }
    keys.push_back(*key);
    paths.push_back(expr::paths_of(*select.where));
    if (select.paths) paths.back().insert(paths.back().end(), select.paths->begin(), select.paths->end());
  }
  std::vector<TransactRead> reads;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const partiql::Source& from = select_of(transaction->members[i]).from;
    reads.push_back({.table_as_given = from.table_as_given, .table = from.table, .key = &keys[i], .paths = paths[i]});
  }
  return [transaction, result = read_transaction(session, reads)](JsonText& out) {
    out.begin_object().key("Responses").begin_array();
    for (std::size_t i = 0; i < result.items.size(); ++i) {
      const partiql::Select& select = select_of(transaction->members[i]);
      const ItemPtr& item = result.items[i];
      out.begin_object();
      if (item && expr::evaluate(*select.where, *item)) out.member("Item", partiql::row_of(select, *item));
      out.end_object();
    }
    out.end_array();
    print_consumed_list(out, transaction->consumed, result.consumptions, CapacityKind::read);
    out.end_object();
  };
}

TransactMember write_of(const StatementRequest& request, const Table& table) {
  TransactMember member;
  member.mutation = partiql::lower_write(request.statement, table);
  member.mutation.return_old_on_failure = request.return_old_on_failure;
  member.table_as_given = source_of(request.statement).table_as_given;
  if (std::holds_alternative<partiql::Insert>(request.statement)) {
    member.failure_code = "DuplicateItem";
    member.failure_message = partiql::kDuplicateItem;
  }
  return member;
}

Answer answer_writes(const std::shared_ptr<const Transaction>& transaction, Session& session) {
  auto writes = std::make_shared<TransactWrites>();
  for (const StatementRequest& member : transaction->members)
    writes->members.push_back(write_of(member, partiql::source_table(session, member.statement)));
  writes->token = transaction->token;
  writes->fingerprint = transaction->fingerprint;
  return run_transaction(session, writes, [transaction](TransactResult result) -> Answer {
    return [transaction, result = std::make_shared<const TransactResult>(std::move(result))](JsonText& out) {
      out.begin_object().key("Responses").begin_array().end_array();
      print_consumed_list(out, transaction->consumed, result->consumptions,
                          result->replayed ? CapacityKind::read : CapacityKind::write);
      out.end_object();
    };
  });
}

// All reads or all writes, EXISTS being one of the writes.
void check_mixing(Transaction& transaction) {
  transaction.reads = is_read(transaction.members.front().statement);
  for (const StatementRequest& member : transaction.members) {
    if (is_read(member.statement) == transaction.reads) continue;
    throw_validation("ExecuteTransaction API does not support both read and write operations in the same request.");
  }
}

void check_members(const Transaction& transaction) {
  for (std::size_t i = 0; i < transaction.members.size(); ++i) {
    const partiql::Statement& statement = transaction.members[i].statement;
    const std::string failed = "Validation failed in TransactStatements[" + std::to_string(i) + "]: ";
    if (returning_of(statement) != partiql::Returning::none)
      throw_validation(failed + "RETURNING clause is not supported in ExecuteTransaction.");
    if (!source_of(statement).index.empty())
      throw_validation(failed + "Reads on indices are not supported within transactions.");
  }
}

void check_payload(const Transaction& transaction) {
  Bytes payload;
  for (const StatementRequest& member : transaction.members) payload += member.payload;
  if (payload <= kPayloadMax) return;
  throw_validation(
      "Transaction payload size cannot exceed 4MB. Payload Size: : Transaction payload size cannot exceed 4MB. "
      "Payload Size: " +
      std::to_string(payload.count));
}

// All but ReturnConsumedCapacity: a replay may ask for another report.
std::string fingerprint_of_request(const boost::json::object& body) {
  boost::json::object content = body;
  content.erase("ReturnConsumedCapacity");
  content.erase("ClientRequestToken");
  return fingerprint_of(content);
}

Prepared prepare(const boost::json::object& body) {
  auto transaction = std::make_shared<Transaction>();
  for (const auto& element : *read_array(body, "TransactStatements"))
    transaction->members.push_back(read_statement(element.as_object(), partiql::Surface::transaction));
  check_mixing(*transaction);
  check_members(*transaction);
  check_payload(*transaction);
  transaction->consumed = consumed_mode(read_string(body, "ReturnConsumedCapacity"));

  Prepared prepared;
  prepared.groups = static_cast<unsigned>(transaction->reads ? Group::read : Group::write);
  if (const auto token = read_string(body, "ClientRequestToken")) {
    prepared.token = *token;
    transaction->token = "ExecuteTransaction:" + *token;
    transaction->fingerprint = fingerprint_of_request(body);
  }
  for (const StatementRequest& member : transaction->members) prepared.touches.push_back(touch_of(member, transaction));
  prepared.settle = [transaction](std::vector<Touch>& touches, const KeyNames& key_names) {
    for (std::size_t i = 0; i < touches.size(); ++i) settle(transaction->members[i], touches[i], key_names);
  };
  prepared.execute = [transaction = std::shared_ptr<const Transaction>(transaction)](Session& session) {
    return transaction->reads ? answer_reads(transaction, session) : answer_writes(transaction, session);
  };
  return prepared;
}

}  // namespace

constinit const Operation execute_transaction{
    .name = "ExecuteTransaction",
    .groups = Group::partiql | Group::transaction,
    .fields = kFields,
    .reply = kReply,
    .prepare = prepare,
    .simplified = "Details of malformed statements are ours where none is known."};

}  // namespace fickle
