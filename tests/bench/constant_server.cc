// The yardstick: what a plain cpp-httplib server does when it answers every POST with the same small GetItem answer.
// Usage: fickle_constant_server PORT [tuned]
// As it comes, httplib closes a connection after 100 requests and leaves Nagle's algorithm on; `tuned` mends both.
#include <httplib.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

int main(int argc, char** argv) {
  const bool is_tuned = argc == 3 && std::string_view(argv[2]) == "tuned";
  if (argc != 2 && !is_tuned) {
    std::cerr << "usage: fickle_constant_server PORT [tuned]\n";
    return 2;
  }
  const std::string body =
      R"({"Item":{"pk":{"S":"user#42"},"sk":{"S":"profile"},"name":{"S":"Ada Lovelace"},"visits":{"N":"1815"}}})";
  httplib::Server server;
  if (is_tuned) {
    server.set_tcp_nodelay(true);
    server.set_keep_alive_max_count(1'000'000'000);
    server.new_task_queue = [] { return new httplib::ThreadPool(64); };
  }
  server.Post("/", [&body](const httplib::Request&, httplib::Response& response) {
    response.set_header("x-amzn-RequestId", "VV4KQNSO5AEMVJF66Q9ASUAAJGVV4KQNSO5AEMVJF66Q9ASUAAJG");
    response.set_header("x-amz-crc32", "2745614147");
    response.set_content(body, "application/x-amz-json-1.0");
  });
  if (!server.listen("127.0.0.1", std::atoi(argv[1]))) {
    std::cerr << "cannot listen on port " << argv[1] << "\n";
    return 1;
  }
  return 0;
}
