// A ledger as it would have been (query/alternative.h), read from an opened one, and what came out
// otherwise as rows.
#pragma once

#include "listing/listing.h"
#include "listing/source.h"
#include "query/alternative.h"

namespace runut::listing {

// The event as the log has it. not_found: beyond the head, or 0.
[[nodiscard]] Result<Event> event_at(const EventLog& log, Sequence sequence);
// Sequence of the last event of the commit that the event belongs to.
[[nodiscard]] Sequence end_of_commit(const Event& event);

// As recorded up to the end of a commit.
[[nodiscard]] Result<std::unique_ptr<Alternative>> alternative_after(const Source& source,
                                                                     Sequence until);
// The rest of the log, from the event after `until` to the source's.
[[nodiscard]] Status follow_to_head(const Source& source, Alternative& alternative, Sequence until);

// A row for each quantity of each event that came out otherwise, in the order of the log.
[[nodiscard]] std::vector<Column> change_columns();
[[nodiscard]] Status list_changes(const Alternative& alternative, const std::string& agency,
                                  const Emit& emit);
// How many payments, placements and other decisions, how much was decided again, and what could not
// be: behind `begin`.
void note_changes(const Alternative& alternative, const std::string& begin, const Emit& emit);

}  // namespace runut::listing
