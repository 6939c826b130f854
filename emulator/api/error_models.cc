// Which error codes the API model of each operation lists.
#include "emulator/api/error_models.hh"

#include <algorithm>
#include <array>

namespace fickle {
namespace {

// Source: the models of DynamoDB and DynamoDB Streams as the AWS SDK for JavaScript documents them (62 + 4 operations, autumn 2026).
constexpr OperationErrors kOperations[] = {
    {"BatchExecuteStatement", "InternalServerError RequestLimitExceeded ThrottlingException"},
    {"BatchGetItem",
     "InternalServerError InvalidEndpointException ProvisionedThroughputExceededException RequestLimitExceeded "
     "ResourceNotFoundException ThrottlingException"},
    {"BatchWriteItem",
     "InternalServerError InvalidEndpointException ItemCollectionSizeLimitExceededException "
     "ProvisionedThroughputExceededException ReplicatedWriteConflictException RequestLimitExceeded "
     "ResourceNotFoundException ThrottlingException"},
    {"CancelBulkOperation", "InvalidEndpointException ResourceNotFoundException"},
    {"CreateBackup",
     "BackupInUseException ContinuousBackupsUnavailableException InternalServerError InvalidEndpointException "
     "LimitExceededException TableInUseException TableNotFoundException"},
    {"CreateGlobalTable",
     "GlobalTableAlreadyExistsException InternalServerError InvalidEndpointException LimitExceededException "
     "TableNotFoundException"},
    {"CreateTable", "InternalServerError InvalidEndpointException LimitExceededException ResourceInUseException"},
    {"DeleteBackup",
     "BackupInUseException BackupNotFoundException InternalServerError InvalidEndpointException "
     "LimitExceededException"},
    {"DeleteItem",
     "ConditionalCheckFailedException InternalServerError InvalidEndpointException "
     "ItemCollectionSizeLimitExceededException ProvisionedThroughputExceededException ReplicatedWriteConflictException "
     "RequestLimitExceeded ResourceNotFoundException ThrottlingException TransactionConflictException"},
    {"DeleteResourcePolicy",
     "InternalServerError InvalidEndpointException LimitExceededException PolicyNotFoundException "
     "ResourceInUseException ResourceNotFoundException"},
    {"DeleteTable",
     "InternalServerError InvalidEndpointException LimitExceededException ResourceInUseException "
     "ResourceNotFoundException"},
    {"DescribeBackup", "BackupNotFoundException InternalServerError InvalidEndpointException"},
    {"DescribeBulkOperation", "InvalidEndpointException ResourceNotFoundException"},
    {"DescribeContinuousBackups", "InternalServerError InvalidEndpointException TableNotFoundException"},
    {"DescribeContributorInsights", "InternalServerError ResourceNotFoundException"},
    {"DescribeEndpoints", ""},
    {"DescribeExport", "ExportNotFoundException InternalServerError LimitExceededException"},
    {"DescribeGlobalTable", "GlobalTableNotFoundException InternalServerError InvalidEndpointException"},
    {"DescribeGlobalTableSettings", "GlobalTableNotFoundException InternalServerError InvalidEndpointException"},
    {"DescribeImport", "ImportNotFoundException"},
    {"DescribeKinesisStreamingDestination", "InternalServerError InvalidEndpointException ResourceNotFoundException"},
    {"DescribeLimits", "InternalServerError InvalidEndpointException"},
    {"DescribeStream", "InternalServerError ResourceNotFoundException"},
    {"DescribeTable", "InternalServerError InvalidEndpointException ResourceNotFoundException"},
    {"DescribeTableReplicaAutoScaling", "InternalServerError ResourceNotFoundException"},
    {"DescribeTimeToLive", "InternalServerError InvalidEndpointException ResourceNotFoundException"},
    {"DisableKinesisStreamingDestination",
     "InternalServerError InvalidEndpointException LimitExceededException ResourceInUseException "
     "ResourceNotFoundException"},
    {"EnableKinesisStreamingDestination",
     "InternalServerError InvalidEndpointException LimitExceededException ResourceInUseException "
     "ResourceNotFoundException"},
    {"ExecuteStatement",
     "ConditionalCheckFailedException DuplicateItemException InternalServerError "
     "ItemCollectionSizeLimitExceededException ProvisionedThroughputExceededException RequestLimitExceeded "
     "ResourceNotFoundException ThrottlingException TransactionConflictException"},
    {"ExecuteTransaction",
     "IdempotentParameterMismatchException InternalServerError ProvisionedThroughputExceededException "
     "RequestLimitExceeded ResourceNotFoundException ThrottlingException TransactionCanceledException "
     "TransactionInProgressException"},
    {"ExportTableToPointInTime",
     "ExportConflictException InternalServerError InvalidExportTimeException LimitExceededException "
     "PointInTimeRecoveryUnavailableException TableNotFoundException"},
    {"GetItem",
     "InternalServerError InvalidEndpointException ProvisionedThroughputExceededException RequestLimitExceeded "
     "ResourceNotFoundException ThrottlingException"},
    {"GetRecords",
     "ExpiredIteratorException InternalServerError LimitExceededException ResourceNotFoundException "
     "TrimmedDataAccessException"},
    {"GetResourcePolicy",
     "InternalServerError InvalidEndpointException PolicyNotFoundException ResourceNotFoundException"},
    {"GetShardIterator", "InternalServerError ResourceNotFoundException TrimmedDataAccessException"},
    {"ImportTable", "ImportConflictException LimitExceededException ResourceInUseException"},
    {"ListBackups", "InternalServerError InvalidEndpointException"},
    {"ListBulkOperations", "InvalidEndpointException"},
    {"ListContributorInsights", "InternalServerError ResourceNotFoundException"},
    {"ListExports", "InternalServerError LimitExceededException"},
    {"ListGlobalTables", "InternalServerError InvalidEndpointException"},
    {"ListImports", "LimitExceededException"},
    {"ListStreams", "InternalServerError ResourceNotFoundException"},
    {"ListTables", "InternalServerError InvalidEndpointException"},
    {"ListTagsOfResource", "InternalServerError InvalidEndpointException ResourceNotFoundException"},
    {"PutItem",
     "ConditionalCheckFailedException InternalServerError InvalidEndpointException "
     "ItemCollectionSizeLimitExceededException ProvisionedThroughputExceededException ReplicatedWriteConflictException "
     "RequestLimitExceeded ResourceNotFoundException ThrottlingException TransactionConflictException"},
    {"PutResourcePolicy",
     "InternalServerError InvalidEndpointException LimitExceededException PolicyNotFoundException "
     "ResourceInUseException ResourceNotFoundException"},
    {"Query",
     "InternalServerError InvalidEndpointException ProvisionedThroughputExceededException RequestLimitExceeded "
     "ResourceNotFoundException ThrottlingException"},
    {"RestoreTableFromBackup",
     "BackupInUseException BackupNotFoundException InternalServerError InvalidEndpointException LimitExceededException "
     "TableAlreadyExistsException TableInUseException"},
    {"RestoreTableToPointInTime",
     "InternalServerError InvalidEndpointException InvalidRestoreTimeException LimitExceededException "
     "PointInTimeRecoveryUnavailableException TableAlreadyExistsException TableInUseException TableNotFoundException"},
    {"Scan",
     "InternalServerError InvalidEndpointException ProvisionedThroughputExceededException RequestLimitExceeded "
     "ResourceNotFoundException ThrottlingException"},
    {"SearchVectors", "InternalServerError RequestLimitExceeded ResourceNotFoundException ThrottlingException"},
    {"StartBulkPutItems",
     "IdempotentParameterMismatchException InvalidEndpointException LimitExceededException ResourceInUseException "
     "ResourceNotFoundException"},
    {"TagResource",
     "InternalServerError InvalidEndpointException LimitExceededException ResourceInUseException "
     "ResourceNotFoundException"},
    {"TransactGetItems",
     "InternalServerError InvalidEndpointException ProvisionedThroughputExceededException RequestLimitExceeded "
     "ResourceNotFoundException ThrottlingException TransactionCanceledException"},
    {"TransactWriteItems",
     "IdempotentParameterMismatchException InternalServerError InvalidEndpointException "
     "ProvisionedThroughputExceededException RequestLimitExceeded ResourceNotFoundException ThrottlingException "
     "TransactionCanceledException TransactionInProgressException"},
    {"UntagResource",
     "InternalServerError InvalidEndpointException LimitExceededException ResourceInUseException "
     "ResourceNotFoundException"},
    {"UpdateContinuousBackups",
     "ContinuousBackupsUnavailableException InternalServerError InvalidEndpointException TableNotFoundException"},
    {"UpdateContributorInsights", "InternalServerError ResourceNotFoundException"},
    {"UpdateGlobalTable",
     "GlobalTableNotFoundException InternalServerError InvalidEndpointException ReplicaAlreadyExistsException "
     "ReplicaNotFoundException TableNotFoundException"},
    {"UpdateGlobalTableSettings",
     "GlobalTableNotFoundException IndexNotFoundException InternalServerError InvalidEndpointException "
     "LimitExceededException ReplicaNotFoundException ResourceInUseException"},
    {"UpdateItem",
     "ConditionalCheckFailedException InternalServerError InvalidEndpointException "
     "ItemCollectionSizeLimitExceededException ProvisionedThroughputExceededException ReplicatedWriteConflictException "
     "RequestLimitExceeded ResourceNotFoundException ThrottlingException TransactionConflictException"},
    {"UpdateKinesisStreamingDestination",
     "InternalServerError InvalidEndpointException LimitExceededException ResourceInUseException "
     "ResourceNotFoundException"},
    {"UpdateTable",
     "InternalServerError InvalidEndpointException LimitExceededException ResourceInUseException "
     "ResourceNotFoundException"},
    {"UpdateTableReplicaAutoScaling",
     "InternalServerError LimitExceededException ResourceInUseException ResourceNotFoundException"},
    {"UpdateTimeToLive",
     "InternalServerError InvalidEndpointException LimitExceededException ResourceInUseException "
     "ResourceNotFoundException"},
};

// The framework in front of every operation can fail in these ways whatever the model of the operation lists.
constexpr std::array<std::string_view, 15> kUniversal = {
    "AccessDeniedException",
    "ExpiredTokenException",
    "IncompleteSignatureException",
    "InternalFailure",
    "InternalServerError",
    "InvalidSignatureException",
    "MissingAuthenticationTokenException",
    "RequestLimitExceeded",
    "SerializationException",
    "ServiceUnavailable",
    "Throttling",
    "ThrottlingException",
    "UnknownOperationException",
    "UnrecognizedClientException",
    "ValidationException",
};

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

}  // namespace

std::span<const OperationErrors> operation_errors() {
  return kOperations;
}

bool model_lists(std::string_view operation, std::string_view code) {
  const auto found =
      std::lower_bound(std::begin(kOperations), std::end(kOperations), operation,
                       [](const OperationErrors& row, std::string_view wanted) { return row.operation < wanted; });
  return found != std::end(kOperations) && found->operation == operation && has_word(found->codes, code);
}

bool may_hit_any_operation(std::string_view code) {
  return std::find(kUniversal.begin(), kUniversal.end(), code) != kUniversal.end();
}

bool can_fail_with(std::string_view operation, std::string_view code) {
  return may_hit_any_operation(code) || model_lists(operation, code);
}

}  // namespace fickle
