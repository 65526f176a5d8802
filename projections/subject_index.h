// The covering index: every event, without its sealed text, under each subject that it touches
// (domain/touches.h), so that explaining one month of one person reads one range of keys.
//
//   'e' kind(1) id(8) month(2) sequence(8)   leaf hash(32), the envelope
//   'v' kind(1) id(8)                        subject_version(4) of its last event
//   'c' command id(16)                       first sequence(8), commit_count(4), mac(16)
//
// Integers are big-endian; month 0 holds the standing facts, else the index of domain's Month.
// Rows of 'e' are read through store/subject_index.h, which decodes them.
#pragma once

#include "domain/history.h"
#include "projections/projection.h"

namespace runut::subject_index {

[[nodiscard]] Status fold(const FoldInput& input, Rows& rows);
inline constexpr Projection projection{"subject_index", 1, &fold};

[[nodiscard]] Bytes event_key(Subject subject, std::optional<Month> month, Sequence sequence);
[[nodiscard]] Bytes version_key(Subject subject);
[[nodiscard]] Bytes command_key(const CommandId& command);

// A row of 'e'; borrowed from `value`. corrupt: shorter than a leaf hash.
struct EventRow {
  Hash256 leaf;
  BytesView envelope;
};
[[nodiscard]] Result<EventRow> parse_event(BytesView value);
[[nodiscard]] Result<std::uint32_t> parse_version(BytesView value);

[[nodiscard]] Result<History::CommandEntry> parse_command(BytesView value);

}  // namespace runut::subject_index
