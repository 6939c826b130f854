// AutoScalingSettingsUpdate, as the operations on replicas and on global tables take it. Source: the API model.
#pragma once

#include "emulator/api/field.hh"

namespace fickle::fields {

inline constexpr Field kScalingTrackingMembers[] = {
    {.name = "DisableScaleIn", .shape = Shape::boolean},
    {.name = "ScaleInCooldown", .shape = Shape::integer},
    {.name = "ScaleOutCooldown", .shape = Shape::integer},
    {.name = "TargetValue", .shape = Shape::double_number, .required = true},
};
inline constexpr Field kScalingPolicyMembers[] = {
    {.name = "PolicyName", .min_length = 1, .max_length = 256, .pattern = R"(\p{Print}+)"},
    {.name = "TargetTrackingScalingPolicyConfiguration",
     .shape = Shape::structure,
     .required = true,
     .members = kScalingTrackingMembers},
};
inline constexpr Field kScalingPolicy{.shape = Shape::structure, .members = kScalingPolicyMembers};
inline constexpr Field kScalingUpdateMembers[] = {
    {.name = "MinimumUnits", .shape = Shape::long_integer, .min_value = 1},
    {.name = "MaximumUnits", .shape = Shape::long_integer, .min_value = 1},
    {.name = "AutoScalingDisabled", .shape = Shape::boolean},
    {.name = "AutoScalingRoleArn",
     .min_length = 1,
     .max_length = 1600,
     .pattern = R"([\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*)"},
    {.name = "ScalingPolicyUpdate", .shape = Shape::structure, .members = kScalingPolicyMembers},
};

}  // namespace fickle::fields
