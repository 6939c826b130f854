#include "emulator/partiql/plan.hh"

#include <algorithm>
#include <optional>

#include "emulator/api/error.hh"
#include "emulator/engine/page_rules.hh"
#include "emulator/partiql/key_terms.hh"

namespace fickle::partiql {

namespace {

using expr::KeyTerm;
using Conditions = std::vector<const expr::Condition*>;

constexpr int kDepthLimit = 32;             // of ANDs and ORs; what lies deeper is only a filter
constexpr std::size_t kHashValuesMax = 50;  // of IN

class Planner {
 public:
  Planner(const Table& table, const Index* index) : table_(table), index_(index), key_(read_key(table, index)) {}

  // The spans of all rows for which `condition` and all of `context` may hold; nullopt when some partition is left open.
  std::optional<std::vector<Span>> plan(const expr::Condition& condition, const Conditions& context, int depth) const {
    if (depth > kDepthLimit) return std::nullopt;
    if (const auto* any = std::get_if<expr::Or>(&condition.node)) return plan_alternatives(*any, context, depth);
    Conditions terms = terms_of(condition);
    terms.insert(terms.end(), context.begin(), context.end());
    if (auto spans = plan_terms(terms)) return spans;
    Conditions predicates;
    std::copy_if(terms.begin(), terms.end(), std::back_inserter(predicates),
                 [](const auto* term) { return !std::holds_alternative<expr::Or>(term->node); });
    for (const auto* term : terms_of(condition)) {
      if (!std::holds_alternative<expr::Or>(term->node)) continue;
      if (auto spans = plan(*term, predicates, depth + 1)) return spans;
    }
    return std::nullopt;
  }

 private:
  std::optional<std::vector<Span>> plan_alternatives(const expr::Or& any, const Conditions& context, int depth) const {
    std::vector<Span> all;
    for (const auto& alternative : any.terms) {
      auto spans = plan(*alternative, context, depth + 1);
      if (!spans) return std::nullopt;
      all.insert(all.end(), std::make_move_iterator(spans->begin()), std::make_move_iterator(spans->end()));
    }
    return all;
  }

  // The values that the terms allow for a partition key attribute; empty: any.
  static std::vector<Value> values_of(const std::string& attribute, const Conditions& terms) {
    for (const auto* term : terms) {
      const auto equality = equality_of(*term);
      if (equality && *equality->attribute == attribute) return {*equality->value};
    }
    for (const auto* term : terms) {
      const auto* in = std::get_if<expr::In>(&term->node);
      const auto* path = in == nullptr ? nullptr : std::get_if<expr::Path>(&in->operand.node);
      if (path == nullptr || !path->is_top_level() || path->root() != attribute) continue;
      std::vector<Value> values;
      for (const auto& candidate : in->candidates) {
        const auto* value = std::get_if<Value>(&candidate.node);
        if (value == nullptr) return {};
        values.push_back(*value);
      }
      if (values.size() > kHashValuesMax) {
        throw_validation("The IN operator is provided with too many operands; number of operands: " +
                         std::to_string(values.size()));
      }
      return values;
    }
    return {};
  }

  // One span for each combination of partition key values.
  std::optional<std::vector<Span>> plan_terms(const Conditions& terms) const {
    std::vector<std::vector<KeyTerm>> partitions(1);
    for (const KeyAttribute& attribute : key_.hash) {
      const auto values = values_of(attribute.name, terms);
      if (values.empty()) return std::nullopt;
      std::vector<std::vector<KeyTerm>> longer;
      for (const auto& partition : partitions) {
        for (const Value& value : values) {
          longer.push_back(partition);
          longer.back().push_back(
              {.op = KeyTerm::Operator::eq, .attribute = attribute.name, .operand = value, .upper = {}});
        }
      }
      partitions = std::move(longer);
    }
    std::vector<Span> spans;
    for (const auto& partition : partitions) spans.push_back(span_of(partition, terms));
    return spans;
  }

  [[nodiscard]] expr::KeyBounds bounds(const expr::KeyCondition& condition) const {
    return expr::bounds_of(check_key_condition(condition, table_, index_));
  }

