#include <algorithm>

#include "tests/oracle/audit.h"
#include "tests/oracle/people.h"
#include "tests/oracle/predicates.h"

namespace runut::oracle {
namespace {

// Reading: what a delegate gave on the appraiser's behalf was given by the appraiser.
template <class P>
bool expected_of(const View& view, const Recorded<P>& rating, PersonId appraiser) {
  if (rating.event->actor.person() == appraiser) return true;
  if (!rating.event->actor.on_behalf_of) return false;
  const auto* delegation =
      std::get_if<DelegationGranted>(&view.history->at(*rating.event->actor.on_behalf_of).payload);
  return delegation != nullptr && delegation->from_person == appraiser;
}

// Of the period, by the appraiser of the person's last day in it; the latest.
template <class P>
std::optional<Expectation> expectation(const View& view, PersonId person, Period period) {
  std::optional<Date> last;
  for (const Assignment& a : assignments(view, person))
    if (a.from <= last_day(period) && a.until >= first_day(period))
      last = std::max(last.value_or(first_day(period)), std::min(a.until, last_day(period)));
  if (!last) return std::nullopt;
  const auto appraiser = appraiser_on(view, person, *last);
  std::optional<Expectation> out;
  for (const auto& rating : view.of<P>(person)) {
    if (rating.fact->period != period || !rating.fact->expectation || !appraiser) continue;
    if (!expected_of(view, rating, *appraiser) && !view.with(Mutation::anybodys_expectation_counts))
      continue;
    if (out && view.with(Mutation::first_expectation_counts)) continue;
    out = rating.fact->expectation;
  }
  return out;
}

Predicate by_quadrant(const View& view, const Rules& rules, Expectation result,
                      Expectation behaviour) {
  if (view.with(Mutation::quadrant_transposed)) std::swap(result, behaviour);
  return rules.quadrant.at(result).at(behaviour);
}

std::optional<Predicate> rated_predicate(const View& view, const Rules& rules, PersonId person,
                                         Period period) {
  const auto result = expectation<WorkResultRated>(view, person, period);
  const auto behaviour = expectation<BehaviourRated>(view, person, period);
  if (!result || !behaviour) return std::nullopt;
  return by_quadrant(view, rules, *result, *behaviour);
}

// The unit's own of the period, else the nearest unit's above it.
std::optional<UnitPredicate> unit_predicate(const View& view, UnitId unit, Period period) {
  std::optional<UnitPredicate> out;
  for (const UnitId at : upward(view, unit, last_day(period))) {
    std::optional<UnitPredicate> own;
    for (const auto& set : view.recorded<UnitPredicateSet>())
      if (set.fact->unit == at && set.fact->period == period &&
          !(own && view.with(Mutation::replaced_unit_predicate_holds)))
        own = set.fact->predicate;
    if (own && !view.with(Mutation::unit_predicate_of_the_root)) return own;
    if (own) out = own;
  }
  return out;
}

using People = std::map<Predicate, Number>;

Number total(const People& people) {
  Number out = 0;
  for (const auto& [predicate, persons] : people) out += persons;
  return out;
}
Number of(const People& people, Predicate predicate) {
  const auto found = people.find(predicate);
  return found == people.end() ? 0 : found->second;
}

bool satisfies(const View& view, const People& people, const DistributionDemand& demand) {
  const Number n = total(people);
  const auto holds = [&](Number persons) {
    if (view.with(Mutation::shares_rounded) && demand.at_most_bp)
      return persons <= (*demand.at_most_bp * n + whole_bp - 1) / whole_bp;
    if (demand.at_most_bp) return persons * whole_bp <= *demand.at_most_bp * n;
    if (demand.at_least_bp) return persons * whole_bp >= *demand.at_least_bp * n;
    return persons >= *demand.persons_at_least;
  };
  if (view.with(Mutation::joined_predicates_apart))
    return std::all_of(demand.predicates.begin(), demand.predicates.end(),
                       [&](Predicate predicate) { return holds(of(people, predicate)); });
  Number together = 0;
  for (const Predicate predicate : demand.predicates) together += of(people, predicate);
  return holds(together);
}

// Any way to divide n people that satisfies the row; tried one by one.
bool feasible(const View& view, Number n, const std::vector<DistributionDemand>& row) {
  for (Number sk = 0; sk <= n; ++sk)
    for (Number k = 0; sk + k <= n; ++k)
      for (Number bp = 0; sk + k + bp <= n; ++bp)
        for (Number b = 0; sk + k + bp + b <= n; ++b) {
          const People split = {{Predicate::sangat_kurang, sk},
                                {Predicate::kurang, k},
                                {Predicate::butuh_perbaikan, bp},
                                {Predicate::baik, b},
                                {Predicate::sangat_baik, n - sk - k - bp - b}};
          if (std::all_of(row.begin(), row.end(), [&](const DistributionDemand& demand) {
                return satisfies(view, split, demand);
              }))
            return true;
        }
  return false;
}

// Reading: a title counts where the post's ends with it, the longest one.
Number coefficient_of(const Rules& rules, const std::string& post) {
  Number out = 0;
  std::size_t longest = 0;
  for (const auto& [title, coefficient] : rules.credit_coefficients)
    if (post.ends_with(title) && title.size() > longest) {
      longest = title.size();
      out = coefficient;
    }
  return out;
}

std::optional<Number> credit(const View& view, const Rules& rules, PersonId person, Period period,
                             Predicate predicate) {
  if (period.months != 12) return std::nullopt;
  const auto all = assignments(view, person);
  Wide weighted = 0;
  Number months = 0;
  Number last = 0;
  for (Month month = period.first; month <= period.last(); month = month + 1) {
    const auto post = assignment_on(all, first_day(month));
    if (!post || post->kind != PositionKind::functional) continue;
    last = coefficient_of(rules, post->post);
    weighted += last;
    ++months;
  }
  if (months == 0) return std::nullopt;
  if (view.with(Mutation::credit_of_last_post)) weighted = Wide{last} * months;
  if (view.with(Mutation::credit_without_months)) weighted = weighted * 12 / months;
  return view.divide(weighted * rules.credit_shares.at(predicate), 12 * whole_bp, rules);
}

class PredicateAudit {
 public:
  explicit PredicateAudit(const View& view) : view_(view), findings_(out_) {}

