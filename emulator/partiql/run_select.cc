#include "emulator/partiql/run_select.hh"

#include "emulator/api/error.hh"
#include "emulator/engine/page_rules.hh"
#include "emulator/engine/table_rules.hh"
#include "emulator/expr/eval.hh"
#include "emulator/partiql/key_terms.hh"
#include "emulator/partiql/next_token.hh"
#include "emulator/partiql/plan.hh"
#include "emulator/partiql/source_table.hh"

namespace fickle::partiql {

namespace {

constexpr std::int64_t kPageHalfUnits = 256;  // 1 MB read eventually

Index* index_of(Table& table, const std::string& name, Consistency consistency) {
  if (name.empty()) return nullptr;
  const Index* index = table.find_index(name);
  if (index == nullptr || index->status == IndexStatus::deleting)
    throw_validation("The table does not have the specified index");
  if (index->schema.kind == IndexSchema::Kind::global && consistency == Consistency::strong)
    throw_validation("Strongly consistent read is not supported on Global Secondary Indexes");
  return index_to_read(table, name, consistency);
}

// What the statement wants that entries of the index may not have. A local index fetches it.
EntryParts check_projections(const Select& select, const Table& table, const Index* index, const ReadPlan& plan) {
  const auto wanted = select.paths.value_or(std::vector<expr::Path>{});
  const auto filtered = select.where ? expr::paths_of(*select.where) : std::vector<expr::Path>{};
  check_nested_key_access(table, wanted);
  check_nested_key_access(table, filtered);
  if (index == nullptr) return EntryParts::projected;
  const bool local = index->schema.kind == IndexSchema::Kind::local;
  if (!local) check_projected(wanted, table, *index);
  if (plan.is_keyed()) check_filter_projected(filtered, table, *index);
  if (!all_projected(wanted, table, *index)) return EntryParts::whole;
  return EntryParts::projected;
}

// The span in which the reading goes on; a token of other keys is none of ours.
std::size_t span_of(const ReadPlan& plan, const Item& start_key, const Table& table, const Index* index) {
  try {
    check_start_key(start_key, table, index, StartOf::scan);
  } catch (const ApiError&) {
    throw_invalid_token();
  }
  const RowKey row = start_row_key(table, index, start_key);
  for (std::size_t i = 0; i < plan.spans.size(); ++i) {
    const Span& span = plan.spans[i];
    if (span.low <= row && (span.high.empty() || row < span.high)) return i;
  }
  throw_invalid_token();
}

}  // namespace

SelectResult run_select(Session& session, const Select& select, const SelectOptions& options) {
  Table& table = source_table(session, select.from, "PartiQLSelect");
  Index* index = index_of(table, select.from.index, options.consistency);
  const ReadPlan plan = plan_read(select, table, index);
  PageRequest request;
  request.table = &table;
  request.index = index;
  request.parts = check_projections(select, table, index, plan);
  request.direction = plan.direction;
  request.consistency = options.consistency;
  request.filter = select.where ? &*select.where : nullptr;
  std::size_t at = 0;
  if (options.start_key) at = span_of(plan, *options.start_key, table, index);
  session.let_rivals_act(table, equalities_of(select.where));

  SelectResult result;
  request.limit = options.limit;
  request.start_key = options.start_key ? &*options.start_key : nullptr;
  const std::int64_t full = kPageHalfUnits * (options.consistency == Consistency::strong ? 2 : 1);
  for (; at < plan.spans.size(); ++at) {
    const Span& span = plan.spans[at];
    request.low = span.low;
    request.high = span.high;
    request.partition = span.partition;
    Page page = read_page(session, request);
    result.items.insert(result.items.end(), std::make_move_iterator(page.items.begin()),
                        std::make_move_iterator(page.items.end()));
    result.consumption.add(page.consumption);
    result.last_key = std::move(page.last_evaluated_key);
    if (result.last_key) break;
    request.evaluated_before += page.scanned;
    if (request.limit) *request.limit -= page.scanned;
    request.start_key = nullptr;
    if (result.consumption.total().count >= full) request.limit = 1;  // the page is full: its end is the next row
  }
  result.consumption.table = select.from.table_as_given;
  return result;
}

}  // namespace fickle::partiql
