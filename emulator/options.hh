// The server's options as a plain struct: flag before environment variable (FICKLEDB_*) before default.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "emulator/core/result.hh"
#include "emulator/core/units.hh"

namespace fickle {

enum class Isolation { none, access_key, region, access_key_and_region };
enum class AuthMode { shape, none, verify };

struct Options {
  std::uint16_t port = 8000;
  std::vector<std::string> hosts;  // empty: both loopbacks
  std::vector<std::string> fixtures;
  std::vector<std::string> faults;
  std::uint64_t seed = 1;
  bool seed_random = false;  // main picks one and prints it
  Isolation isolate = Isolation::none;
  AuthMode auth = AuthMode::shape;
  std::string log = "info";  // quiet, info, debug
  std::string control_token;
  std::vector<std::string> control_hosts;
  std::string cors = "*";  // origin or "off"
  std::size_t universes_max = 1000;
  Duration universe_idle{0};
  std::size_t journal = 10000;
  bool journal_bodies = false;
  std::string account = "000000000000";
  std::string region = "us-east-1";  // when a request names none
  std::size_t connections_max = 4096;
  std::string export_directory;       // stands in for S3
  bool check_replies = false;         // an answer that its operation does not declare becomes an InternalServerError
  std::vector<std::string> warnings;  // understood but without effect: printed at start
  // Migration aids (LocalStack's names), 0 when absent.
  double error_probability = 0, read_error_probability = 0, write_error_probability = 0;
  // -delayTransientStatuses, dynalite's --createTableMs and the like.
  std::optional<Duration> create_delay, update_delay, delete_delay;
};

}  // namespace fickle
