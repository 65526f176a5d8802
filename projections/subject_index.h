// The covering index: every event, without its sealed text, under each subject that it touches
// (domain/touches.h), so that explaining one month of one person reads a few neighbouring rows.
//
//   'E' kind(1) id(8) month(2) window(4)   appended: the window's events (event_row.h), by sequence
//   'v' kind(1) id(8)                      subject_version of its last event
//   'c' command id(16)                     first sequence of its commit
//
// Integers of keys are big-endian; month 0 holds the standing facts, 0xffff the late daily events,
// else the index of domain's Month. A window is 65 536 sequences: a row is bounded, and never
// written again once its window is over. Windows are numbered parts (store/store.h) of what a
// subject has in a month. Rows are read through store/subject_index.h.
#pragma once

#include "domain/history.h"
#include "projections/event_row.h"
#include "projections/projection.h"

namespace runut::subject_index {

[[nodiscard]] Status fold(const FoldInput& input, Rows& rows);
inline constexpr Projection projection{"subject_index", 5, &fold};

[[nodiscard]] constexpr std::uint32_t window_of(Sequence sequence) {
  return static_cast<std::uint32_t>(sequence.value >> 16);
}
[[nodiscard]] Bytes events_key(Subject subject, std::optional<Month> month, std::uint32_t window);
// What the keys of all rows of a subject's events begin with, and the window that such a key names.
[[nodiscard]] Bytes events_prefix(Subject subject);
[[nodiscard]] std::uint32_t window_in(BytesView events_key);
[[nodiscard]] Bytes version_key(Subject subject);
[[nodiscard]] Bytes command_key(const CommandId& command);
// What the keys of all commands begin with, and the id that such a key names.
[[nodiscard]] Bytes commands_prefix();
[[nodiscard]] CommandId command_in(BytesView command_key);

[[nodiscard]] Result<std::uint32_t> parse_version(BytesView value);
[[nodiscard]] Result<Sequence> parse_command(BytesView value);

}  // namespace runut::subject_index
