#include "query/objection_terms.h"

#include <utility>

namespace runut {
namespace {

ObjectionTerms::Late late(const char* rule, std::int64_t taken, std::int64_t allowed, Date since,
                          Sequence from) {
  return {rule,
          std::to_string(taken) + " days after " + to_string(since) + "; " +
              std::to_string(allowed) + " are allowed",
          taken,
          allowed,
          since,
          from};
}

}  // namespace

std::optional<ObjectionTerms::Late> ObjectionTerms::add(const Event& event,
                                                        const AgencyFacts& agency) {
  const Date today = local_date(event.action_time(), agency.utc_offset_minutes());
  const Mark now{today, event.sequence};
  const auto judge = [&](std::optional<Mark> since, std::int64_t ObjectionDays::*term,
                         const char* rule) -> std::optional<Late> {
    const auto rules = agency.timeline.in_force(today, event.sequence);
    if (!since || !rules) return std::nullopt;
    const std::int64_t taken = today - since->day;
    const std::int64_t allowed = (*rules)->evaluation.objection.*term;
    if (taken <= allowed) return std::nullopt;
    return late(rule, taken, allowed, since->day, since->sequence);
  };
  return std::visit(
      [&]<class P>(const P& e) -> std::optional<Late> {
        if constexpr (std::is_same_v<P, EvaluationDelivered> ||
                      std::is_same_v<P, RankingMemberPlaced>) {
          since_[{e.person, e.period}].result_known = now;
        } else if constexpr (std::is_same_v<P, ObjectionFiled>) {
          Since& since = since_[{e.person, e.period}];
          since.filed = now;
          since.requested.reset();
          return judge(since.result_known, &ObjectionDays::filed_within, "objection.filed_late");
        } else if constexpr (std::is_same_v<P, ExplanationRequested>) {
          since_[{e.person, e.period}].requested = now;
        } else if constexpr (std::is_same_v<P, ExplanationGiven>) {
          return judge(since_[{e.person, e.period}].requested, &ObjectionDays::explained_within,
                       "objection.explained_late");
        } else if constexpr (std::is_same_v<P, ObjectionDecided>) {
          return judge(std::exchange(since_[{e.person, e.period}].filed, std::nullopt),
                       &ObjectionDays::decided_within, "objection.decided_late");
        }
        return std::nullopt;
      },
      event.payload);
}

std::vector<ObjectionTerms::Overdue> ObjectionTerms::overdue(Date today, const AgencyFacts& agency,
                                                             Sequence known_at) const {
  std::vector<Overdue> out;
  const auto rules = agency.timeline.in_force(today, known_at);
  if (!rules) return out;
  const std::int64_t allowed = (*rules)->evaluation.objection.decided_within;
  for (const auto& [about, since] : since_)
    if (since.filed && today - since.filed->day > allowed)
      out.push_back({about.first, about.second,
                     late("objection.undecided", today - since.filed->day, allowed,
                          since.filed->day, since.filed->sequence)});
  return out;
}

}  // namespace runut
