// The table of error codes. Prefix, status and the member that carries the text: behaviour reference 1.4 and the service models of
// DynamoDB and DynamoDB Streams (a member spelt `Message` there is spelt so on the wire). The texts are what a refusal says when its
// cause has nothing more exact to say, for example when a fault rule names only the code.
#include <array>

#include "emulator/api/error.hh"

namespace fickle {
namespace {

using enum ErrorCode::Message;
constexpr std::string_view kService = "com.amazon.coral.service";            // the framework: credentials, conversion
constexpr std::string_view kValidate = "com.amazon.coral.validate";          // the framework: constraints
constexpr std::string_view kAvailability = "com.amazon.coral.availability";  // the framework: throttling
constexpr std::string_view kDynamo = "com.amazonaws.dynamodb.v20120810";     // modelled errors

constexpr std::array kCodes = {
    ErrorCode{"AccessDeniedException", kService, 400, capital,
              "User is not authorized to perform this operation on the resource"},
    ErrorCode{"BackupInUseException", kDynamo, 400, lower, "Backup is being created or deleted"},
    ErrorCode{"BackupNotFoundException", kDynamo, 400, lower, "Backup not found"},
    ErrorCode{"ConditionalCheckFailedException", kDynamo, 400, lower, "The conditional request failed"},
    ErrorCode{"ContinuousBackupsUnavailableException", kDynamo, 400, lower,
              "Backups are being enabled for the table. Please retry later"},
    ErrorCode{"DuplicateItemException", kDynamo, 400, lower, "Duplicate primary key exists in table"},
    ErrorCode{"ExpiredIteratorException", kDynamo, 400, lower,
              "Iterator expired. The iterator was created more than 15 minutes ago."},
    ErrorCode{"ExpiredTokenException", kService, 400, lower, "The security token included in the request is expired"},
    ErrorCode{"ExportConflictException", kDynamo, 400, lower,
              "An export with the same client token is already in progress"},
    ErrorCode{"ExportNotFoundException", kDynamo, 400, lower, "Export not found"},
    ErrorCode{"GlobalTableAlreadyExistsException", kDynamo, 400, lower, "Global table already exists"},
    ErrorCode{"GlobalTableNotFoundException", kDynamo, 400, lower, "Global table not found"},
    ErrorCode{"IdempotentParameterMismatchException", kDynamo, 400, capital,
              "The provided token is already in use with a different request"},
    ErrorCode{"ImportConflictException", kDynamo, 400, lower,
              "An import with the same client token is already in progress"},
    ErrorCode{"ImportNotFoundException", kDynamo, 400, lower, "Import not found"},
    ErrorCode{"IncompleteSignatureException", kService, 400, lower,
              "The request signature does not conform to AWS standards."},
    ErrorCode{"IndexNotFoundException", kDynamo, 400, lower, "Index not found"},
    ErrorCode{"InternalFailure", kService, 500, lower,
              "The request processing has failed because of an unknown error, exception or failure."},
    ErrorCode{"InternalServerError", kDynamo, 500, lower, "Internal server error"},
    ErrorCode{"InvalidEndpointException", kDynamo, 421, capital, "The endpoint of this request is no longer valid"},
    ErrorCode{"InvalidExportTimeException", kDynamo, 400, lower,
              "The export time is outside of the point in time recovery window"},
    ErrorCode{"InvalidRestoreTimeException", kDynamo, 400, lower,
              "The restore time is outside of the point in time recovery window"},
    ErrorCode{"InvalidSignatureException", kService, 400, lower,
              "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
              "Access Key and signing method. Consult the service documentation for details."},
    ErrorCode{"ItemCollectionSizeLimitExceededException", kDynamo, 400, lower, "Collection size exceeded."},
    ErrorCode{"LimitExceededException", kDynamo, 400, lower, "Too many operations for a given subscriber."},
    ErrorCode{"MissingAuthenticationTokenException", kService, 400, lower, "Request is missing Authentication Token"},
    ErrorCode{"PointInTimeRecoveryUnavailableException", kDynamo, 400, lower,
              "Point in time recovery is not enabled for table"},
    ErrorCode{"PolicyNotFoundException", kDynamo, 400, lower,
              "Resource-based policy not found for the provided ResourceArn"},
    ErrorCode{"ProvisionedThroughputExceededException", kDynamo, 400, lower,
              "The level of configured provisioned throughput for the table was exceeded. Consider increasing your "
              "provisioning level with the UpdateTable API."},
    ErrorCode{"ReplicaAlreadyExistsException", kDynamo, 400, lower, "Replica already exists"},
    ErrorCode{"ReplicaNotFoundException", kDynamo, 400, lower, "Replica not found"},
    ErrorCode{"ReplicatedWriteConflictException", kDynamo, 400, lower,
              "One or more items in this request are being modified by a request in another Region."},
    ErrorCode{"RequestLimitExceeded", kDynamo, 400, lower,
              "Throughput exceeds the current throughput limit for your account. Please contact AWS Support at "
              "https://aws.amazon.com/support to request a limit increase"},
    ErrorCode{"ResourceInUseException", kDynamo, 400, lower,
              "The resource which you are attempting to change is in use."},
    ErrorCode{"ResourceNotFoundException", kDynamo, 400, lower, "Requested resource not found"},
    ErrorCode{"SerializationException", kService, 400, capital},
    ErrorCode{"ServiceUnavailable", kService, 503, lower,
              "The request has failed due to a temporary failure of the server."},
    ErrorCode{"TableAlreadyExistsException", kDynamo, 400, lower, "Table already exists"},
    ErrorCode{"TableInUseException", kDynamo, 400, lower, "Table is in use"},
    ErrorCode{"TableNotFoundException", kDynamo, 400, lower, "Table not found"},
    ErrorCode{"Throttling", kAvailability, 400, lower, "Rate exceeded"},
    ErrorCode{"ThrottlingException", kAvailability, 400, lower, "Rate of requests exceeds the allowed throughput."},
    ErrorCode{"TransactionCanceledException", kDynamo, 400, capital,
              "Transaction cancelled, please refer cancellation reasons for specific reasons"},
    ErrorCode{"TransactionConflictException", kDynamo, 400, lower, "Transaction is ongoing for the item"},
    ErrorCode{"TransactionInProgressException", kDynamo, 400, capital,
              "The transaction with the given request token is already in progress."},
    ErrorCode{"TrimmedDataAccessException", kDynamo, 400, lower,
              "The requested sequence number is beyond the trim point of the stream"},
    ErrorCode{"UnknownOperationException", kService, 400, none},
    ErrorCode{"UnrecognizedClientException", kService, 400, lower,
              "The security token included in the request is invalid."},
    ErrorCode{"ValidationException", kValidate, 400, lower, "One or more parameter values were invalid"},
};

}  // namespace

std::span<const ErrorCode> error_codes() {
  return kCodes;
}

}  // namespace fickle
