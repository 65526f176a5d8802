// Events as other systems take them: CloudEvents 1.0 in JSON (structured mode).
#pragma once

#include <string>
#include <string_view>

#include "domain/event.h"

namespace runut::feed {

inline constexpr std::string_view cloud_event_type = "application/cloudevents+json";
inline constexpr std::string_view cloud_batch_type = "application/cloudevents-batch+json";
// Before the name of an event's type: "id.runut.DailyReportApproved".
inline constexpr std::string_view type_prefix = "id.runut.";

// One line, the same bytes for the same event:
//   id              the sequence, which with `source`, the log's origin, names the event for ever
//   type, subject   id.runut.DailyReportApproved, P17
//   time            recorded_at
//   dataschema      urn:runut:event:NAME:VERSION
//   sequence        extension "Sequence": 20 digits, so that texts sort as numbers do
//   subjectversion  dense within the subject: who filters by person sees what is missing
//   leafhash, previoushash   the chain: previoushash is the leafhash of the event before
//   commit          the first sequence of its commit; data has commit_index and commit_count
//   data            the rest of the envelope, and `payload`
// Sequences and other 64-bit counts are strings, rupiah are integers. Sealed text stays sealed:
// `sealed` has its owner, commitment and length.
[[nodiscard]] std::string cloud_event(const Event& event, const Hash256& leaf,
                                      std::string_view source);

}  // namespace runut::feed
