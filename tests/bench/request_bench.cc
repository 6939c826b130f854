// What a request costs without sockets: from the bytes of its head to the bytes of its answer's head, faults and journal included, in
// processor time and allocations. Not part of the tests:
//   cmake --build --preset release --target fickle_request_bench && build/release/tests/fickle_request_bench [NAME [COUNT]]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <new>
#include <string>
#include <vector>

#include "emulator/admin/control_api.hh"
#include "emulator/core/clock.hh"
#include "emulator/extensions.hh"
#include "emulator/http/reply_head.hh"
#include "emulator/http/request_head.hh"
#include "emulator/service/models_access.hh"
#include "emulator/service/operations_port.hh"
#include "emulator/service/pipeline.hh"

namespace {
std::size_t allocations = 0;  // of this single-threaded program
}

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;  // NOLINT: this is how operator new is replaced
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);  // NOLINT
}
void operator delete(void* memory, std::size_t /*size*/) noexcept {
  std::free(memory);  // NOLINT
}

namespace fickle {
namespace {

// What main.cc puts together, without a server.
class House {
 public:
  House() {
    control_.add_routes();
    for (const Extension& extension : extensions()) extension.attach(composition_);
    universes_.set_gate(*composition_.gate);
    pipeline_ = std::make_unique<Pipeline>(options_, universes_, *composition_.gate, events_, metrics_);
    control_.mount(*pipeline_, composition_.foreign_routes);
  }

  // As http/connection does it.
  [[nodiscard]] std::size_t answer(const std::string& head_text, const std::string& body) {
    auto head = parse_request_head(head_text);
    if (!head) std::abort();
    head.value().request.body = body;
    const HttpReply reply = pipeline_->handle(std::move(head.value().request));
    if (reply.status != 200) {
      std::fprintf(stderr, "%s\n", reply.body.c_str());
      std::exit(1);
    }
    return format_reply_head(reply, date_.text({}), BodyFraming::content_length, reply.body.size(),
                             Persistence::keep_alive)
               .size() +
           reply.body.size();
  }

 private:
  const Options options_ = [] {
    Options options;
    options.log = "quiet";
    return options;
  }();
  const SystemClock system_;
  Universes universes_{system_, {}};
  const OperationsPort operations_;
  ModelsAccess models_{universes_};
  Router router_;
  Sections sections_;
  Events events_;
  Metrics metrics_;
  std::atomic<bool> ready_{true};
  Composition composition_{.options = options_,
                           .universes = universes_,
                           .operations = operations_,
                           .models = models_,
                           .router = router_,
                           .sections = sections_,
                           .gate = std::make_unique<OpenGate>(),
                           .at_start = {},
                           .foreign_routes = {},
                           .loaded = {}};
  ControlApi control_{options_, universes_, events_, metrics_,           operations_,
                      router_,  sections_,  ready_,  composition_.loaded};
  std::unique_ptr<Pipeline> pipeline_;
  HttpDate date_{system_};
};

// The headers that the JavaScript SDK sends.
std::string head_of(const std::string& operation, std::size_t length) {
  return "POST / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Date: "
         "20260101T000000Z\r\nAuthorization: AWS4-HMAC-SHA256 "
         "Credential=test/20260101/us-east-1/dynamodb/aws4_request, "
         "SignedHeaders=host;x-amz-date, Signature=" +
         std::string(64, '0') +
         "\r\namz-sdk-invocation-id: 11111111-2222-3333-4444-555555555555\r\namz-sdk-request: attempt=1; max=4\r\n"
         "User-Agent: aws-sdk-js/3.1164.0 ua/2.1 os/linux lang/js md/nodejs#22\r\nX-Amz-Target: DynamoDB_20120810." +
         operation + "\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
}

std::string item(int n, int page) {
  const std::string number = std::to_string(n);
  return R"({"pk":{"S":"user#)" + std::to_string(n % 100) + R"("},"sk":{"S":"action#)" + number +
         R"("},"name":{"S":"Ada Lovelace"},"visits":{"N":")" + number +
         R"("},"tags":{"SS":["a","b"]},"page":{"S":"/products/)" + std::to_string(page) + R"("}})";
}

struct Request {
  std::string name, operation;
  std::vector<std::string> bodies;  // in turn
};

std::string put(const std::string& table, int n, int page) {
  return R"({"TableName":")" + table + R"(","Item":)" + item(n, page) + "}";
}

std::vector<Request> requests() {
  return {
      {"GetItem", "GetItem", {R"({"TableName":"bench","Key":{"pk":{"S":"user#42"},"sk":{"S":"action#42"}}})"}},
      {"PutItem", "PutItem", {put("bench", 42, 42)}},
      {"PutIndexed", "PutItem", {put("indexed", 42, 1), put("indexed", 42, 2)}},
      {"Query",
       "Query",
       {R"({"TableName":"bench","KeyConditionExpression":"pk = :p","ExpressionAttributeValues":{":p":{"S":"user#42"}},"Limit":10})"}},
      {"QueryIndex",
       "Query",
       {R"({"TableName":"indexed","IndexName":"by-page","KeyConditionExpression":"page = :p","ExpressionAttributeValues":{":p":{"S":"/products/7"}},"Limit":10})"}}};
}

void measure(House& house, const Request& request, int count) {
  std::vector<std::string> heads;
  for (const std::string& body : request.bodies) heads.push_back(head_of(request.operation, body.size()));
  const std::size_t allocations_before = allocations;
  const std::clock_t start = std::clock();
  std::size_t bytes = 0;
  for (int n = 0; n < count; ++n) {
    const std::size_t turn = static_cast<std::size_t>(n) % heads.size();
    bytes += house.answer(heads[turn], request.bodies[turn]);
  }
  const double microseconds = static_cast<double>(std::clock() - start) * 1e6 / CLOCKS_PER_SEC;
  std::printf("%-10s %6.2f us of processor time, %3zu allocations, %zu bytes\n", request.name.c_str(),
              microseconds / count, (allocations - allocations_before) / static_cast<std::size_t>(count),
              bytes / static_cast<std::size_t>(count));
}

void fill(House& house, const std::string& table, const std::string& more_attributes, const std::string& indexes,
          int pages) {
  const std::string create = R"({"TableName":")" + table + R"(","BillingMode":"PAY_PER_REQUEST",
          "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
          "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"})" +
                             more_attributes + "]" + indexes + "}";
  (void)house.answer(head_of("CreateTable", create.size()), create);
  for (int n = 0; n < 2000; ++n) {
    const std::string one = put(table, n, n % pages);
    (void)house.answer(head_of("PutItem", one.size()), one);
  }
}

}  // namespace
}  // namespace fickle

int main(int argc, char** argv) {
  const std::string wanted = argc > 1 ? argv[1] : "";
  const int count = argc > 2 ? std::atoi(argv[2]) : 100'000;
  fickle::House house;
  fickle::fill(house, "bench", "", "", 2000);
  fickle::fill(
      house, "indexed", R"(,{"AttributeName":"page","AttributeType":"S"})",
      R"(,"GlobalSecondaryIndexes":[{"IndexName":"by-page","KeySchema":[{"AttributeName":"page","KeyType":"HASH"}],
                  "Projection":{"ProjectionType":"ALL"}}])",
      100);
  for (const auto& request : fickle::requests()) {
    if (wanted.empty() || wanted == request.name) fickle::measure(house, request, count);
  }
  return 0;
}
