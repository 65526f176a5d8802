#include "computation/acting.h"

#include <fmt/format.h>

#include "computation/day_terms.h"
#include "computation/tpp_internal.h"

namespace runut {

const ActingFact* paid_role_on(const PersonFacts& person, const Rules& rules, Date day) {
  const std::optional<ActingRule>& rule = rules->tpp.acting;
  if (!rule) return nullptr;
  for (const ActingFact& role : person.acting)
    if (role.days.contains(day))
      return role.days.until - role.days.from + 1 >= rule->min_days ? &role : nullptr;
  return nullptr;
}

Result<ActedCeiling> acted_ceiling(const Facts& facts, const Rules& rules, const ActingFact& role,
                                   Date day) {
  ActedCeiling out;
  for (const Component component : rules->tpp.components) {
    if (component == Component::acting) continue;
    const CeilingFact* found = facts.agency().ceiling(component, role.job_class, role.unit,
                                                      role.post, day, facts.known_at());
    if (found == nullptr)
      return reject(
          "ceiling.missing", "component",
          fmt::format("{}, kelas {}", to_string(component), role.job_class),
          fmt::format("no ceiling covers the acted post {} in {} on {}; 0 must be written",
                      role.post, to_string(role.unit), to_string(day)));
    RUNUT_ASSIGN(out.amount.value, checked_add(out.amount.value, found->amount.value));
    out.events.push_back(found->sequence);
  }
  return out;
}

Result<Rupiah> acting_ceiling(const Facts& facts, const PersonMonth& month) {
  const PersonDay* last = month.last_eligible();
  if (last == nullptr) return Rupiah{};
  const ActingFact* role = paid_role_on(facts.person(month.person), month.rules, last->day);
  if (role == nullptr) return Rupiah{};
  RUNUT_ASSIGN(const ActedCeiling acted, acted_ceiling(facts, month.rules, *role, last->day));
  RUNUT_ASSIGN(const std::int64_t share,
               mul_div(acted.amount.value, month.rules->tpp.acting->share.value, whole.value,
                       month.rules->rounding));
  return Rupiah{share};
}

namespace internal {

template <class Recorder>
Result<EligiblePay> eligible_of_acting(const Facts& facts, const PersonMonth& month,
                                       const std::vector<Sequence>& standing, Recorder& recorder) {
  recorder.open(Quantity::eligible);
  const Rules& rules = month.rules;
  const PersonFacts& person = facts.person(month.person);
  const BasisPoints share = rules->tpp.acting ? rules->tpp.acting->share : BasisPoints{};
  EligiblePay out{{Component::acting, {}, {}, {}}, {}};
  Int128 numerator = 0;
  ActedCeiling acted;
  const ActingFact* priced = nullptr;
  Date priced_on;
  DayTerms terms;
  for (const PersonDay& day : month.days) {
    const ActingFact* role = day.eligible() ? paid_role_on(person, rules, day.day) : nullptr;
    if (role == nullptr) continue;
    if (role != priced || facts.agency().tree_changes(priced_on, day.day, facts.known_at())) {
      RUNUT_ASSIGN(acted, acted_ceiling(facts, rules, *role, day.day));
      priced = role;
      out.events.push_back(role->started);
      if (role->ended) out.events.push_back(*role->ended);
      out.events.insert(out.events.end(), acted.events.begin(), acted.events.end());
      recorder.leaf(Quantity::ceiling, acted.amount.value, Measure::rupiah, [&] {
        Note note;
        note.detail =
            fmt::format("{} {} kelas {}", to_string(role->role), role->post, role->job_class);
        note.rules = {rules.rule(Parameter::acting_rule), rules.rule(Parameter::components)};
        note.events = distinct(out.events);
        return note;
      });
    }
    priced_on = day.day;
    numerator += static_cast<Int128>(acted.amount.value) * share.value * day.status_rate.value *
                 day.leave_rate.value;
    if constexpr (Recorder::records)
      terms.add({acted.amount.value, share.value, day.status_rate.value, day.leave_rate.value});
  }
  RUNUT_ASSIGN(out.pay.ceiling, acting_ceiling(facts, month));
  const Int128 denominator =
      static_cast<Int128>(month.working_days) * whole.value * whole.value * whole.value;
  RUNUT_ASSIGN(out.pay.eligible.value, divide(numerator, denominator, rules->rounding));
  recorder.close(out.pay.eligible.value, Measure::rupiah, [&] {
    Note note;
    note.detail = to_string(Component::acting);
    note.formula = terms.empty() ? "0"
                                 : fmt::format("({}) ÷ ({} × 1.000.000.000.000)", terms.text(),
                                               month.working_days);
    note.rounding = rules->rounding;
    note.rules = {rules.rule(Parameter::acting_rule), rules.rule(Parameter::status_bp),
                  rules.rule(Parameter::leave_bp)};
    note.events = standing;
    return note;
  });
  return out;
}

template Result<EligiblePay> eligible_of_acting(const Facts&, const PersonMonth&,
                                                const std::vector<Sequence>&, NullRecorder&);
template Result<EligiblePay> eligible_of_acting(const Facts&, const PersonMonth&,
                                                const std::vector<Sequence>&, DerivationRecorder&);

}  // namespace internal
}  // namespace runut
