# Language, warnings, sanitizers, ccache and the precompiled header.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

# ccache: another checkout of the same sources, anywhere on this machine, hits too. For that the paths below the source
# folder are rewritten to relative ones and the working directory is left out.
find_program(FICKLE_CCACHE ccache)
if(FICKLE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${FICKLE_CCACHE})
endif()

add_library(fickle_options INTERFACE)
target_include_directories(fickle_options INTERFACE ${CMAKE_SOURCE_DIR})
target_link_libraries(fickle_options INTERFACE Threads::Threads Boost::json)  # json: it is in the precompiled header
target_compile_options(fickle_options INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
    -ffile-prefix-map=${CMAKE_SOURCE_DIR}=. -ffunction-sections -fdata-sections)
target_link_options(fickle_options INTERFACE -Wl,--gc-sections)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(fickle_options INTERFACE -fpch-preprocess)  # ccache needs it for precompiled headers
  if(FICKLE_SANITIZE OR NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    # g++ 12 is known to warn of these wrongly inside the standard library once it inlines.
    target_compile_options(fickle_options INTERFACE
        -Wno-restrict -Wno-error=maybe-uninitialized -Wno-error=array-bounds -Wno-error=stringop-overflow
        -Wno-error=stringop-overread -Wno-error=free-nonheap-object)
  endif()
else()
  # A precompiled header without a time stamp is the same file every time, which ccache needs.
  target_compile_options(fickle_options INTERFACE "SHELL:-Xclang -fno-pch-timestamp")
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_compile_definitions(fickle_options INTERFACE _GLIBCXX_ASSERTIONS)
endif()

if(FICKLE_SANITIZE)
  target_compile_options(fickle_options INTERFACE -fsanitize=${FICKLE_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(fickle_options INTERFACE -fsanitize=${FICKLE_SANITIZE})
  if(FICKLE_SANITIZE MATCHES "undefined")
    target_compile_options(fickle_options INTERFACE -fno-sanitize-recover=undefined)
  endif()
endif()
if(FICKLE_STATIC)
  target_link_options(fickle_options INTERFACE -static)
endif()

# One precompiled header for every target: system headers only, so that no change of ours rebuilds it.
file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/generated/pch.cc CONTENT "// Carrier of the precompiled header.\n")
add_library(fickle_pch OBJECT ${CMAKE_BINARY_DIR}/generated/pch.cc)
target_link_libraries(fickle_pch PRIVATE fickle_options)
target_precompile_headers(fickle_pch PRIVATE
    <algorithm> <array> <atomic> <bit> <charconv> <chrono> <cstdint> <cstring> <deque> <exception> <functional> <limits>
    <map> <memory> <mutex> <optional> <set> <span> <sstream> <stdexcept> <string> <string_view> <thread> <tuple>
    <unordered_map> <utility> <variant> <vector> <boost/json.hpp>)

# fickle_target(TARGET): the options and the precompiled header for one target of ours.
function(fickle_target target)
  target_link_libraries(${target} PUBLIC fickle_options)
  target_precompile_headers(${target} REUSE_FROM fickle_pch)
endfunction()
