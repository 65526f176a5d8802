// Daily reports by person and date: what was reported, and what became of it.
//
//   'r' person(8) month(2)   appended: the events about reports of that month (Change)
#pragma once

#include <vector>

#include "projections/projection.h"

namespace runut::reports {

[[nodiscard]] Status fold(const FoldInput& input, Rows& rows);
extern const EventSet events;
inline constexpr Projection projection{"reports", 2, &fold, &events};

// `superseded`: replaced by a later submission, under its id after a return or by naming it.
enum class State : std::uint8_t { submitted, approved, returned, rejected, withdrawn, superseded };

// One submission.
struct Report {
  PersonId person;
  Date date;
  ReportId report;
  Minutes minutes;
  State state = State::submitted;
  Sequence submitted;
  Instant submitted_at;             // action time
  std::optional<Sequence> decided;  // the event that gave the state
  Instant decided_at;
  std::uint64_t decided_by = 0;  // the actor's id
};

// By date, within a date in the order of submission; both dates included.
[[nodiscard]] Result<std::vector<Report>> of_person(const RowReader& rows, PersonId person,
                                                    Date first, Date last);

}  // namespace runut::reports
