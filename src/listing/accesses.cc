#include "projections/accesses.h"

#include "listing/columns.h"
#include "listing/registry.h"
#include "listing/source.h"

namespace runut::listing {
namespace {

Status list_accesses(const Source& source, const Arguments& arguments, const Emit& emit) {
  RUNUT_ASSIGN(const auto rows, source.rows(accesses::projection));
  RUNUT_ASSIGN(const auto found, arguments.has("person")
                                     ? accesses::of_person(*rows, arguments.person("person"))
                                     : accesses::all(*rows));
  bool any = false;
  for (const accesses::Access& access : found) {
    const bool is_person = access.actor_kind == ActorKind::person;
    if (arguments.has("reader") &&
        (!is_person || PersonId{access.actor} != arguments.person("reader")))
      continue;
    any = true;
    RUNUT_TRY(emit.row({source.agency(), to_string(access.recorded_at),
                        (is_person ? "P" : "S") + std::to_string(access.actor),
                        std::string(to_string(access.role)),
                        std::string(to_string(access.assurance)), access.resource, access.purpose,
                        std::to_string(access.people), std::to_string(access.sequence.value)}));
  }
  if (!any) emit.note("no access is recorded");
  return {};
}

}  // namespace

Listing accesses_listing() {
  return {.name = "accesses",
          .summary = "Who read whose data, when and to what purpose",
          .parameters = {{"person", ParameterType::person, false, "Whose data was read (P17)"},
                         {"reader", ParameterType::person, false, "Who read (P8)"}},
          .forms = {{.columns = {agency_column,
                                 {"at", ColumnType::text, "When"},
                                 {"reader", ColumnType::text, "A person or a system"},
                                 {"role", ColumnType::text, "In which they read"},
                                 {"assurance", ColumnType::text, "claimed or authenticated"},
                                 {"resource", ColumnType::text, "What of the people"},
                                 {"purpose", ColumnType::text, "As the reader stated it"},
                                 {"people", ColumnType::number, "Whose data it was: how many"},
                                 {"event", ColumnType::sequence, "The access"}},
                     .rows = &list_accesses}}};
}

}  // namespace runut::listing
