// The list of effects: one row per kind, in the order of the catalogue in faults/README.md.
#include "faults/effects/effects.hh"

namespace fickle {
namespace {

constinit const EffectKind* const kEffects[] = {
    &error_effect,
    &throttle_effect,
    &conditional_check_failure_effect,
    &contend_effect,
    &transaction_conflict_effect,
    &transaction_cancel_effect,
    &transaction_in_progress_effect,
    &partial_batch_effect,
    &stale_read_effect,
    &short_page_effect,
    &latency_effect,
    &hold_effect,
    &connection_effect,
    &http_effect,
    &clock_skew_effect,
    &expire_iterator_effect,
    &trim_stream_effect,
};

}  // namespace

std::span<const EffectKind* const> effect_kinds() {
  return kEffects;
}

const EffectKind* find_effect_kind(std::string_view name) {
  for (const EffectKind* kind : kEffects) {
    if (kind->name == name) return kind;
  }
  return nullptr;
}

void take_no_parameters(const Node& parameters, std::string_view effect) {
  if (parameters.value.is_bool() && parameters.value.get_bool()) return;
  Document document(parameters, effect);
  document.finish();
}

}  // namespace fickle
