// Requests and replies of the operations on bulk operations. Source: the API model.
#pragma once

#include "emulator/api/common_fields.hh"

namespace fickle::bulk_fields {

inline constexpr std::int64_t kLeastUnits = 1024;

inline constexpr Field kInputMembers[] = {
    {.name = "S3BucketOwner", .pattern = "[0-9]{12}"},
    {.name = "S3Bucket", .required = true, .max_length = 255, .pattern = R"(^[a-z0-9A-Z]+[\.\-\w]*[a-z0-9A-Z]+$)"},
    {.name = "S3KeyPrefix", .max_length = 1024},
    {.name = "InputFormat", .required = true, .enum_set = "[DYNAMODB_JSON, ION]"},
    {.name = "InputCompressionType", .enum_set = "[GZIP, ZSTD, NONE]"},
};
inline constexpr Field kOutputType{.enum_set = "[CONDITION_CHECK_FAILURE, ERROR]"};
inline constexpr Field kOutputMembers[] = {
    {.name = "S3BucketOwner", .pattern = "[0-9]{12}"},
    {.name = "S3Bucket", .max_length = 255, .pattern = R"(^[a-z0-9A-Z]+[\.\-\w]*[a-z0-9A-Z]+$)"},
    {.name = "S3KeyPrefix", .max_length = 1024},
    {.name = "S3SseAlgorithm", .enum_set = "[AES256, KMS]"},
    {.name = "S3SseKmsKeyId", .min_length = 1, .max_length = 2048},
    {.name = "OutputType", .shape = Shape::list, .required = true, .element = &kOutputType},
};
inline constexpr Field kInput{.name = "InputS3Configuration",
                              .shape = Shape::structure,
                              .required = true,
                              .type_name = "com.amazonaws.dynamodb.v20120810.InputS3Configuration",
                              .members = kInputMembers};
inline constexpr Field kOutput{.name = "OutputS3Configuration",
                               .shape = Shape::structure,
                               .required = true,
                               .type_name = "com.amazonaws.dynamodb.v20120810.OutputS3Configuration",
                               .members = kOutputMembers};
inline constexpr Field kTier{.name = "PerformanceTier", .enum_set = "[STANDARD, ACCELERATED]"};
inline constexpr Field kUnits{.name = "MaxWriteRequestUnits", .shape = Shape::long_integer, .min_value = kLeastUnits};
inline constexpr Field kStartFields[] = {
    fields::control_table_name, {.name = "ClientToken", .pattern = R"(^[^\$]+$)"}, kInput, kOutput, kUnits, kTier,
};
inline constexpr std::string_view kStatuses =
    "[IN_PROGRESS, COMPLETED, COMPLETED_WITH_ERRORS, CANCELLING, CANCELLED, FAILED]";
inline constexpr Field kTableMembers[] = {{.name = "TableName"}, {.name = "TableId"}};
inline constexpr Field kTable{.shape = Shape::structure, .members = kTableMembers};
inline constexpr Field kBytesMembers[] = {{.name = "BulkPutBytes", .shape = Shape::double_number}};
inline constexpr Field kBytes{.shape = Shape::structure, .members = kBytesMembers};
inline constexpr Field kVectorBytesMembers[] = {{.name = "BulkPutVectorBytes", .shape = Shape::double_number}};
inline constexpr Field kVectorBytes{.shape = Shape::structure, .members = kVectorBytesMembers};
inline constexpr Field kUsageMembers[] = {
    {.name = "TableName"},
    {.name = "BulkPutBytes", .shape = Shape::double_number},
    {.name = "Table", .shape = Shape::structure, .members = kBytesMembers},
    {.name = "LocalSecondaryIndexes", .shape = Shape::map, .element = &kBytes},
    {.name = "GlobalSecondaryIndexes", .shape = Shape::map, .element = &kBytes},
    {.name = "VectorIndexes", .shape = Shape::map, .element = &kVectorBytes},
};
inline constexpr Field kUsage{.shape = Shape::structure, .members = kUsageMembers};
inline constexpr Field kDescriptionMembers[] = {
    {.name = "BulkOperationArn"},
    {.name = "BulkOperationStatus", .enum_set = kStatuses},
    {.name = "TableDetails", .shape = Shape::list, .element = &kTable},
    {.name = "ClientToken"},
    kInput,
    kOutput,
    {.name = "StartTime", .shape = Shape::timestamp},
    {.name = "EndTime", .shape = Shape::timestamp},
    {.name = "ProcessedItemCount", .shape = Shape::long_integer},
    {.name = "ProcessedInputBytes", .shape = Shape::long_integer},
    {.name = "TotalInputBytes", .shape = Shape::long_integer},
    {.name = "BulkOperationUsage", .shape = Shape::list, .element = &kUsage},
    {.name = "FailedItemCount", .shape = Shape::long_integer},
    {.name = "FailureCode"},
    {.name = "FailureMessage"},
    kUnits,
    kTier,
};
inline constexpr Field kReply[] = {
    {.name = "BulkOperationDescription", .shape = Shape::structure, .required = true, .members = kDescriptionMembers}};
inline constexpr Field kArn{.name = "BulkOperationArn", .required = true, .min_length = 37, .max_length = 1024};
inline constexpr Field kArnFields[] = {kArn};
inline constexpr Field kCancelReply[] = {kArn,
                                         {.name = "BulkOperationStatus", .required = true, .enum_set = kStatuses}};
inline constexpr Field kListFields[] = {
    {.name = "MaxResults", .shape = Shape::integer, .min_value = 1, .max_value = 100}, {.name = "NextToken"}};
inline constexpr Field kSummaryMembers[] = {
    kArn,
    {.name = "BulkOperationStatus", .required = true, .enum_set = kStatuses},
    {.name = "StartTime", .shape = Shape::timestamp, .required = true},
    {.name = "EndTime", .shape = Shape::timestamp},
};
inline constexpr Field kSummary{.shape = Shape::structure, .members = kSummaryMembers};
inline constexpr Field kListReply[] = {
    {.name = "BulkOperationsSummaryList", .shape = Shape::list, .element = &kSummary}, fields::next_token};

}  // namespace fickle::bulk_fields
