// What two standpoints make of the same month or period (query/difference.h), as rows.
#pragma once

#include "listing/listing.h"
#include "query/difference.h"

namespace runut::listing {

// What stands in every row: of which ledger, month or period, and on what basis.
struct DifferenceOf {
  std::string agency;
  std::string of;
  std::string basis;  // "as_known", "HYPOTHETICAL"
};

[[nodiscard]] std::vector<Column> difference_columns();
[[nodiscard]] std::vector<Column> unit_difference_columns();
// Row by row: of the people, or of the paying units' totals. `events_max`: of more events than that
// only the last ones are named, for people to read.
[[nodiscard]] Status list_people_differences(const DifferenceReport& report,
                                             const DifferenceOf& shown, const Emit& emit,
                                             std::size_t events_max = ~std::size_t{0});
[[nodiscard]] Status list_unit_differences(const DifferenceReport& report,
                                           const DifferenceOf& shown, const Emit& emit);
[[nodiscard]] std::string difference_note(const DifferenceReport& report);

}  // namespace runut::listing
