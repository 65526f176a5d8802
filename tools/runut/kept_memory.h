// How long memory that was freed stays with the process before the system has it back.
#pragma once

#include <chrono>

namespace runut::cli {

// What a fold or a write frees, the next one wants again a moment later, and a page that comes back
// from the system has to be cleared first: with a second instead of the allocator's 25 ms a rebuild
// is a tenth faster (runut bench).
constexpr std::chrono::milliseconds kept_for_next{1'000};
// Of an import, which holds more memory than anything else: it would peak 50 MB higher.
constexpr std::chrono::milliseconds kept_by_import{25};

// From now on. MIMALLOC_DECOMMIT_DELAY in the environment goes before it; without mimalloc, which
// sanitizers replace, it does nothing.
void keep_freed_memory(std::chrono::milliseconds time);

}  // namespace runut::cli
