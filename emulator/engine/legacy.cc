#include "emulator/engine/legacy.hh"

#include "emulator/api/error.hh"
#include "emulator/api/legacy_params.hh"
#include "emulator/engine/expressions.hh"

namespace fickle {

namespace {

std::vector<expr::LegacyCondition> converted(std::vector<legacy::Condition> entries) {
  std::vector<expr::LegacyCondition> out;
  out.reserve(entries.size());
  for (auto& entry : entries) {
    out.push_back({.attribute = std::move(entry.attribute),
                   .comparison = entry.comparison ? expr::legacy_operator(*entry.comparison) : std::nullopt,
                   .values = std::move(entry.values),
                   .value = std::move(entry.value),
                   .exists = entry.exists});
  }
  return out;
}

expr::Conjunction conjunction_of(const boost::json::object& body, std::size_t entries) {
  return legacy::read_conjunction(body, entries) == legacy::Conjunction::any ? expr::Conjunction::any
                                                                             : expr::Conjunction::all;
}

template <class T>
T checked(Result<T, expr::LegacyError> result) {
  if (!result) throw_validation(words(result.error()));
  return std::move(result).value();
}

}  // namespace

std::optional<expr::Condition> lowered_expected(const boost::json::object& body, Envelope envelope) {
  auto entries = converted(legacy::read_conditions(body, "Expected", envelope));
  const expr::Conjunction conjunction = conjunction_of(body, entries.size());
  if (entries.empty()) return std::nullopt;
  return checked(expr::lower_expected(entries, conjunction));
}

std::optional<expr::Condition> lowered_filter(const boost::json::object& body, std::string_view member) {
  auto entries = converted(legacy::read_conditions(body, member, Envelope::bare));
  const expr::Conjunction conjunction = conjunction_of(body, entries.size());
  if (entries.empty()) return std::nullopt;
  return checked(expr::lower_filter(entries, conjunction));
}

std::optional<expr::Update> lowered_attribute_updates(const boost::json::object& body, Envelope envelope) {
  auto entries = legacy::read_attribute_updates(body, envelope);
  if (!entries) return std::nullopt;
  std::vector<expr::AttributeUpdate> updates;
  for (auto& entry : *entries) {
    using From = legacy::AttributeUpdate::Action;
    using To = expr::AttributeUpdate::Action;
    const To action = entry.action == From::put ? To::put : entry.action == From::add ? To::add : To::remove;
    updates.push_back({std::move(entry.attribute), action, std::move(entry.value)});
  }
  return checked(expr::lower_attribute_updates(updates));
}

std::vector<expr::LegacyCondition> read_key_conditions(const boost::json::object& body) {
  auto entries = converted(legacy::read_conditions(body, "KeyConditions", Envelope::bare));
  if (const auto error = expr::check_conditions(entries)) throw_validation(words(*error));
  return entries;
}

}  // namespace fickle
