// Senior posts: every tenure with its reviews, extensions and end.
//
//   's' person(8) tenure(4) sequence(8)   one event of the tenure (Change)
#pragma once

#include <vector>

#include "projections/projection.h"

namespace runut::senior_posts {

[[nodiscard]] Status fold(const FoldInput& input, Rows& rows);
extern const EventSet events;
inline constexpr Projection projection{"senior_posts", 1, &fold, &events};

struct Review {
  Date date;
  bool passed = false;
  Sequence sequence;
};
struct Extension {
  Date until;  // by which the next review is due
  Sequence sequence;
};
struct End {
  SeniorPostEndCause cause{};
  Date last_day;
  Sequence sequence;
};

// Lists are in the order of the log.
struct Tenure {
  PersonId person;
  std::uint32_t tenure = 0;
  UnitId unit;
  std::string post;
  Date from;
  Sequence filled;
  std::vector<Review> reviews;
  std::vector<Extension> extensions;
  std::optional<End> ended;
};

// By person, then id.
[[nodiscard]] Result<std::vector<Tenure>> of_person(const RowReader& rows, PersonId person);
[[nodiscard]] Result<std::vector<Tenure>> all(const RowReader& rows);

}  // namespace runut::senior_posts
