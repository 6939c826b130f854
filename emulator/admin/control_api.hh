// The control API: /_fickle and who may call it. Owns the routes that need no extension: health, universes, reset, snapshots, tables,
// clock, requests, invocations, marker, events, metrics, openapi, dashboard. Thread-safe after add_routes and mount.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "emulator/admin/router.hh"
#include "emulator/admin/sections.hh"
#include "emulator/options.hh"
#include "emulator/service/events.hh"
#include "emulator/service/metrics.hh"
#include "emulator/service/pipeline.hh"
#include "emulator/service/prepare_port.hh"
#include "emulator/service/universes.hh"

namespace fickle {

class ControlApi {
 public:
  ControlApi(const Options& options, Universes& universes, Events& events, Metrics& metrics,
             const PreparePort& operations, Router& router, Sections& sections, const std::atomic<bool>& ready,
             const std::vector<std::string>& loaded)
      : options_(options),
        universes_(universes),
        events_(events),
        metrics_(metrics),
        operations_(operations),
        router_(router),
        sections_(sections),
        ready_(ready),
        loaded_(loaded) {}

  // Registers routes and the scenario section `clock`.
  void add_routes();
  // Hooks /_fickle, /shell and the foreign routes into the pipeline, behind the guard.
  void mount(Pipeline& pipeline, const std::vector<Route>& foreign);

 private:
  const Options& options_;
  Universes& universes_;
  Events& events_;
  Metrics& metrics_;
  const PreparePort& operations_;
  Router& router_;
  Sections& sections_;
  const std::atomic<bool>& ready_;
  const std::vector<std::string>& loaded_;
  Router foreign_;  // paths outside /_fickle
};

}  // namespace fickle