  std::vector<std::string> run() {
    for (const auto& one : view_.recorded<WorkResultRated>()) check_order(one);
    for (const auto& one : view_.recorded<BehaviourRated>()) check_order(one);
    for (const auto& one : view_.recorded<EvaluationDelivered>()) check_delivery(one);
    for (const auto& one : view_.recorded<EvaluationCorrected>()) check_correction(one);
    for (const auto& one : view_.recorded<UnitEvaluationsClosed>()) check_closing(one);
    return std::move(out_);
  }

 private:
  [[nodiscard]] View before(const Event& event) const {
    return view_.at(Sequence{event.commit().value - 1});
  }
  [[nodiscard]] Date acted_on(const Event& event) const {
    return local_date(event.action_time(), view_.utc_offset_minutes());
  }

  template <class P>
  void check_order(const Recorded<P>& rated) {
    if (!rated.fact->expectation) return;
    const View known = before(*rated.event);
    const Rules* rules = known.rules_on(acted_on(*rated.event));
    findings_.about(to_string(rated.fact->person) + " " + to_string(rated.fact->period),
                    rated.sequence());
    if (rules == nullptr || !rules->by_predicate) return findings_.add("rated without the regime");
    const auto post =
        assignment_near(assignments(known, rated.fact->person),
                        std::min(acted_on(*rated.event), last_day(rated.fact->period)));
    if (rules->unit_first && (!post || !unit_predicate(known, post->unit, rated.fact->period)))
      findings_.add("rated before the unit's predicate");
  }

  template <class Shown>
  void check_shown(const View& known, const Rules& rules, const Shown& shown, Predicate expected) {
    findings_.compare("predicate", name(shown.predicate), name(std::optional(expected)));
    const auto earned = credit(known, rules, shown.person, shown.period, expected);
    findings_.compare("credit", shown.credit_hundredths ? Number{*shown.credit_hundredths} : -1,
                      earned.value_or(-1));
  }

  void check_delivery(const Recorded<EvaluationDelivered>& delivered) {
    const View known = before(*delivered.event);
    const EvaluationDelivered& e = *delivered.fact;
    findings_.about(to_string(e.person) + " " + to_string(e.period), delivered.sequence());
    const Rules* rules = known.rules_on(acted_on(*delivered.event));
    if (rules == nullptr || !rules->by_predicate) {
      findings_.compare("predicate", name(e.predicate), "none");
      return;
    }
    const auto expected = rated_predicate(known, *rules, e.person, e.period);
    if (!expected) return findings_.add("delivered without both expectations");
    check_shown(known, *rules, e, *expected);
  }

