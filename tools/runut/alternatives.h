// A ledger as it would have been (query/alternative.h), read from an opened one, and how what came
// out otherwise is shown.
#pragma once

#include "instance/instance.h"
#include "query/alternative.h"
#include "tools/runut/table.h"

namespace runut::cli {

// The event as the log has it. not_found: beyond the head, or 0.
[[nodiscard]] Result<Event> event_at(const Instance& instance, Sequence sequence);
// Sequence of the last event of the commit that the event belongs to.
[[nodiscard]] Sequence end_of_commit(const Event& event);

// As recorded up to the end of a commit.
[[nodiscard]] Result<std::unique_ptr<Alternative>> alternative_after(const Instance& instance,
                                                                     Sequence until);
// The rest of the log, from the event after `until` to `head`; shows its progress.
[[nodiscard]] Status follow_to_head(const Instance& instance, Alternative& alternative,
                                    Sequence until, Sequence head);

// A row for each quantity of each event that came out otherwise, in the order of the log.
[[nodiscard]] std::vector<Column> change_columns();
void print_changes(const Alternative& alternative, const std::string& agency, Format format);
// On stderr: how many payments, placements and other decisions, how much was decided again, and
// what could not be.
void note_changes(const Alternative& alternative);

}  // namespace runut::cli
