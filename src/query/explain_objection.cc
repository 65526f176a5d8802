#include <algorithm>
#include <set>

#include "query/explain.h"
#include "query/explain_sections.h"

namespace runut {
namespace {

using Late = ObjectionTerms::Late;

// The periods whose evaluations this month's pay rests on: the one that pays in it, and those whose
// correction a settlement of the month was caused by.
std::set<Period> periods_behind(const PersonFacts& person, const Explanation& out) {
  std::set<Period> periods;
  if (out.rank) periods.insert(out.rank->period);
  if (out.unranked) periods.insert(out.unranked->period);
  if (out.predicate) periods.insert(out.predicate->period);
  for (const CorrectionBranch& posted : out.corrections) {
    for (const AdjustmentFact& fact : person.adjustments)
      if (fact.cause == AdjustmentCause::ranking && holds(posted.causes, fact.sequence))
        periods.insert(fact.period);
    for (const EvaluationFact& evaluation : person.evaluations)
      for (const EvaluationCorrectionFact& fact : evaluation.corrections)
        if (holds(posted.causes, fact.sequence)) periods.insert(evaluation.period);
  }
  return periods;
}

// What facts do not keep of the events: decrees, and who was late.
struct EventsOfObjections {
  std::map<Sequence, Decree> decrees;
  std::map<Sequence, Late> late;
};

Result<EventsOfObjections> read_events(const History& history, const AgencyFacts& agency,
                                       const Explanation& out) {
  EventsOfObjections read;
  ObjectionTerms terms;
  const auto add = [&](const Event& event, const Hash256&) -> Status {
    if (event.is_held()) return {};
    if (auto late = terms.add(event, agency)) read.late.emplace(event.sequence, std::move(*late));
    if (const auto* decided = std::get_if<ObjectionDecided>(&event.payload))
      read.decrees.emplace(event.sequence, decided->decree);
    if (const auto* corrected = std::get_if<EvaluationCorrected>(&event.payload))
      read.decrees.emplace(event.sequence, corrected->decree);
    return {};
  };
  RUNUT_TRY(history.each(subject_of(out.person), std::nullopt, out.head, add));
  return read;
}

void add_correction_of(const EvaluationCorrectionFact& correction, const PersonFacts& person,
                       const EventsOfObjections& read, const Explanation& out,
                       ObjectionBranch& branch) {
  branch.corrected = correction.sequence;
  if (const auto decree = read.decrees.find(correction.sequence); decree != read.decrees.end())
    branch.corrected_by = decree->second;
  for (const AdjustmentFact& fact : person.adjustments)
    if (fact.causation == correction.sequence)
      branch.adjusted.emplace_back(fact.sequence, fact.delta);
  for (const CorrectionBranch& posted : out.corrections) {
    const bool caused =
        holds(posted.causes, correction.sequence) ||
        std::any_of(branch.adjusted.begin(), branch.adjusted.end(),
                    [&](const auto& one) { return holds(posted.causes, one.first); });
    if (caused) branch.posted.push_back(posted.posted);
  }
}

ObjectionBranch branch_of(const ObjectionFact& objection, Period period,
                          const EventsOfObjections& read) {
  ObjectionBranch branch;
  branch.period = period;
  branch.filed = objection.filed;
  branch.requested = objection.requested;
  branch.explained = objection.explained;
  branch.decided = objection.decided;
  branch.upheld = objection.upheld;
  for (const auto& step : {branch.filed, branch.explained, branch.decided}) {
    if (!step) continue;
    if (const auto late = read.late.find(*step); late != read.late.end())
      branch.late.emplace_back(*step, late->second);
    if (const auto decree = read.decrees.find(*step); decree != read.decrees.end())
      branch.decree = decree->second;
  }
  return branch;
}

// What a decree is cited as: number, date, office.
std::string cited(const Telling& on, const Decree& decree) {
  return decree.number + ", " + on.day(decree.date) + ", " + decree.office;
}

std::string late_text(const Telling& on, const Late& late) {
  const std::string did = late.rule == "objection.filed_late" ? on.t("diajukan", "filed")
                          : late.rule == "objection.explained_late"
                              ? on.t("dijelaskan", "explained")
                              : on.t("diputus", "decided");
  return on.say("{} terlambat: {} hari sesudah {} (#{}), paling lama {} hari",
                "{} too late: {} days after {} (#{}), {} days are allowed", did, late.taken,
                on.day(late.since), late.from.value, late.allowed);
}

// What the steps came to.
std::string outcome(const Telling& on, const ObjectionBranch& branch) {
  std::string out;
  if (branch.filed && !branch.decided) {
    out = on.t("Keberatan belum diputus", "The objection is not decided yet");
    if (branch.decision_by)
      out += on.say(", batas waktunya {}", ", it is due by {}", on.day(*branch.decision_by));
    return out + on.t(": sampai diputus, penilaian tetap berlaku.",
                      ": until it is, the evaluation stands.");
  }
  if (branch.decided && !branch.upheld)
    out = on.t(
        "Sesudah diperiksa, keberatan ditolak: karena keberatan ini penilaian dan TPP tidak "
        "berubah.",
        "After examination the objection was dismissed: it changed neither the evaluation "
        "nor the TPP.");
  else if (branch.decided && !branch.corrected)
    out = on.t("Sesudah diperiksa, keberatan dikabulkan; penilaian belum diperbaiki.",
               "After examination the objection was upheld; the evaluation is not corrected yet.");
  else if (branch.decided)
    out = on.t("Sesudah diperiksa, keberatan dikabulkan dan penilaian diperbaiki.",
               "After examination the objection was upheld and the evaluation corrected.");
  else
    out = on.t("Penilaian diperbaiki tanpa keberatan.",
               "The evaluation was corrected without an objection.");
  if (!branch.posted.empty())
    out += on.t(" Selisihnya untuk bulan ini dibukukan sebagai koreksi.",
                " The difference for this month was posted as a correction.");
  return out;
}

}  // namespace

Status Explainer::add_objections(const LoadedFacts& now, Explanation& out) const {
  const PersonFacts& person = now.person(out.person);
  const std::set<Period> periods = periods_behind(person, out);
  std::vector<const EvaluationFact*> disputed;
  for (const EvaluationFact& evaluation : person.evaluations)
    if (periods.contains(evaluation.period) &&
        !(evaluation.objections.empty() && evaluation.corrections.empty()))
      disputed.push_back(&evaluation);
  if (disputed.empty()) return {};
  RUNUT_ASSIGN(const EventsOfObjections read, read_events(*history_, *agency_, out));
  for (const EvaluationFact* const evaluation : disputed) {
    const auto& objections = evaluation->objections;
    std::vector<ObjectionBranch> branches;
    for (const ObjectionFact& objection : objections) {
      branches.push_back(branch_of(objection, evaluation->period, read));
      if (objection.decided) continue;
      const Date filed = local_date(objection.filed_at, out.utc_offset_minutes);
      if (const auto rules = agency_->timeline.in_force(filed, out.head))
        branches.back().decision_by =
            filed + static_cast<int>((*rules)->evaluation.objection.decided_within);
    }
    for (const EvaluationCorrectionFact& correction : evaluation->corrections) {
      // Of the last objection decided before it, where that was upheld and is not corrected yet.
      ObjectionBranch* of = nullptr;
      for (ObjectionBranch& branch : branches)
        if (branch.decided && *branch.decided < correction.sequence) of = &branch;
      if (of == nullptr || !of->upheld || of->corrected) {
        ObjectionBranch own;
        own.period = evaluation->period;
        of = &branches.emplace_back(std::move(own));
      }
      add_correction_of(correction, person, read, out, *of);
    }
    std::move(branches.begin(), branches.end(), std::back_inserter(out.objections));
  }
  return {};
}

Section objection_section(const Telling& on, const ObjectionBranch& objection) {
  const std::string period = period_name(objection.period, on.language);
  Section out{
      objection.filed
          ? on.say("D. Keberatan atas penilaian {}", "D. Objection to the evaluation of {}", period)
          : on.say("D. Perbaikan penilaian {}", "D. Correction of the evaluation of {}", period),
      {Paragraph{outcome(on, objection), true}}};
  Table table;
  table.header = {"#",
                  on.t("Langkah", "Step"),
                  on.say("Dicatat ({})", "Recorded ({})", zone_name(on.from.utc_offset_minutes)),
                  on.t("Pelaku", "Actor"),
                  on.t("Dikenal karena", "Known by"),
                  on.t("Keterangan", "Remark")};
  table.right = {true, false, false, false, false, false};
  const auto step = [&](const std::optional<Sequence>& sequence, std::string remark) {
    if (!sequence) return;
    for (const auto& [late_step, late] : objection.late)
      if (late_step == *sequence) remark += (remark.empty() ? "" : "; ") + late_text(on, late);
    const auto ref =
        std::find_if(on.from.events.begin(), on.from.events.end(),
                     [&](const EventRef& event) { return event.sequence == *sequence; });
    if (ref == on.from.events.end()) return;
    table.rows.push_back({std::to_string(sequence->value), event_name(ref->type, on.language),
                          time_name(ref->recorded_at, on.from.utc_offset_minutes), on.actor(*ref),
                          on.known_by(*ref), std::move(remark)});
  };
  step(objection.filed, "");
  step(objection.requested, "");
  step(objection.explained, "");
  std::string decision =
      objection.upheld ? on.t("dikabulkan", "upheld") : on.t("ditolak", "dismissed");
  if (objection.decree) decision += ", " + cited(on, *objection.decree);
  step(objection.decided, std::move(decision));
  step(objection.corrected,
       objection.corrected_by ? cited(on, *objection.corrected_by) : std::string());
  for (const auto& [adjustment, rate] : objection.adjusted)
    step(adjustment, on.say("tarif penyesuaian menjadi {}", "the adjustment's rate becomes {}",
                            percent(rate, on.language)));
  for (const Sequence posted : objection.posted) step(posted, "");
  out.blocks.emplace_back(std::move(table));
  return out;
}

}  // namespace runut
