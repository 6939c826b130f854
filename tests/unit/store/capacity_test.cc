// Token buckets refill with virtual time.
#include "emulator/store/capacity.hh"

#include <catch2/catch_test_macros.hpp>

namespace fickle {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_CASE("A bucket starts full, is drawn from and refills continuously up to its burst") {
  TokenBucket bucket;
  Instant now{};
  CHECK(bucket.level(10, seconds(3), now) == 30);
  bucket.take(30);
  CHECK(bucket.level(10, seconds(3), now) == 0);
  now += milliseconds(500);
  CHECK(bucket.level(10, seconds(3), now) == 5);
  now += hours(1);
  CHECK(bucket.level(10, seconds(3), now) == 30);
}

TEST_CASE("A bucket holds a second's worth at least and may go into debt") {
  TokenBucket bucket;
  Instant now{};
  CHECK(bucket.level(10, seconds(0), now) == 10);
  bucket.take(25);
  CHECK(bucket.level(10, seconds(0), now + seconds(1)) == -5);
}

TEST_CASE("A clock set back neither fills nor empties a bucket; a lower rate caps it") {
  TokenBucket bucket;
  const Instant now{hours(10)};
  CHECK(bucket.level(10, seconds(2), now) == 20);
  bucket.take(15);
  CHECK(bucket.level(10, seconds(2), now - hours(1)) == 5);
  CHECK(bucket.level(10, seconds(2), now - hours(1) + seconds(1)) == 15);
  CHECK(bucket.level(2, seconds(2), now - hours(1) + seconds(1)) == 4);
}

}  // namespace
}  // namespace fickle
