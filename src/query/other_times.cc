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

Status FactsAsOf::each(const Subject& subject, std::optional<Month> month, Sequence until,
                       const Visit& visit) const {
  if (!date_) return history_.each(subject, month, until, visit);
  return history_.each(subject, month, until,
                       [&](const Event& event, const Hash256& leaf) -> Status {
                         if (event.occurred_on > *date_ && !is_seen_on_any_date(event.payload))
                           return {};
                         return visit(event, leaf);
                       });
}

}  // namespace runut
