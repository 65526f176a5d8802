#include "projections/event_row.h"

namespace runut {
namespace {

// The fields of an event that entries hold, in their order; behind them comes the payload.
template <class EventLike, class Visit>
void each_field(EventLike& event, Visit&& visit) {
  visit(event.commit_index);
  visit(event.commit_count);
  visit(event.occurred_on);
  visit(event.acted_at);
  visit(event.recorded_at);
  visit(event.origin);
  visit(event.subject.kind);
  visit(event.subject.id);
  visit(event.subject_version);
  visit(event.actor.kind);
  visit(event.actor.id);
  visit(event.actor.role);
  visit(event.actor.assurance);
  visit(event.actor.method);
  visit(event.actor.issuer);
  visit(event.actor.credential);
  visit(event.actor.on_behalf_of);
  visit(event.supersedes);
  visit(event.causation);
  visit(event.regulation);
  visit(event.reason);
  visit(event.evidence);
}

template <class P>
constexpr bool is_nothing = std::is_same_v<P, std::monostate>;

}  // namespace

void write_event(RowValue& out, const Event& event, const Hash256& leaf) {
  out.field(event.sequence).field(leaf).field(event.type());
  each_field(event, [&](const auto& field) { out.field(field); });
  std::visit(
      [&]<class P>(const P& payload) {
        if constexpr (!is_nothing<P>) out.field(payload);
      },
      event.payload);
}

Result<bool> read_event(RowCursor& row, Sequence until, EventEntry& entry) {
  if (!row.more()) return false;
  entry.event = Event{};
  Event& event = entry.event;
  row.field(event.sequence);
  if (event.sequence > until) return false;
  EventType type{};
  row.field(entry.leaf);
  row.field(type);
  each_field(event, [&](auto& field) { row.field(field); });
  event.payload = make_payload(type);
  std::visit(
      [&]<class P>(P& payload) {
        if constexpr (!is_nothing<P>) row.field(payload);
      },
      event.payload);
  if (!row.whole() || event.payload.index() == 0) return damaged_row("event");
  return true;
}

}  // namespace runut
