// Accept-Encoding as the service reads it. Source: ScyllaDB's test_compressed_response.py, run against the service.
#include "emulator/service/content_encoding.hh"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "emulator/core/gzip.hh"

namespace fickle {
namespace {

constexpr auto kNone = ContentEncoding::identity;
constexpr auto kGzip = ContentEncoding::gzip;
constexpr auto kDeflate = ContentEncoding::deflate;

TEST_CASE("The first of the codings with the largest weight is taken") {
  CHECK(negotiate_encoding("") == kNone);
  CHECK(negotiate_encoding("identity") == kNone);
  CHECK(negotiate_encoding("br, zstd, compress, x-gzip") == kNone);
  CHECK(negotiate_encoding("gzip, deflate") == kGzip);
  CHECK(negotiate_encoding("br, identity, deflate, GZIP") == kDeflate);
  CHECK(negotiate_encoding("dog, gzip ,, cat") == kGzip);
  CHECK(negotiate_encoding("gzip;q=0.5,identity;q=0.8") == kGzip);  // identity counts for nothing
  CHECK(negotiate_encoding("deflate;q=0.5, gzip;q=0.2") == kDeflate);
  CHECK(negotiate_encoding("br,identity;q=0.5,gzip;q=0.0001") == kGzip);
}

TEST_CASE("A star stands for the codings that are not named") {
  CHECK(negotiate_encoding("*") == kGzip);
  CHECK(negotiate_encoding("*, deflate") == kDeflate);
  CHECK(negotiate_encoding("*, deflate;q=0.5") == kGzip);
  CHECK(negotiate_encoding("*, gzip;q=0.5") == kDeflate);
  CHECK(negotiate_encoding("*;q=0.5,identity") == kGzip);
  CHECK(negotiate_encoding("*;q=0") == kNone);
  CHECK(negotiate_encoding("br;q=0.8,*;q=0") == kNone);
}

TEST_CASE("Odd weights are read as the service reads them") {
  CHECK(negotiate_encoding("gzip ;q=0") == kNone);
  CHECK(negotiate_encoding("gzip;q=31,deflate;q=51") == kGzip);
  CHECK(negotiate_encoding("deflate;q=0.5, gzip;q=1;q=0.2") == kGzip);
  CHECK(negotiate_encoding("deflate;q=0.5,gzip;q=0.") == kDeflate);
  CHECK(negotiate_encoding("deflate;q=0.5,gzip;q=0.x") == kGzip);
  CHECK(negotiate_encoding("deflate;q=-0.5,gzip;q=0.2") == kGzip);
  CHECK(negotiate_encoding("gzip;q= 0;q=1") == kNone);
  CHECK(negotiate_encoding("gzip;q =0;q=1") == kGzip);
  CHECK(negotiate_encoding("gzip;nq=0;q=1") == kNone);
  CHECK(negotiate_encoding("gzip;q=0, gzip;q=1, gzip;q=0") == kGzip);
  CHECK(negotiate_encoding("\"gzip\"") == kNone);
  CHECK(negotiate_encoding("gzip br") == kNone);
  CHECK(negotiate_encoding("gzip:q=1") == kNone);
}

TEST_CASE("Answers of more than 4 KB are compressed") {
  HttpReply reply;
  reply.body = std::string(kCompressedFrom, 'a');
  CHECK(!compress_answer(reply, "gzip"));
  CHECK(reply.headers.empty());

  const std::string text(kCompressedFrom + 1, 'a');
  reply.body = text;
  CHECK(!compress_answer(reply, "br"));
  CHECK(reply.body == text);
  CHECK(compress_answer(reply, "gzip") == text);
  CHECK(gunzip(reply.body, text.size()).value() == text);
  CHECK(reply.headers.find("Content-Encoding") == "gzip");

  reply.body = text;
  CHECK(compress_answer(reply, "deflate") == text);
  CHECK(inflate_deflate(reply.body, text.size()).value() == text);
  CHECK(reply.headers[1].value == "deflate");
}

}  // namespace
}  // namespace fickle
