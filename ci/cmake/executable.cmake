# The emulator's version, the list of extensions, everything above the layers (fickle_app) and the executable.

# fickle::version(), declared in emulator/core/version.hh.
if(TARGET fickle_core AND EXISTS ${CMAKE_SOURCE_DIR}/emulator/core/version.hh)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/version.cc @ONLY CONTENT [[
// Generated from the project's version in CMakeLists.txt.
#include "emulator/core/version.hh"

namespace fickle {
std::string_view version() { return "@PROJECT_VERSION@"; }
}  // namespace fickle
]])
  get_target_property(type fickle_core TYPE)
  if(NOT type STREQUAL "INTERFACE_LIBRARY")
    target_sources(fickle_core PRIVATE ${CMAKE_BINARY_DIR}/generated/version.cc)
  endif()
endif()

# fickle::extensions(), declared in emulator/extensions.hh: what faults/ and fixtures/ add, when they are there.
set(extension_includes "")
set(extension_names "")
set(extension_libraries "")
foreach(folder fixtures faults)  # in this order they start: rules are set when the fixtures' clock stands
  if(EXISTS ${CMAKE_SOURCE_DIR}/${folder}/extension.hh)
    string(APPEND extension_includes "#include \"${folder}/extension.hh\"\n")
    list(APPEND extension_names "fickle::${folder}_extension")
    list(APPEND extension_libraries fickle_${folder})
  endif()
endforeach()
list(LENGTH extension_names extension_count)
list(JOIN extension_names ", " extension_names)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/extensions.cc @ONLY CONTENT [[
// Generated: the parts that are built in beside the emulator.
#include "emulator/extensions.hh"

#include <array>
@extension_includes@
namespace fickle {

std::span<const Extension> extensions() {
  static const std::array<Extension, @extension_count@> kExtensions{@extension_names@};
  return kExtensions;
}

}  // namespace fickle
]])

file(GLOB app_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/emulator/*.cc)
list(REMOVE_ITEM app_sources ${CMAKE_SOURCE_DIR}/emulator/main.cc)
if(EXISTS ${CMAKE_SOURCE_DIR}/emulator/extensions.hh)
  list(APPEND app_sources ${CMAKE_BINARY_DIR}/generated/extensions.cc)
endif()
set(app_libraries fickle_http fickle_admin fickle_cli ${extension_libraries} Boost::program_options)
if(app_sources)
  add_library(fickle_app STATIC ${app_sources})
  fickle_target(fickle_app)
  target_link_libraries(fickle_app PUBLIC ${app_libraries})
else()
  add_library(fickle_app INTERFACE)
  target_link_libraries(fickle_app INTERFACE fickle_options ${app_libraries})
endif()

if(EXISTS ${CMAKE_SOURCE_DIR}/emulator/main.cc)
  add_executable(fickledb ${CMAKE_SOURCE_DIR}/emulator/main.cc)
  fickle_target(fickledb)
  target_link_libraries(fickledb PRIVATE fickle_app)
  set_target_properties(fickledb PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
  if(FICKLE_STATIC)  # the one to ship: build/fickledb, stripped
    add_custom_command(TARGET fickledb POST_BUILD VERBATIM
        COMMAND ${CMAKE_STRIP} -o ${CMAKE_SOURCE_DIR}/build/fickledb.new $<TARGET_FILE:fickledb>
        COMMAND ${CMAKE_COMMAND} -E rename ${CMAKE_SOURCE_DIR}/build/fickledb.new ${CMAKE_SOURCE_DIR}/build/fickledb)
  endif()
endif()
