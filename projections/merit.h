// The merit system by year: evidence, self-assessment, sealed bundle, score received.
//
//   'm' year(4) sequence(8)   one event of the year (Change)
#pragma once

#include <vector>

#include "projections/projection.h"

namespace runut::merit {

[[nodiscard]] Status fold(const FoldInput& input, Rows& rows);
extern const EventSet events;
inline constexpr Projection projection{"merit", 1, &fold, &events};

struct Evidence {
  MeritAspect aspect{};
  Hash256 document;
  Sequence sequence;
};
struct Assessment {
  std::vector<MeritAspectPoints> aspects;
  std::uint32_t total_hundredths = 0;
  Date on;
  Sequence sequence;
};
struct Score {
  std::string assessor;
  std::uint32_t total_hundredths = 0;
  Date on;
  Sequence sequence;
};
struct Bundle {
  std::uint32_t documents = 0;
  Hash256 hash;
  Sequence sequence;
};

struct Year {
  std::uint32_t year = 0;
  std::vector<Evidence> evidence;      // in the order of the log
  std::optional<Assessment> assessed;  // the latest
  std::optional<Bundle> sealed;
  std::optional<Score> received;

  [[nodiscard]] std::size_t documents_of(MeritAspect aspect) const;
};

// Nothing: no event of that year has happened.
[[nodiscard]] Result<std::optional<Year>> find(const RowReader& rows, std::uint32_t year);
// Ascending.
[[nodiscard]] Result<std::vector<Year>> all(const RowReader& rows);

}  // namespace runut::merit
