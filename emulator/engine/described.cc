#include "emulator/engine/described.hh"

namespace fickle {

namespace {

constexpr std::string_view kMember = "describe";

}  // namespace

const boost::json::object* described_of(const Table& table) {
  const boost::json::value* described = table.settings.more.if_contains(kMember);
  return described == nullptr ? nullptr : described->if_object();
}

const boost::json::value* find_described(const Table& table, std::string_view member) {
  const boost::json::object* described = described_of(table);
  return described == nullptr ? nullptr : described->if_contains(member);
}

boost::json::object& described_more(Table& table) {
  boost::json::value& described = table.settings.more[kMember];
  if (!described.is_object()) described = boost::json::object{};
  return described.as_object();
}

}  // namespace fickle
