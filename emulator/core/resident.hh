// What of the executable stays in memory.
// Thread-safety: any thread, any time.
#pragma once

namespace fickle {

// Lets go of the pages of the executable's code and constants that were mapped so far. They stay in the system's page cache: what is
// needed again comes back with a page fault and without reading. After the start this is most of a server's resident memory, for the
// kernel maps what lies around each page that is touched, and the start touches everything once. A dynamically linked executable, as
// developers build it, is left alone: a debugger's breakpoints would be lost with the pages.
void release_executable_pages();

}  // namespace fickle
