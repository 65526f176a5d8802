#include "computation/senior_post.h"

#include <algorithm>

namespace runut {

Date years_after(Date day, std::int64_t years) {
  const YearMonthDay at = civil(day);
  const Month wanted = month_of(day) + static_cast<int>(12 * years);
  return first_day(wanted) + (std::min(at.day, days_in(wanted)) - 1);
}

SeniorTerm senior_term(Date from, std::optional<Date> extended_until,
                       const SeniorPostTerms& terms) {
  return {years_after(from, terms.minimum_years),
          extended_until.value_or(years_after(from, terms.review_years))};
}

SeniorPostState senior_state(const SeniorTerm& term, std::optional<Date> last_day, Date day) {
  if (last_day && *last_day < day) return SeniorPostState::ended;
  if (day > term.review_due) return SeniorPostState::overdue;
  return day < term.minimum_reached ? SeniorPostState::minimum : SeniorPostState::running;
}

}  // namespace runut
