// Ceilings, budgets, deductions, sanctions: what a run reads.
#include <algorithm>

#include "domain/correction_code.h"
#include "ledger/rules.h"

namespace runut::rules {
namespace {

constexpr std::int64_t rupiah_max = 1'000'000'000'000;  // of one amount a month; budgets: × 10 000

Status check_amount(Rupiah amount, std::int64_t max, const std::string& field) {
  if (amount.value < 0 || amount.value > max)
    return reject("amount.range", field, std::to_string(amount.value),
                  "from 0 to " + std::to_string(max) + " rupiah");
  return {};
}

Status check_retroactive(const Case& at, Month effective, bool retroactive) {
  if (!retroactive && at.any_locked_from(effective))
    return reject("ceiling.locked_month", "data.effective", to_string(effective),
                  "reaches a locked month: mark it retroactive");
  return {};
}

// The month's personal_sanction_bp; `regulation` becomes the first month's document.
Result<BasisPoints> personal_sanction_of(const Case& at, Month month,
                                         std::optional<Sequence>& regulation) {
  const auto document = at.agency().timeline.for_payment(month, at.known_at());
  if (!document)
    return reject("regulation.none", "data.months", to_string(month),
                  "no document is in force in that month");
  if (!(*document)->tpp.personal_sanction)
    return reject("adjustment.no_personal_sanction", "data.months", to_string(month),
                  "the document of that month has no personal_sanction_bp");
  if (!regulation) regulation = document->sequence;
  return *(*document)->tpp.personal_sanction;
}

// The one that cuts in the month from which it is to be cancelled.
Result<Sequence> sanction_in(const Case& at, const DisciplinarySanctionCancelled& body) {
  std::optional<Sequence> found;
  for (const DisciplinaryFact& fact : at.person(body.person).sanctions) {
    if (fact.cancelled || body.from_month < fact.first || body.from_month > fact.last) continue;
    if (found)
      return reject(
          "sanction.several", "data.sanction", std::to_string(fact.sequence.value),
          "beside sequence " + std::to_string(found->value) + ": name the one that is meant");
    found = fact.sequence;
  }
  if (found) return *found;
  return unknown("sanction.unknown", "data.from_month", to_string(body.from_month),
                 "no disciplinary sanction of that person cuts in this month");
}

}  // namespace

Decided decide_one(const Case& at, const TppCeilingSet& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::treasurer}));
  RUNUT_TRY(at.require_decree(body.decree));
  if (body.unit) RUNUT_TRY(at.require_unit(*body.unit, "data.unit"));
  if (body.job_class < 1 || body.job_class > 17)
    return reject("assignment.job_class", "data.job_class", std::to_string(body.job_class),
                  "kelas jabatan is 1 to 17");
  if (body.component == Component::acting)
    return reject("ceiling.acting", "data.component", std::string(to_string(body.component)),
                  "an acting role is paid by the ceilings of the acted post");
  RUNUT_TRY(check_amount(body.amount, rupiah_max, "data.amount"));
  if (body.post && !body.unit)
    return reject("ceiling.post_without_unit", "data.post", *body.post, "a post is of a unit");
  RUNUT_TRY(check_retroactive(at, body.effective, body.retroactive));
  return at.one(body, first_day(body.effective));
}

