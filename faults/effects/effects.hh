// The kinds of effects, each defined in the file of its name. Constant data.
#pragma once

#include "faults/effect.hh"

namespace fickle {

extern const EffectKind error_effect;
extern const EffectKind throttle_effect;
extern const EffectKind conditional_check_failure_effect;
extern const EffectKind contend_effect;
extern const EffectKind transaction_conflict_effect;
extern const EffectKind transaction_cancel_effect;
extern const EffectKind transaction_in_progress_effect;
extern const EffectKind partial_batch_effect;
extern const EffectKind stale_read_effect;
extern const EffectKind short_page_effect;
extern const EffectKind latency_effect;
extern const EffectKind hold_effect;
extern const EffectKind connection_effect;
extern const EffectKind http_effect;
extern const EffectKind clock_skew_effect;
extern const EffectKind expire_iterator_effect;
extern const EffectKind trim_stream_effect;

}  // namespace fickle
