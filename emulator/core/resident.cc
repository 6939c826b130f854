#include "emulator/core/resident.hh"

#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

namespace fickle {
namespace {

// Called for the executable first, then for each shared library; a value other than 0 ends it.
int release_read_only_segments(dl_phdr_info* object, std::size_t /*size*/, void* /*data*/) {
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  for (unsigned i = 0; i < object->dlpi_phnum; ++i) {
    const auto& segment = object->dlpi_phdr[i];
    if (segment.p_type == PT_INTERP) break;  // it comes before all that is loaded
    if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W) != 0) continue;
    const std::uintptr_t begin = (object->dlpi_addr + segment.p_vaddr) & ~(page - 1);
    const std::uintptr_t end = object->dlpi_addr + segment.p_vaddr + segment.p_memsz;
    // A failure leaves the pages where they are.
    (void)::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);  // NOLINT: numbers are given
  }
  return 1;
}

}  // namespace

void release_executable_pages() {
  ::dl_iterate_phdr(release_read_only_segments, nullptr);
}

}  // namespace fickle
