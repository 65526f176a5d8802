#include "tools/runut/kept_memory.h"

#ifdef RUNUT_MIMALLOC
#include <mimalloc.h>
#endif

namespace runut::cli {

void keep_freed_memory([[maybe_unused]] std::chrono::milliseconds time) {
#ifdef RUNUT_MIMALLOC
  mi_option_set_default(mi_option_decommit_delay, static_cast<long>(time.count()));
#endif
}

}  // namespace runut::cli
