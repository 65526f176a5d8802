#include <fmt/format.h>

#include "listing/alternatives.h"
#include "listing/registry.h"

namespace runut::listing {
namespace {

Status list_affected(const Source& source, const Arguments& arguments, const Emit& emit) {
  const Sequence sequence = arguments.sequence("event");
  RUNUT_ASSIGN(const Event asked, event_at(source.log(), sequence));
  const Sequence first = asked.commit();
  if (first == Sequence{1})
    return fail(Error{ErrorCode::invalid_input, "affected.founding", "event",
                      std::to_string(sequence.value), "everything depends on the founding"});
  RUNUT_ASSIGN(const auto without, alternative_after(source, Sequence{first.value - 1}));
  const Sequence last = end_of_commit(asked);
  for (Sequence each = first; each <= last; each = next(each)) {
    RUNUT_ASSIGN(const Event event, event_at(source.log(), each));
    RUNUT_TRY(without->leave_out(event));
  }
  RUNUT_TRY(follow_to_head(source, *without, last));
  RUNUT_TRY(list_changes(*without, source.agency(), emit));
  const std::string commit =
      asked.commit_count == 1
          ? ""
          : fmt::format(" (and the rest of its commit, {} to {})", first.value, last.value);
  note_changes(*without,
               fmt::format("without event {}, {} of {}{}: ", sequence.value,
                           to_string(asked.type()), to_string(asked.subject), commit),
               emit);
  return {};
}

}  // namespace

Listing affected_listing() {
  return {.name = "affected",
          .summary =
              "What depended on an event: it is left out, with its commit, and whatever may "
              "have read it is\n"
              "decided again. Lists the payments, places in rankings and other decisions "
              "that come out\n"
              "otherwise, neighbours included.",
          .parameters = {{"event", ParameterType::sequence, true, "The event's sequence"}},
          .path = "affected/{event}",
          .finds = true,
          .long_work = true,
          .forms = {{.columns = change_columns(), .rows = &list_affected}}};
}

}  // namespace runut::listing
