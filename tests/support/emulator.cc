#include "tests/support/emulator.hh"

#include <stdexcept>

#include "tests/support/coverage.hh"

namespace fickle::test {

namespace {

UniversesOptions universes_options(const Options& options) {
  return {.seed = options.seed,
          .universes_max = options.universes_max,
          .journal_entries = options.journal,
          .journal_bodies = options.journal_bodies,
          .idle_eviction = options.universe_idle,
          .account = options.account,
          .export_directory = options.export_directory};
}

bool is_streams(std::string_view operation) {
  const Operation* found = find_operation(operation);
  return found != nullptr && found->streams;
}

}  // namespace

Emulator::Emulator(Options options)
    : options_(std::move(options)), universes_(system_, universes_options(options_)), models_(universes_) {
  options_.log = "quiet";
  composition_ = std::make_unique<Composition>(Composition{.options = options_,
                                                           .universes = universes_,
                                                           .operations = operations_,
                                                           .models = models_,
                                                           .router = router_,
                                                           .sections = sections_,
                                                           .gate = std::make_unique<OpenGate>(),
                                                           .at_start = {},
                                                           .foreign_routes = {},
                                                           .loaded = {}});
  control_ = std::make_unique<ControlApi>(options_, universes_, events_, metrics_, operations_, router_, sections_,
                                          ready_, composition_->loaded);
  control_->add_routes();
  for (const Extension& extension : extensions()) extension.attach(*composition_);
  universes_.set_gate(*composition_->gate);
  pipeline_ = std::make_unique<Pipeline>(options_, universes_, *composition_->gate, events_, metrics_);
  control_->mount(*pipeline_, composition_->foreign_routes);
  control_ok("POST", "/_fickle/clock", R"({"set":"2026-01-01T00:00:00Z","freeze":true})");
  for (const auto& start : composition_->at_start) start();
}

Emulator::~Emulator() {
  pipeline_->stop();
  events_.end();
}

HttpReply Emulator::raw(HttpRequest request) {
  const std::string target(request.header("X-Amz-Target").value_or(""));
  HttpReply reply = pipeline_->handle(std::move(request));
  if (const std::size_t dot = target.find('.'); dot != std::string::npos) note_reply(target.substr(dot + 1), reply);
  return reply;
}

HttpReply Emulator::call(std::string_view operation, std::string_view body, const HeaderList& headers) {
  HttpRequest request;
  request.method = "POST";
  request.path = "/";
  const std::string target =
      (is_streams(operation) ? "DynamoDBStreams_20120810." : "DynamoDB_20120810.") + std::string(operation);
  const HeaderList ours = {
      {"Host", "localhost:8000"},
      {"Content-Type", "application/x-amz-json-1.0"},
      {"X-Amz-Target", target},
      {"X-Amz-Date", "20260101T000000Z"},
      {"Authorization",
       "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, "
       "Signature=0000"}};
  for (const Header header : ours) {
    if (!headers.find(header.name)) request.headers.add(header.name, header.value);
  }
  for (const Header header : headers) {
    if (!header.value.empty()) request.headers.add(header.name, header.value);
  }
  request.body = std::string(body);
  HttpReply reply = pipeline_->handle(std::move(request));
  note_reply(operation, reply);
  return reply;
}

boost::json::object Emulator::ok(std::string_view operation, std::string_view body) {
  const HttpReply reply = call(operation, body);
  if (reply.status != 200)
    throw std::runtime_error(std::string(operation) + " answered " + std::to_string(reply.status) + " " + reply.body);
  return reply.body.empty() ? boost::json::object{} : boost::json::parse(reply.body).as_object();
}

std::string Emulator::refused(std::string_view operation, std::string_view body) {
  const HttpReply reply = call(operation, body);
  if (reply.status == 200) throw std::runtime_error(std::string(operation) + " was not refused: " + reply.body);
  const boost::json::object answer = boost::json::parse(reply.body).as_object();
  std::string code(answer.at("__type").as_string());
  code = code.substr(code.find('#') + 1);
  for (const char* member : {"message", "Message"}) {
    if (const auto* text = answer.if_contains(member)) return code + ": " + std::string(text->as_string());
  }
  return code;
}

HttpReply Emulator::control(std::string_view method, std::string_view path, std::string_view body) {
  HttpRequest request;
  request.method = std::string(method);
  const std::size_t question = path.find('?');
  request.path = std::string(path.substr(0, question));
  if (question != std::string_view::npos) request.query = std::string(path.substr(question + 1));
  request.headers = {{"Host", "localhost:8000"}, {"Content-Type", "application/json"}};
  request.body = std::string(body);
  return pipeline_->handle(std::move(request));
}

boost::json::object Emulator::control_ok(std::string_view method, std::string_view path, std::string_view body) {
  const HttpReply reply = control(method, path, body);
  if (reply.status != 200) {
    throw std::runtime_error(std::string(method) + " " + std::string(path) + " answered " +
                             std::to_string(reply.status) + " " + reply.body);
  }
  return boost::json::parse(reply.body).as_object();
}

}  // namespace fickle::test
