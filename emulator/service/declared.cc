#include "emulator/service/declared.hh"

#include <boost/json.hpp>

#include "emulator/api/reply_check.hh"

namespace fickle {

std::optional<std::string> undeclared(const Operation& operation, const std::string& body) {
  boost::json::error_code error;
  const boost::json::value parsed = boost::json::parse(body, error);
  if (error || !parsed.is_object()) return "not a JSON object";
  return reply_offence(parsed.as_object(), operation.reply);
}

}  // namespace fickle
