# Script of fickle_embed: writes OUTPUT, a C++ source that defines SYMBOL with the bytes of INPUT.
file(READ ${INPUT} bytes HEX)
string(LENGTH "${bytes}" length)
math(EXPR size "${length} / 2")
string(REPEAT "[0-9a-f]" 48 line)
string(REGEX REPLACE "(${line})" "\\1\n    " bytes "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
cmake_path(GET INPUT FILENAME name)
file(WRITE ${OUTPUT}
"// Generated from ${name}.
#include <string_view>

namespace fickle {
namespace {
constexpr char kBytes[] = {
    ${bytes}'\\0'};
}  // namespace
extern constinit const std::string_view ${SYMBOL};
constinit const std::string_view ${SYMBOL}{kBytes, ${size}};
}  // namespace fickle
")
