#include "ledger/loaded_facts.h"
#include "listing/columns.h"
#include "listing/registry.h"
#include "listing/source.h"

namespace runut::listing {
namespace {

Status list_regulations(const Source& source, const Arguments&, const Emit& emit) {
  RUNUT_ASSIGN(const auto facts, source.agency_facts());
  for (const InForce& held : facts->timeline.documents()) {
    const bool never = held.days.until < held.days.from;
    RUNUT_TRY(
        emit.row({held->header.id, to_string(held.days.from),
                  never                         ? "never"
                  : held.days.until == open_end ? ""
                                                : to_string(held.days.until),
                  std::to_string(held.sequence.value), held->header.number, held->header.title}));
  }
  return {};
}

}  // namespace

Listing regulations_listing() {
  return {.name = "regulations",
          .summary = "Every document of the ledger and the days on which it holds",
          .forms = {{.columns = {{"regulation", ColumnType::text, "Its id"},
                                 {"from", ColumnType::text, "First day on which it holds"},
                                 {"until", ColumnType::text,
                                  "Last day; empty: open; never: another took its place before"},
                                 {"event", ColumnType::sequence, "That enacted it"},
                                 {"number", ColumnType::text, "Of the regulation"},
                                 {"title", ColumnType::text, "Of the regulation"}},
                     .of_nobody = true,
                     .rows = &list_regulations}}};
}

}  // namespace runut::listing