Decided decide_one(const Case& at, const BudgetSet& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::treasurer}));
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_TRY(at.require_unit(body.unit, "data.unit"));
  if (!at.agency().unit(body.unit, at.known_at())->paying)
    return reject("budget.not_paying", "data.unit", to_string(body.unit), "not a paying unit");
  if (body.year < 2000 || body.year > 2199)
    return reject("budget.year", "data.year", std::to_string(body.year), "from 2000 to 2199");
  RUNUT_TRY(check_amount(body.amount, rupiah_max * 10'000, "data.amount"));
  return at.one(body, date(static_cast<int>(body.year), 1, 1));
}

Decided decide_one(const Case& at, const DeductionSet& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::treasurer}));
  if (body.person.has_value() == body.status.has_value())
    return reject("deduction.whom", "data.person", body.person ? to_string(*body.person) : "",
                  "either a person or a kind of employment");
  if (body.person) RUNUT_TRY(at.require_person(*body.person, "data.person"));
  if (body.code.empty() || body.code.size() > 40)
    return reject("deduction.code", "data.code", body.code, "1 to 40 bytes");
  if (body.code == correction_code)
    return reject("deduction.reserved_code", "data.code", body.code,
                  "outstanding negative corrections have this code");
  if (body.amount.has_value() == body.rate.has_value())
    return reject("deduction.size", "data.amount", {}, "either an amount or a rate");
  if (body.amount) RUNUT_TRY(check_amount(*body.amount, rupiah_max, "data.amount"));
  if (body.rate && (body.rate->value < 0 || body.rate->value > 10'000))
    return reject("deduction.rate", "data.rate", std::to_string(body.rate->value), "0 to 10000 bp");
  if (body.rate.has_value() != body.base.has_value())
    return reject("deduction.base", "data.base", {}, "a rate has a base, an amount has none");
  if (body.cap && !body.rate)
    return reject("deduction.cap", "data.cap", std::to_string(body.cap->value),
                  "a cap is on a base");
  if (body.cap) RUNUT_TRY(check_amount(*body.cap, rupiah_max, "data.cap"));
  if (body.last && *body.last < body.first)
    return reject("interval.reversed", "data.last", to_string(*body.last), "before data.first");
  return at.one(body, first_day(body.first));
}

Decided decide_one(const Case& at, const DecidePersonalSanction& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::official}));
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  if (at.actor() == body.person)
    return refuse("authority.self", "actor.id", to_string(body.person),
                  "nobody sanctions themself");
  if (body.months.empty() || body.months.size() > 12)
    return reject("adjustment.months", "data.months", std::to_string(body.months.size()),
                  "1 to 12 months");
  std::vector<Month> months = body.months;
  std::sort(months.begin(), months.end());
  if (std::adjacent_find(months.begin(), months.end()) != months.end())
    return reject("adjustment.months", "data.months",
                  to_string(*std::adjacent_find(months.begin(), months.end())),
                  "a month stands twice");
  // One decision has one delta: every month's document has to know it, and to say the same.
  std::optional<BasisPoints> delta;
  std::optional<Sequence> regulation;
  for (const Month month : months) {
    RUNUT_ASSIGN(const BasisPoints rate, personal_sanction_of(at, month, regulation));
    if (delta.value_or(rate) != rate)
      return reject("adjustment.rates_differ", "data.months", to_string(month),
                    "its document has another personal_sanction_bp: decide it apart");
    delta = rate;
  }
  for (const AdjustmentFact& other : at.person(body.person).adjustments)
    if (other.cause == AdjustmentCause::personal_sanction)
      for (const Month month : other.months)
        if (std::binary_search(months.begin(), months.end(), month))
          return reject("adjustment.twice", "data.months", to_string(month),
                        "one adjustment per cause and month: sequence " +
                            std::to_string(other.sequence.value) + " has it");
  TppAdjustmentDecided decided;
  decided.person = body.person;
  decided.cause = AdjustmentCause::personal_sanction;
  decided.period = body.period;
  decided.delta = *delta;
  decided.months = std::move(months);
  decided.decree = body.decree;
  Decision out = at.one(std::move(decided), body.decree.date);
  out.front().regulation = regulation;
  return out;
}

Decided decide_one(const Case& at, const UnitSanctionImposed& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::official}));
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_TRY(at.require_unit(body.unit, "data.unit"));
  if (body.last < body.first)
    return reject("interval.reversed", "data.last", to_string(body.last), "before data.first");
  return at.one(body, body.decree.date);
}

Decided decide_one(const Case& at, const DisciplinarySanctionImposed& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::official}));
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  if (body.months != 6 && body.months != 9 && body.months != 12)
    return reject("sanction.months", "data.months", std::to_string(body.months),
                  "PP 94/2021 knows 6, 9 and 12 months");
  DisciplinarySanctionImposed imposed = body;
  // Month{}: the submitter left it to the rule (codec/command_json.h).
  if (body.first_month == Month{}) imposed.first_month = month_of(body.effective_on) + 1;
  if (imposed.first_month < month_of(body.effective_on))
    return reject("sanction.first_month", "data.first_month", to_string(body.first_month),
                  "before effective_on");
  return at.one(std::move(imposed), body.effective_on);
}

Decided decide_one(const Case& at, const DisciplinarySanctionCancelled& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::official}));
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  if (body.sanction == Sequence{}) {  // codec/command_json.h
    RUNUT_ASSIGN(const Sequence standing, sanction_in(at, body));
    return decide_one(at, {body.person, standing, body.from_month, body.decree});
  }
  for (const DisciplinaryFact& fact : at.person(body.person).sanctions)
    if (fact.sequence == body.sanction) {
      if (fact.cancelled)
        return reject("sanction.cancelled", "data.sanction", std::to_string(body.sanction.value),
                      "cancelled already");
      if (body.from_month < fact.first || body.from_month > fact.last)
        return reject("sanction.from_month", "data.from_month", to_string(body.from_month),
                      "not one of its months");
      return at.one(body, body.decree.date);
    }
  return unknown("sanction.unknown", "data.sanction", std::to_string(body.sanction.value),
                 "no disciplinary sanction of that person has this sequence");
}

}  // namespace runut::rules
