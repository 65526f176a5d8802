#include "query/objection_terms.h"

namespace runut {

std::optional<ObjectionTerms::Late> ObjectionTerms::add(const Event& event,
                                                        const AgencyFacts& agency) {
  const Date today = local_date(event.action_time(), agency.utc_offset_minutes());
  const auto judge = [&](std::optional<Date> since, std::int64_t ObjectionDays::*term,
                         const char* rule) -> std::optional<Late> {
    const auto rules = agency.timeline.in_force(today, event.sequence);
    if (!since || !rules) return std::nullopt;
    const std::int64_t taken = today - *since;
    const std::int64_t allowed = (*rules)->evaluation.objection.*term;
    if (taken <= allowed) return std::nullopt;
    return Late{rule, std::to_string(taken) + " days after " + to_string(*since) + "; " +
                          std::to_string(allowed) + " are allowed"};
  };
  return std::visit(
      [&]<class P>(const P& e) -> std::optional<Late> {
        if constexpr (std::is_same_v<P, EvaluationDelivered> ||
                      std::is_same_v<P, RankingMemberPlaced>) {
          since_[{e.person, e.period}].result_known = today;
        } else if constexpr (std::is_same_v<P, ObjectionFiled>) {
          Since& since = since_[{e.person, e.period}];
          since.filed = today;
          since.requested.reset();
          return judge(since.result_known, &ObjectionDays::filed_within, "objection.filed_late");
        } else if constexpr (std::is_same_v<P, ExplanationRequested>) {
          since_[{e.person, e.period}].requested = today;
        } else if constexpr (std::is_same_v<P, ExplanationGiven>) {
          return judge(since_[{e.person, e.period}].requested, &ObjectionDays::explained_within,
                       "objection.explained_late");
        } else if constexpr (std::is_same_v<P, ObjectionDecided>) {
          return judge(since_[{e.person, e.period}].filed, &ObjectionDays::decided_within,
                       "objection.decided_late");
        }
        return std::nullopt;
      },
      event.payload);
}

}  // namespace runut