  void check_correction(const Recorded<EvaluationCorrected>& corrected) {
    const EvaluationCorrected& e = *corrected.fact;
    if (!e.expectations) return;
    const View known = before(*corrected.event);
    findings_.about(to_string(e.person) + " " + to_string(e.period), corrected.sequence());
    const Rules* rules = nullptr;
    for (const auto& delivered : known.of<EvaluationDelivered>(e.person))
      if (delivered.fact->period == e.period) rules = known.rules_on(acted_on(*delivered.event));
    if (rules == nullptr || !rules->by_predicate) return findings_.add("no predicate to correct");
    check_shown(known, *rules, e,
                by_quadrant(known, *rules, e.expectations->result, e.expectations->behaviour));
  }

  void check_closing(const Recorded<UnitEvaluationsClosed>& closed) {
    const UnitEvaluationsClosed& e = *closed.fact;
    const View known = before(*closed.event);
    const Rules* rules = known.rules_on(acted_on(*closed.event));
    findings_.about(to_string(e.unit) + " " + to_string(e.period), closed.sequence());
    const auto of_unit = unit_predicate(known, e.unit, e.period);
    if (rules == nullptr || !of_unit) return findings_.add("closed without rules or predicate");
    findings_.compare("unit predicate", to_string(e.predicate), to_string(*of_unit));
    People people;
    Number unrated = 0;
    for (const PersonId person : known.persons()) {
      const auto post = assignment_on(assignments(known, person), last_day(e.period));
      if (!post || !is_counted_in(known, post->unit, e)) continue;
      const auto predicate = counted(known, *rules, person, e.period);
      if (predicate)
        ++people[*predicate];
      else
        ++unrated;
    }
    for (const PredicateCount& count : e.counts)
      findings_.compare(to_string(count.predicate), count.persons, of(people, count.predicate));
    findings_.compare("unrated", e.unrated, unrated);
    check_row(known, *rules, e, *of_unit, people);
  }

  static bool is_counted_in(const View& known, UnitId unit, const UnitEvaluationsClosed& e) {
    if (!known.with(Mutation::units_below_counted)) return unit == e.unit;
    const auto above = upward(known, unit, last_day(e.period));
    return std::find(above.begin(), above.end(), e.unit) != above.end();
  }

  static std::optional<Predicate> counted(const View& known, const Rules& rules, PersonId person,
                                          Period period) {
    const auto told = told_predicate(known, person, period);
    if (told || known.with(Mutation::undelivered_not_counted)) return told;
    return rated_predicate(known, rules, person, period);
  }

  void check_row(const View& known, const Rules& rules, const UnitEvaluationsClosed& e,
                 UnitPredicate of_unit, const People& people) {
    const auto& row = rules.distribution.at(of_unit);
    const bool spared = known.with(Mutation::small_units_spared) && total(people) < 10;
    std::string broken;
    for (std::size_t i = 0; i < row.size(); ++i)
      if (!spared && !satisfies(known, people, row[i])) broken += std::to_string(i) + " ";
    std::string recorded;
    for (const std::uint32_t term : e.broken) recorded += std::to_string(term) + " ";
    findings_.compare("broken terms", recorded, broken);
    const bool possible = spared || feasible(known, total(people), row);
    findings_.compare("verdict", to_string(e.verdict),
                      !possible        ? "infeasible"
                      : broken.empty() ? "satisfied"
                                       : "deviates");
    if (rules.enforced && possible && !broken.empty()) findings_.add("closed though enforced");
  }

  static std::string name(const std::optional<Predicate>& predicate) {
    return predicate ? std::string(to_string(*predicate)) : "none";
  }

  View view_;
  std::vector<std::string> out_;
  Findings findings_;
};

}  // namespace

std::optional<Predicate> told_predicate(const View& view, PersonId person, Period period) {
  std::optional<Predicate> out;
  for (const auto& delivered : view.of<EvaluationDelivered>(person))
    if (delivered.fact->period == period) out = delivered.fact->predicate;
  if (view.with(Mutation::corrections_not_counted)) return out;
  for (const auto& corrected : view.of<EvaluationCorrected>(person))
    if (corrected.fact->period == period) out = corrected.fact->predicate;
  return out;
}

std::vector<std::string> audit_predicates(const View& view) {
  return PredicateAudit(view).run();
}

}  // namespace runut::oracle
