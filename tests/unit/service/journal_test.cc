#include "emulator/service/journal.hh"

#include <catch2/catch_test_macros.hpp>

#include "emulator/service/journal_keys.hh"

using namespace fickle;

namespace {

std::unique_ptr<JournalEntry> entry(int status, std::string body = "body") {
  auto made = std::make_unique<JournalEntry>();
  made->status = status;
  made->request_body = std::move(body);
  return made;
}

std::string listing(const Journal& journal, std::optional<std::size_t> limit = {}) {
  std::string text;
  for (const JournalEntry& one : journal.select([](const JournalEntry&) { return true; }, limit)) {
    text += std::to_string(one.id) + (one.request_body.empty() ? " " : "+ ");
  }
  return text;
}

}  // namespace

TEST_CASE("A journal keeps the newest entries and counts what it dropped") {
  Journal journal(3, true);
  for (int i = 0; i < 5; ++i) CHECK(journal.add(entry(200)) == static_cast<std::uint64_t>(i) + 1);
  CHECK(listing(journal) == "3+ 4+ 5+ ");
  CHECK(listing(journal, 2) == "4+ 5+ ");
  CHECK(journal.dropped() == 2);
  journal.clear();
  CHECK(listing(journal).empty());
  CHECK(journal.add(entry(200)) == 1);
}

TEST_CASE("Without bodies asked for, the last 20 failures keep theirs") {
  Journal journal(100, false);
  (void)journal.add(entry(200));
  for (int i = 0; i < 22; ++i) (void)journal.add(entry(400));
  CHECK(listing(journal, 22) == "2 3 4+ 5+ 6+ 7+ 8+ 9+ 10+ 11+ 12+ 13+ 14+ 15+ 16+ 17+ 18+ 19+ 20+ 21+ 22+ 23+ ");
  CHECK(listing(journal).starts_with("1 "));
}

TEST_CASE("A journal without room counts all the same") {
  Journal journal(0, true);
  CHECK(journal.add(entry(200)) == 1);
  CHECK(journal.add(entry(200)) == 2);
  CHECK(listing(journal).empty());
  CHECK(journal.dropped() == 2);
}

TEST_CASE("Credentials do not get into the journal, the access key id and all else do") {
  HeaderList headers{
      {"authorization", "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, Signature=0f"},
      {"Authorization", "Bearer secret"},
      {"X-Amz-Security-Token", "t"},
      {"cookie", "session=1"},
      {"proxy-authorization", "Basic 1"},
      {"X-Amz-Date", "20260101T000000Z"}};
  redact(headers);
  std::string text;
  for (const Header header : headers) text.append(header.name).append("=").append(header.value).append("\n");
  CHECK(text ==
        "authorization=AWS4-HMAC-SHA256 Credential=test/... (redacted)\nAuthorization= (redacted)\n"
        "X-Amz-Security-Token=(redacted)\ncookie=(redacted)\nproxy-authorization=(redacted)\n"
        "X-Amz-Date=20260101T000000Z\n");
}
