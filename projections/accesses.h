// Who read whose data, when and to what purpose.
//
//   'a' sequence(8)               the access (its people as a count)
//   'p' person(8) window(8)       accesses to this person's data: their sequences, an entry each
#pragma once

#include <vector>

#include "projections/projection.h"
#include "projections/rows.h"

namespace runut::accesses {

[[nodiscard]] Status fold(const FoldInput& input, Rows& rows);
extern const EventSet events;
inline constexpr Projection projection{"accesses", 1, &fold, &events};

struct Access {
  Sequence sequence;
  Instant recorded_at;
  ActorKind actor_kind{};
  std::uint64_t actor = 0;
  Role role{};
  Assurance assurance{};
  std::string resource;
  std::string purpose;
  std::uint32_t people = 0;  // whose data it was, together
  friend bool operator==(const Access&, const Access&) = default;
};

// In the order of the log.
[[nodiscard]] Result<std::vector<Access>> all(const RowReader& rows);
[[nodiscard]] Result<std::vector<Access>> of_person(const RowReader& rows, PersonId person);

}  // namespace runut::accesses
