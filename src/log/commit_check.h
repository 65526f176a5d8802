// What every engine asks of a commit before it takes it.
#pragma once

#include <optional>

#include "log/event_log.h"

namespace runut {

// invalid_input: no events, or one or all of them too large.
[[nodiscard]] Status check_commit_size(const Commit& commit);
[[nodiscard]] std::size_t commit_size(const Commit& commit);

// How a commit that was built on `head` ends; nothing when it is not a whole commit chained on it.
[[nodiscard]] std::optional<Head> chained_head(const Commit& commit, const Head& head,
                                               ReadHeader read_header);

}  // namespace runut
