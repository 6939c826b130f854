// A whole emulator in the test's own process, without sockets: pipeline, control API and every extension, one universe per instance, its
// clock frozen at 2026-01-01T00:00:00Z and seed 1 unless told otherwise.
#pragma once

#include <atomic>
#include <boost/json.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/admin/control_api.hh"
#include "emulator/core/clock.hh"
#include "emulator/extensions.hh"
#include "emulator/service/models_access.hh"
#include "emulator/service/operations_port.hh"
#include "emulator/service/pipeline.hh"

namespace fickle::test {

// Every reply that any test sees is checked against its operation's declared fields; what tests produced is noted for the coverage list.
class Emulator {
 public:
  explicit Emulator(Options options = {});
  ~Emulator();

  // A signed POST of one operation, by its plain name ("PutItem", "GetRecords"). Given headers take the place of those of the same name
  // that would have been sent; an empty one leaves it out.
  [[nodiscard]] HttpReply call(std::string_view operation, std::string_view body, const HeaderList& headers = {});
  // The body of a call that must answer 200, parsed.
  boost::json::object ok(std::string_view operation, std::string_view body);
  // The code and text of a call that must be refused: "ValidationException: text".
  [[nodiscard]] std::string refused(std::string_view operation, std::string_view body);
  // Any request as it is.
  [[nodiscard]] HttpReply raw(HttpRequest request);
  // A control call; the body may be empty.
  [[nodiscard]] HttpReply control(std::string_view method, std::string_view path, std::string_view body = "");
  boost::json::object control_ok(std::string_view method, std::string_view path, std::string_view body = "");

  [[nodiscard]] Universes& universes() { return universes_; }

 private:
  Options options_;
  SystemClock system_;
  Universes universes_;
  OperationsPort operations_;
  ModelsAccess models_;
  Router router_;
  Sections sections_;
  Events events_;
  Metrics metrics_;
  std::atomic<bool> ready_{true};
  std::unique_ptr<Composition> composition_;
  std::unique_ptr<ControlApi> control_;
  std::unique_ptr<Pipeline> pipeline_;
};

}  // namespace fickle::test
