// The transport alone: our Server with a handler that answers every request with the same small GetItem answer, to be compared
// with fickle_constant_server. Usage: fickle_constant_handler PORT
#include <cstdlib>
#include <iostream>

#include "emulator/http/server.hh"

namespace {

class ConstantHandler final : public fickle::RequestHandler {
 public:
  [[nodiscard]] fickle::HttpReply handle(fickle::HttpRequest) override {
    fickle::HttpReply reply;
    reply.headers = {{"x-amzn-RequestId", "VV4KQNSO5AEMVJF66Q9ASUAAJGVV4KQNSO5AEMVJF66Q9ASUAAJG"},
                     {"x-amz-crc32", "2745614147"},
                     {"Content-Type", "application/x-amz-json-1.0"}};
    reply.body =
        R"({"Item":{"pk":{"S":"user#42"},"sk":{"S":"profile"},"name":{"S":"Ada Lovelace"},"visits":{"N":"1815"}}})";
    return reply;
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: fickle_constant_handler PORT\n";
    return 2;
  }
  ConstantHandler handler;
  fickle::Server server({.hosts = {"127.0.0.1"}, .port = static_cast<std::uint16_t>(std::atoi(argv[1]))}, handler);
  if (const auto bound = server.bind(); !bound) {
    std::cerr << bound.error() << "\n";
    return 1;
  }
  server.serve();
  return 0;
}
