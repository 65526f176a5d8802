#include <algorithm>
#include <map>

#include "computation/contributions.h"
#include "report/treasurer_people.h"

namespace runut::report {
namespace {

// What a payment's net is made of, cause after cause, in the order of the rulebook.
constexpr const char* causes_in_order[] = {"new_payee",
                                           "no_longer_paid",
                                           "ceiling",
                                           "days",
                                           "productivity",
                                           "discipline",
                                           "adjustment",
                                           "unit_sanction",
                                           "disciplinary_sanction",
                                           "shortfall",
                                           "tax",
                                           "correction",
                                           "deduction",
                                           "not_reproduced"};
using ByCause = std::map<std::string, Rupiah, std::less<>>;

std::string cause_of(const Contribution& contribution, const TppPaymentComputed& payment) {
  return contribution.step == ContributionStep::line
             ? line_name(payment.lines[contribution.line].kind)
             : std::string(to_string(contribution.step));
}

// The parts of a payment as they were computed; of a correction run, which computes other months,
// its own lines.
Status add_parts(const Facts& then, const PaidRun& run, const TppPaymentComputed& recorded,
                 ByCause& into) {
  if (run.run.kind != RunKind::regular) {
    for (const PaymentLine& line : recorded.lines)
      RUNUT_TRY(add_to(into[line_name(line.kind)], line.amount));
    return {};
  }
  NullRecorder none;
  RUNUT_ASSIGN(const ComputedPayment again, compute_payment(then, run.run, recorded.person, none));
  if (again.payment != recorded) return add_to(into["not_reproduced"], recorded.net);
  RUNUT_ASSIGN(const std::vector<Contribution> parts, compute_contributions(then, again));
  for (const Contribution& part : parts)
    RUNUT_TRY(add_to(into[cause_of(part, recorded)], part.amount));
  return {};
}

// Unit (0: the agency) and person: what that unit pays them in a month.
using Worth = std::map<std::pair<UnitId, PersonId>, ByCause>;

Result<Worth> worth_of(const Sources& sources, const Runs& runs) {
  Worth out;
  for (const PaidRun& run : runs) {
    const std::unique_ptr<const LoadedFacts> then = sources.at(run.computed->header.computed_at);
    for (const PaymentFact* const fact : run.payments) {
      if (fact->payment.left_out) continue;
      ByCause parts;
      RUNUT_TRY(add_parts(*then, run, fact->payment, parts));
      for (const UnitId scope : {run.run.unit, UnitId{}}) {
        ByCause& sum = out[{scope, fact->payment.person}];
        for (const auto& [cause, amount] : parts) RUNUT_TRY(add_to(sum[cause], amount));
      }
    }
    RUNUT_TRY(then->status());  // what could not be read is no fact
  }
  return out;
}

struct CauseTotal {
  Rupiah before;
  Rupiah now;
  std::uint64_t people = 0;
};
using CauseTotals = std::map<std::pair<UnitId, std::string>, CauseTotal>;

Result<Rupiah> whole_of(const ByCause& parts) {
  Rupiah sum;
  for (const auto& [cause, amount] : parts) RUNUT_TRY(add_to(sum, amount));
  return sum;
}

Status add_person(UnitId scope, const ByCause* before, const ByCause* now, CauseTotals& totals) {
  const auto add = [&](const std::string& cause, Rupiah was, Rupiah is) -> Status {
    if (was == is) return {};
    CauseTotal& total = totals[{scope, cause}];
    RUNUT_TRY(add_to(total.before, was));
    RUNUT_TRY(add_to(total.now, is));
    ++total.people;
    return {};
  };
  if (before == nullptr || now == nullptr) {
    RUNUT_ASSIGN(const Rupiah all, whole_of(now != nullptr ? *now : *before));
    return now != nullptr ? add("new_payee", {}, all) : add("no_longer_paid", all, {});
  }
  const auto amount_in = [](const ByCause& parts, std::string_view cause) {
    const auto found = parts.find(cause);
    return found == parts.end() ? Rupiah{} : found->second;
  };
  for (const char* const cause : causes_in_order)
    RUNUT_TRY(add(cause, amount_in(*before, cause), amount_in(*now, cause)));
  return {};
}

}  // namespace

Result<Section> causes_section(const Sources& sources, const Runs& now, const Runs& before) {
  Section out{"causes",
              {"Selisih menurut sebab", "Difference by cause"},
              {agency_unit,
               {"cause", {"Sebab", "Cause"}, Measure::word},
               {"people", {"Pegawai", "People"}, Measure::count},
               {"amount", {"Jumlah", "Amount"}, Measure::rupiah},
               {"month_before", {"Bulan sebelumnya", "Month before"}, Measure::rupiah},
               {"difference", {"Selisih", "Difference"}, Measure::rupiah}},
              {}};
  if (before.empty()) return out;  // nothing to differ from
  RUNUT_ASSIGN(const Worth is, worth_of(sources, now));
  RUNUT_ASSIGN(const Worth was, worth_of(sources, before));
  CauseTotals totals;
  for (const auto& [key, parts] : is) {
    const auto found = was.find(key);
    RUNUT_TRY(add_person(key.first, found == was.end() ? nullptr : &found->second, &parts, totals));
  }
  for (const auto& [key, parts] : was)
    if (!is.contains(key)) RUNUT_TRY(add_person(key.first, &parts, nullptr, totals));
  std::vector<UnitId> scopes;
  for (const auto& [key, total] : totals)
    if (scopes.empty() || scopes.back() != key.first) scopes.push_back(key.first);
  // The agency's own rows come last.
  if (!scopes.empty() && scopes.front() == UnitId{})
    std::rotate(scopes.begin(), scopes.begin() + 1, scopes.end());
  for (const UnitId scope : scopes)
    for (const char* const cause : causes_in_order) {
      const auto found = totals.find({scope, cause});
      if (found == totals.end()) continue;
      const CauseTotal& total = found->second;
      RUNUT_ASSIGN(const std::int64_t difference,
                   checked_add(total.now.value, -total.before.value));
      out.row({scope == UnitId{} ? "total" : to_string(scope), cause, std::to_string(total.people),
               cell(total.now), cell(total.before), std::to_string(difference)});
    }
  return out;
}

}  // namespace runut::report