  // Sort key attributes from left to right: equalities, then every condition on the first attribute without one.
  [[nodiscard]] Span span_of(const std::vector<KeyTerm>& partition, const Conditions& terms) const {
    expr::KeyCondition fixed{partition};
    Span span{{}, {}, bounds(fixed).low};
    std::vector<KeyTerm> narrowing;
    for (const KeyAttribute& attribute : key_.range) {
      std::vector<KeyTerm> on_it;
      for (const auto* term : terms) {
        auto range = range_term(*term);
        if (range && range->attribute == attribute.name) on_it.push_back(*std::move(range));
      }
      const auto equal = std::find_if(on_it.begin(), on_it.end(),
                                      [](const KeyTerm& term) { return term.op == KeyTerm::Operator::eq; });
      if (equal == on_it.end()) {
        narrowing = std::move(on_it);
        break;
      }
      fixed.terms.push_back(*equal);
    }
    narrow(span, bounds(fixed));
    for (const KeyTerm& term : narrowing) {
      expr::KeyCondition condition = fixed;
      condition.terms.push_back(term);
      narrow(span, bounds(condition));
    }
    if (!span.high.empty() && span.high < span.low) span.high = span.low;  // nothing fits
    return span;
  }

  static void narrow(Span& span, expr::KeyBounds bounds) {
    span.low = std::max(span.low, bounds.low);
    if (span.high.empty() || (!bounds.high.empty() && bounds.high < span.high)) span.high = std::move(bounds.high);
  }

  const Table& table_;
  const Index* index_;
  const KeySchema& key_;
};

// In the order of row keys, each row once.
void sort_and_merge(std::vector<Span>& spans) {
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.low < b.low; });
  std::vector<Span> merged;
  for (Span& span : spans) {
    const bool apart = merged.empty() || merged.back().partition != span.partition ||
                       (!merged.back().high.empty() && merged.back().high < span.low);
    if (apart) {
      merged.push_back(std::move(span));
    } else if (!merged.back().high.empty() && (span.high.empty() || merged.back().high < span.high)) {
      merged.back().high = std::move(span.high);
    }
  }
  spans = std::move(merged);
}

std::size_t count_partitions(const std::vector<Span>& spans) {
  std::vector<std::string_view> partitions;
  for (const Span& span : spans) partitions.emplace_back(span.partition);
  std::sort(partitions.begin(), partitions.end());
  return static_cast<std::size_t>(std::unique(partitions.begin(), partitions.end()) - partitions.begin());
}

bool names_hash(const std::vector<OrderTerm>& order, const KeySchema& key) {
  return std::any_of(order.begin(), order.end(), [&](const OrderTerm& term) {
    return std::any_of(key.hash.begin(), key.hash.end(), [&](const auto& a) { return a.name == term.attribute; });
  });
}

void check_order(const Select& select, const KeySchema& key) {
  if (!select.where) throw_validation("Must have WHERE clause in the statement when using ORDER BY clause.");
  for (const OrderTerm& term : select.order) {
    if (key.find(term.attribute) != nullptr) continue;
    throw_validation("Attribute " + term.attribute + " in ORDER BY clause must be part of the primary key");
  }
}

// Partitions by the values of their keys, rows by the sort key.
void order(ReadPlan& plan, const std::vector<OrderTerm>& terms, const KeySchema& key) {
  constexpr std::size_t kHashBytes = 8;  // in front of the values
  for (const OrderTerm& term : terms) {
    const bool of_hash =
        std::any_of(key.hash.begin(), key.hash.end(), [&](const auto& a) { return a.name == term.attribute; });
    if (!of_hash) {
      plan.direction = term.descending ? Direction::backward : Direction::forward;
      continue;
    }
    const auto value_bytes = [](const Span& span) { return std::string_view(span.partition).substr(kHashBytes); };
    std::stable_sort(plan.spans.begin(), plan.spans.end(), [&](const Span& a, const Span& b) {
      return term.descending ? value_bytes(b) < value_bytes(a) : value_bytes(a) < value_bytes(b);
    });
  }
  if (plan.direction == Direction::forward) return;
  // Several spans of one partition are read from its end as well.
  for (auto first = plan.spans.begin(); first != plan.spans.end();) {
    const auto last =
        std::find_if(first, plan.spans.end(), [&](const Span& span) { return span.partition != first->partition; });
    std::reverse(first, last);
    first = last;
  }
}

}  // namespace

ReadPlan plan_read(const Select& select, const Table& table, const Index* index) {
  const KeySchema& key = read_key(table, index);
  if (!select.order.empty()) check_order(select, key);
  std::optional<std::vector<Span>> spans;
  if (select.where) spans = Planner(table, index).plan(*select.where, {}, 0);
  if (!spans) {
    if (!select.order.empty()) {
      throw_validation(
          "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.");
    }
    return {.spans = {Span{}}, .direction = Direction::forward};
  }
  ReadPlan plan{.spans = *std::move(spans), .direction = Direction::forward};
  sort_and_merge(plan.spans);
  if (select.order.empty()) return plan;
  if (count_partitions(plan.spans) > 1 && !names_hash(select.order, key)) {
    throw_validation(
        "Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.");
  }
  order(plan, select.order, key);
  return plan;
}

}  // namespace fickle::partiql
