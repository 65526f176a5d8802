// What an explanation says of the predicate: as it was known when the month was computed, and what
// became of it since.
#include <algorithm>

#include "computation/person_predicate.h"
#include "computation/tpp.h"
#include "query/explain.h"
#include "query/explain_sections.h"

namespace runut {
namespace {

std::optional<PredicateBranch::Shown> shown_in(const Facts& facts, PersonId person, Period period) {
  const EvaluationFact* const evaluation = facts.person(person).evaluation(period);
  if (evaluation == nullptr || !evaluation->predicate()) return std::nullopt;
  return PredicateBranch::Shown{*evaluation->predicate(), evaluation->standing()};
}

// The line of this month that the predicate pays.
Rupiah amount_of(const TppPaymentComputed& payment, Sequence event) {
  Rupiah out;
  for (const PaymentLine& line : payment.lines)
    if (line.kind == LineKind::adjustment && holds(line.causes, event))
      out.value += line.amount.value;
  return out;
}

std::string shown_text(const Telling& on, const PredicateBranch::Shown& shown) {
  return on.w(shown.predicate) + ", " + on.event(shown.event);
}

}  // namespace

Status Explainer::add_predicate(const LoadedFacts& then, const LoadedFacts& now, const Rules& rules,
                                Explanation& out) const {
  if (rules->evaluation.regime != Regime::predicate) return {};
  PredicateBranch branch;
  branch.period = period_paid_in(rules, out.month);
  if (rules->tpp.predicate) branch.rate = rules.rule(Parameter::predicate_bp);
  const PersonFacts& person = then.person(out.person);
  if (const AssignmentFact* const post = person.assignment_near(last_day(branch.period)))
    if (const UnitPredicateFact* const of_unit =
            then.agency().unit_predicate(post->unit, branch.period, then.known_at())) {
      branch.unit = of_unit->predicate;
      branch.unit_event = of_unit->sequence;
    }
  branch.shown = shown_in(then, out.person, branch.period);
  branch.since = shown_in(now, out.person, branch.period);
  if (branch.since && branch.shown && branch.since->event == branch.shown->event)
    branch.since.reset();
  if (branch.shown) {
    const Date told =
        local_date(*person.evaluation(branch.period)->delivered_at, out.utc_offset_minutes);
    RUNUT_ASSIGN(const Rules evaluated, ranking_rules(then, told));
    branch.quadrant = evaluated.rule(Parameter::predicate_quadrant);
    RUNUT_ASSIGN(const auto rated, compute_predicate(then, out.person, branch.period,
                                                     evaluated->evaluation.predicate));
    if (rated) {
      branch.given = rated->given;
      branch.ratings = rated->events;
    }
    if (branch.rate)
      branch.delta =
          rules->tpp.predicate->at(static_cast<std::size_t>(branch.shown->predicate) - 1);
    branch.amount = amount_of(out.payment, branch.shown->event);
  }
  out.predicate = std::move(branch);
  return {};
}

Section predicate_section(const Telling& on, const PredicateBranch& branch) {
  Section out{on.t("A. Predikat kinerja", "A. The performance predicate"), {}};
  const std::string period = period_name(branch.period, on.language);
  FactList facts;
  facts.rows.emplace_back(on.t("Periode", "Period"), period);
  if (branch.unit)
    facts.rows.emplace_back(on.t("Predikat unit kerja", "Predicate of the unit"),
                            on.w(*branch.unit) + ", " + on.event(branch.unit_event));
  if (branch.shown) {
    std::string shown = shown_text(on, *branch.shown);
    facts.rows.emplace_back(on.t("Predikat pegawai", "Predicate of the person"), shown);
    if (branch.given)
      facts.rows.emplace_back(
          on.t("Dinilai", "Rated"),
          on.say("hasil kerja {}, perilaku {} ({})", "work result {}, behaviour {} ({})",
                 on.w(branch.given->result), on.w(branch.given->behaviour),
                 on.sequences(branch.ratings)));
  }
  if (branch.quadrant)
    facts.rows.emplace_back(on.t("Dasar", "Clause"), on.clause(branch.quadrant->provenance) + " (" +
                                                         on.w(branch.quadrant->provenance.status) +
                                                         "; " + branch.quadrant->document + ")");
  if (branch.shown && branch.rate)
    facts.rows.emplace_back(
        on.t("Akibat bulan ini", "Effect this month"),
        on.say("{} = {}, menurut {}", "{} = {}, by {}", percent(branch.delta, on.language),
               on.change(branch.amount), on.clause(branch.rate->provenance)));
  if (branch.since) facts.rows.emplace_back(on.t("Kini", "Now"), shown_text(on, *branch.since));
  out.blocks.emplace_back(std::move(facts));
  if (!branch.shown)
    out.blocks.emplace_back(Paragraph{
        on.say("Ketika bulan ini dihitung belum ada predikat yang disampaikan untuk {}.",
               "When this month was computed no predicate had been delivered for {}.", period),
        true});
  if (!branch.rate)
    out.blocks.emplace_back(
        Paragraph{on.t("Aturan bulan ini tidak membayar menurut predikat: predikat tidak menambah "
                       "atau mengurangi TPP.",
                       "The rules of this month pay nothing by predicate: it adds nothing to the "
                       "TPP and takes nothing from it.")});
  return out;
}

}  // namespace runut
