#include "emulator/http/chunked_decoder.hh"

#include <catch2/catch_test_macros.hpp>

using namespace fickle;
using State = ChunkedDecoder::State;

namespace {

struct Outcome {
  State state = State::more;
  std::size_t consumed = 0;
  std::string body;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome decode(std::string_view bytes, std::size_t step, std::size_t body_max = 100, std::size_t overhead_max = 20) {
  ChunkedDecoder decoder(body_max, overhead_max);
  Outcome outcome;
  while (outcome.consumed < bytes.size() && outcome.state == State::more) {
    const auto result = decoder.decode(bytes.substr(outcome.consumed, step));
    outcome.consumed += result.consumed;
    outcome.state = result.state;
  }
  outcome.body = decoder.take_body();
  return outcome;
}

State state_of(std::string_view bytes) {
  const Outcome whole = decode(bytes, bytes.size());
  CHECK(decode(bytes, 1) == whole);
  return whole.state;
}

}  // namespace

TEST_CASE("Chunks are put together, however they are cut up, and what follows is left alone") {
  const std::string bytes = "3\r\nabc\r\n0A;x=\"y\"\r\n0123456789\r\n00\r\nTrailer: t\r\nMore: t\r\n\r\nGET /";
  for (std::size_t step = 1; step <= bytes.size(); ++step) {
    const Outcome outcome = decode(bytes, step, 100, 64);
    CHECK(outcome == Outcome{State::done, bytes.size() - 5, "abc0123456789"});
  }
}

TEST_CASE("An empty chunked body") {
  CHECK(state_of("0\r\n\r\n") == State::done);
}

TEST_CASE("Chunked bodies that are malformed") {
  for (const std::string_view bytes :
       {"\r\n", "g\r\n", "-1\r\n", " 1\r\n", "1\n", "1\rx", "1\r\nab", "1\r\na\rx", "1\r\na\n", "0\r\n\rx",
        "0\r\nt: x\n", "0\r\nt: x\rx", "1;x\n", "0x1\r\n", ";x\r\n"}) {
    INFO(bytes);
    CHECK(state_of(bytes) == State::malformed);
  }
}

TEST_CASE("Chunked bodies that are not finished") {
  for (const std::string_view bytes :
       {"1", "1\r", "1\r\n", "1\r\na", "1\r\na\r\n", "0\r\n", "0\r\n\r", "0\r\nt: x\r\n"}) {
    INFO(bytes);
    CHECK(state_of(bytes) == State::more);
  }
}

TEST_CASE("The sum of the chunks is bounded before they arrive") {
  CHECK(state_of("64\r\n" + std::string(100, 'x') + "\r\n0\r\n\r\n") == State::done);
  CHECK(state_of("65") == State::too_large);
  CHECK(state_of("64\r\n" + std::string(100, 'x') + "\r\n1") == State::too_large);
  CHECK(state_of("ffffffffffffffffffffffffffffffff") == State::too_large);
}

TEST_CASE("Extensions, trailers and leading zeros are bounded together") {
  CHECK(state_of("1;" + std::string(30, 'x')) == State::malformed);
  CHECK(state_of(std::string(30, '0')) == State::malformed);
  CHECK(state_of("0\r\nt: " + std::string(30, 'x')) == State::malformed);
  std::string many;
  for (int i = 0; i < 10; ++i) many += "1;xx\r\na\r\n";
  CHECK(state_of(many) == State::malformed);
}
