// What the tests of faults on reads, batches and transactions share: a table of visits and calls that read well.
#pragma once

#include <string>
#include <vector>

#include "tests/support/emulator.hh"

namespace fickle::test {

// Visits: partition `v`, sort `n`; a global index by `k`. `create_widgets`: a table with the partition key `id` alone.
void create_visits(Emulator& emulator, int count, std::string_view visitor = "ada");
void create_widgets(Emulator& emulator, std::string_view more = R"("BillingMode":"PAY_PER_REQUEST")");
void put_widget(Emulator& emulator, std::string_view id, int version = 1);
[[nodiscard]] bool has_widget(Emulator& emulator, std::string_view id);

// The numbers `n` of all pages of a Query or Scan, in order; `more` is further members. Fails after 200 pages.
struct Walked {
  std::vector<int> numbers;
  int pages = 0;
};
[[nodiscard]] Walked walk(Emulator& emulator, std::string_view operation, const std::string& members);

void set_fault(Emulator& emulator, std::string_view rule);
void clear_faults(Emulator& emulator);
void simulate(Emulator& emulator, std::string_view models);
// The newest journal entry of an operation.
[[nodiscard]] boost::json::object last_entry(Emulator& emulator, std::string_view operation);

}  // namespace fickle::test
