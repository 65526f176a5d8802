#include "projections/imports.h"

#include "listing/columns.h"
#include "listing/registry.h"
#include "listing/source.h"

namespace runut::listing {
namespace {

Status list_declared(const Source& source, const Arguments&, const Emit& emit) {
  RUNUT_ASSIGN(const auto rows, source.rows(imports::projection));
  RUNUT_ASSIGN(const auto declared, imports::declared(*rows));
  for (const imports::Declared& one : declared)
    RUNUT_TRY(
        emit.row({source.agency(), std::to_string(one.declared.number), one.declared.source,
                  one.declared.as_found ? "yes" : "no", to_string(one.declared.decree.signatory),
                  one.declared.decree.number, std::to_string(one.events), std::to_string(one.held),
                  std::to_string(one.held - one.accepted), to_hex(one.declared.file.view()),
                  std::to_string(one.sequence.value)}));
  return {};
}

Status list_waiting(const Source& source, const Arguments&, const Emit& emit) {
  RUNUT_ASSIGN(const auto rows, source.rows(imports::projection));
  RUNUT_ASSIGN(const auto held, imports::held(*rows));
  for (const imports::Held& one : held) {
    if (one.accepted) continue;
    const bool is_person = one.actor_kind == ActorKind::person;
    RUNUT_TRY(emit.row(
        {source.agency(), std::to_string(one.sequence.value), std::to_string(one.declared.value),
         std::string(to_string(one.type)), to_string(one.person), to_string(one.occurred_on),
         (is_person ? "P" : "S") + std::to_string(one.actor), to_string(one.acted_at)}));
  }
  return {};
}

}  // namespace

Listing imports_listing() {
  return {
      .name = "imports",
      .summary =
          "Declared imports of older data, and what of them waits for an official to accept "
          "it\n(AcceptImportedEvent names the person and the event)",
      .parameters = {{"waiting", ParameterType::flag, false,
                      "The events that were imported as found and are not accepted"}},
      .forms = {{.columns = {agency_column,
                             {"import", ColumnType::number, "Its number"},
                             {"source", ColumnType::text, "The system that the data came from"},
                             {"as_found", ColumnType::text, "yes or no"},
                             {"authorised_by", ColumnType::text, "Who signed the decree"},
                             {"decree", ColumnType::text, "Its number"},
                             {"events", ColumnType::number, "How many it brought"},
                             {"held", ColumnType::number, "Of these, that violated a rule"},
                             {"waiting", ColumnType::number, "Of these, not accepted yet"},
                             {"file", ColumnType::text, "SHA-256 of the file"},
                             {"event", ColumnType::sequence, "The declaration"}},
                 .rows = &list_declared},
                {.chosen_by = "waiting",
                 .columns = {agency_column,
                             {"event", ColumnType::sequence, "The event that waits"},
                             {"declared", ColumnType::sequence, "The declaration of its import"},
                             {"type", ColumnType::text, "Of the event"},
                             person_column,
                             {"date", ColumnType::text, "When it occurred"},
                             {"by", ColumnType::text, "Who acted: a person or a system"},
                             {"acted_at", ColumnType::text, "When, as imported"}},
                 .person = "person",
                 .rows = &list_waiting}}};
}

}  // namespace runut::listing
