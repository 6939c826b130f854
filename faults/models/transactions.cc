// transactions: how long a transaction holds its items, in real time, so that concurrent writers really conflict.
#include "faults/models/simulation.hh"

namespace fickle {
namespace {

void parse(const Node& node, Models& models) {
  Document document(node, "transactions");
  models.transaction_hold = take_distribution(document, "hold");
  document.finish();
}

std::optional<json::value> print_section(const Models& models) {
  if (!models.transaction_hold) return std::nullopt;
  return json::object{{"hold", print(*models.transaction_hold)}};
}

}  // namespace

constinit const ModelSection transactions_section{"transactions", parse, print_section};

}  // namespace fickle
