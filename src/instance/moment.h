// A point of a ledger as people name it: what was known then (rulebook section 3.6).
#pragma once

#include <string_view>

#include "log/event_log.h"

namespace runut {

// This event, which the log has.
[[nodiscard]] Result<Head> head_at(const EventLog& log, Sequence sequence);

// The last event that was recorded by then, inclusive. `text` is a sequence (4711), an instant
// (2022-09-01T08:00:00+07:00) or a day (2022-09-01: its end, by the agency's clock).
// invalid_input: none of these, or a sequence beyond the head. not_found (moment.before_founding):
// the ledger did not exist yet. Reads a few events, however long the log is.
[[nodiscard]] Result<Head> find_moment(const EventLog& log, std::string_view text,
                                       int utc_offset_minutes);

}  // namespace runut
