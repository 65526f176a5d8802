#include "query/other_times.h"

namespace runut {
namespace {

bool is_seen_on_any_date(const Payload& payload) {
  return std::holds_alternative<AgencyFounded>(payload) ||
         std::holds_alternative<RegulationEnacted>(payload) ||
         std::holds_alternative<RegulationAmended>(payload) ||
         std::holds_alternative<RegulationRepealed>(payload) ||
         std::holds_alternative<RegulationSection>(payload) ||
         std::holds_alternative<RankingGroupFrozen>(payload) ||
         std::holds_alternative<RankingGroupMember>(payload);
}

}  // namespace

bool is_seen_as_of(const Event& event, Date date) {
  return event.occurred_on <= date || is_seen_on_any_date(event.payload);
}

Status FactsAsOf::each(const Subject& subject, std::optional<Month> month, Sequence until,
                       const Visit& visit) const {
  if (!date_) return history_.each(subject, month, until, visit);
  return history_.each(subject, month, until,
                       [&](const Event& event, const Hash256& leaf) -> Status {
                         return is_seen_as_of(event, *date_) ? visit(event, leaf) : Status{};
                       });
}

}  // namespace runut
