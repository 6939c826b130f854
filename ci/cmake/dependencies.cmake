# Third-party libraries, all static. Debian's packages, and two that ci/setup fetches into .deps/.

# Where the fetched ones lie: -DFICKLE_DEPS, $FICKLE_DEPS, .deps here, or, in a git worktree, the main worktree's.
# ci/lib.sh looks in the same places.
set(FICKLE_DEPS "$ENV{FICKLE_DEPS}" CACHE PATH "Directory of the libraries that ci/setup fetched")
set(fickle_deps "${FICKLE_DEPS}")
if(NOT fickle_deps)
  set(fickle_deps ${CMAKE_SOURCE_DIR}/.deps)
  if(NOT IS_DIRECTORY ${fickle_deps})
    execute_process(COMMAND git -C ${CMAKE_SOURCE_DIR} rev-parse --path-format=absolute --git-common-dir
                    OUTPUT_VARIABLE git_dir OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(git_dir)
      cmake_path(GET git_dir PARENT_PATH main_worktree)
      set(fickle_deps ${main_worktree}/.deps)
    endif()
  endif()
endif()
if(NOT EXISTS ${fickle_deps}/httplib/httplib.h OR NOT EXISTS ${fickle_deps}/catch2/usr/lib/libCatch2.a)
  message(FATAL_ERROR "cpp-httplib and Catch2 are not in ${fickle_deps}: run ci/setup first")
endif()

set(Boost_USE_STATIC_LIBS ON)
set(OPENSSL_USE_STATIC_LIBS ON)
set(ZLIB_USE_STATIC_LIBS ON)
find_package(Boost 1.81 REQUIRED COMPONENTS json program_options)
find_package(OpenSSL 3 REQUIRED)
find_package(ZLIB REQUIRED)

find_path(FICKLE_YAML_INCLUDE yaml-cpp/yaml.h REQUIRED)
find_library(FICKLE_YAML_LIBRARY libyaml-cpp.a REQUIRED)
add_library(yaml-cpp-static STATIC IMPORTED)
set_target_properties(yaml-cpp-static PROPERTIES IMPORTED_LOCATION ${FICKLE_YAML_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${FICKLE_YAML_INCLUDE} INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${FICKLE_YAML_INCLUDE})

find_path(FICKLE_ZSTD_INCLUDE zstd.h REQUIRED)
find_library(FICKLE_ZSTD_LIBRARY libzstd.a REQUIRED)
add_library(zstd-static STATIC IMPORTED)
set_target_properties(zstd-static PROPERTIES IMPORTED_LOCATION ${FICKLE_ZSTD_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${FICKLE_ZSTD_INCLUDE} INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${FICKLE_ZSTD_INCLUDE})

# Header only. poll() in place of select(), which fails on file descriptors above 1023; the backlog and the length of
# a header line are far below what SDKs send.
add_library(httplib INTERFACE)
target_include_directories(httplib SYSTEM INTERFACE ${fickle_deps}/httplib)
target_compile_definitions(httplib INTERFACE
    CPPHTTPLIB_USE_POLL CPPHTTPLIB_LISTEN_BACKLOG=4096 CPPHTTPLIB_HEADER_MAX_LENGTH=16384
    CPPHTTPLIB_REQUEST_URI_MAX_LENGTH=16384)

if(FICKLE_TESTS)
  set(Catch2_DIR ${fickle_deps}/catch2/usr/lib/cmake/Catch2)
  find_package(Catch2 3.7 REQUIRED)
endif()
