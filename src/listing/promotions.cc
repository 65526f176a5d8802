#include "projections/promotions.h"

#include "listing/columns.h"
#include "listing/registry.h"
#include "listing/source.h"

namespace runut::listing {
namespace {

Status list_promotions(const Source& source, const Arguments&, const Emit& emit) {
  RUNUT_ASSIGN(const auto rows, source.rows(promotions::projection));
  RUNUT_ASSIGN(const auto found, promotions::all(*rows));
  for (const promotions::Promotion& one : found) {
    const ProjectionPromoted& promoted = one.promoted;
    RUNUT_TRY(
        emit.row({source.agency(), to_string(one.recorded_at), promoted.projection,
                  std::to_string(promoted.at.value), std::to_string(promoted.differences),
                  to_hex(promoted.digest_old.view()), to_hex(promoted.digest_new.view()),
                  to_string(promoted.decree.signatory), promoted.decree.number,
                  to_hex(promoted.decree.document.view()), std::to_string(one.sequence.value)}));
  }
  if (found.empty()) emit.note("no view that differed was approved");
  return {};
}

}  // namespace

Listing promotions_listing() {
  return {.name = "promotions",
          .summary =
              "Views that were approved to take the place of others which said something "
              "else\n(rebuild --promote)",
          .parameters = {},
          .forms = {{.columns = {agency_column,
                                 {"promoted_at", ColumnType::text, "When it was recorded"},
                                 {"projection", ColumnType::text, "Which view"},
                                 {"at", ColumnType::sequence, "Both had folded up to here"},
                                 {"differences", ColumnType::number, "Rows that differed"},
                                 {"digest_old", ColumnType::text, "Of the view that served"},
                                 {"digest_new", ColumnType::text, "Of the one that serves since"},
                                 {"signatory", ColumnType::text, "Who approved the differences"},
                                 {"decree", ColumnType::text, "Its number"},
                                 {"list", ColumnType::text, "SHA-256 of the list of differences"},
                                 {"event", ColumnType::sequence, "The approval"}},
                     .rows = &list_promotions}}};
}

}  // namespace runut::listing
