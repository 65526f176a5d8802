#include "query/remembered_history.h"

namespace runut {
namespace {
constexpr std::size_t events_expected = 128;  // of a month of daily work, or of years of a career
}  // namespace

Status RememberedHistory::each(const Subject& subject, std::optional<Month> month, Sequence until,
                               const Visit& visit) const {
  return each_after(subject, month, Sequence{}, until, visit);
}

Status RememberedHistory::each_after(const Subject& subject, std::optional<Month> month,
                                     Sequence after, Sequence until, const Visit& visit) const {
  if (subject == agency_subject || month == late_daily_events)
    return history_.each_after(subject, month, after, until, visit);
  RUNUT_CHECK(until <= head_, "asked beyond what is remembered");
  auto known = read_.find({subject, month});
  if (known == read_.end()) {
    Events events;
    events.reserve(events_expected);
    RUNUT_TRY(history_.each(subject, month, head_, [&](const Event& event, const Hash256& leaf) {
      events.emplace_back(event, leaf);
      return Status{};
    }));
    known = read_.emplace(std::pair{subject, month}, std::move(events)).first;
  }
  for (const auto& [event, leaf] : known->second) {
    if (event.sequence > until) break;
    if (event.sequence > after) RUNUT_TRY(visit(event, leaf));
  }
  return {};
}

}  // namespace runut
