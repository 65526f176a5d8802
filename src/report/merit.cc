#include "report/merit.h"

#include <algorithm>
#include <map>

#include "computation/ranking.h"
#include "query/corrected_tier.h"
#include "report/merit_people.h"
#include "report/merit_predicates.h"
#include "report/payroll.h"

namespace runut::report {
namespace {

const Column group_column{"group", {"Kelompok", "Group"}};
const Column member_column{"person", {"Pegawai", "Person"}};
const Column event_column{"event", {"Peristiwa", "Event"}, Measure::count};

// "U13" is a unit's group: its name says more.
std::string group_name(const Facts& facts, const std::string& group) {
  const auto unit = parse_unit_id(group.substr(0, group.find('/')));
  return unit ? unit_name(facts, *unit) : std::string();
}

std::string share(std::uint32_t part, std::uint32_t whole_of) {
  if (whole_of == 0) return "0.00";
  const auto bp = mul_div(part, whole.value, whole_of, Rounding::half_up);
  return bp ? percent_cell(BasisPoints{*bp}) : std::string();
}

Result<Section> distribution_section(const Sources& sources, const RankingFact& ranking) {
  Section out{"distribution",
              {"Sebaran kelompok", "Distribution"},
              {group_column,
               {"group_name", {"Nama kelompok", "Group's name"}},
               {"members", {"Anggota", "Members"}, Measure::count},
               {"above", {"Di atas", "Above"}, Measure::count},
               {"meets", {"Sesuai", "Meets"}, Measure::count},
               {"below", {"Di bawah", "Below"}, Measure::count},
               {"above_share", {"Di atas %", "Above %"}, Measure::hundredths},
               {"below_share", {"Di bawah %", "Below %"}, Measure::hundredths},
               {"cutoff_above", {"Batas atas", "Upper cut-off"}, Measure::hundredths},
               {"cutoff_below", {"Batas bawah", "Lower cut-off"}, Measure::hundredths},
               {"ties", {"Nilai sama", "Ties"}, Measure::count},
               {"decree", {"Keputusan", "Decree"}},
               {"signatory", {"Penanda tangan", "Signatory"}},
               event_column,
               {"hash", {"Hash", "Hash"}}},
              {}};
  for (const auto& [name, group] : ranking.groups) {
    const std::string called = group_name(sources.facts, name);
    const std::string ties = std::to_string(group.ties.size());
    if (!group.published) {
      out.row({name, called, std::to_string(group.members.size()), "", "", "", "", "", "", "", ties,
               "", "", "", ""});
      continue;
    }
    const RankingPublished& of = *group.published;
    RUNUT_ASSIGN(const SourceEvent source, sources.read(group.published_at));
    out.row({name, called, std::to_string(of.members), std::to_string(of.above),
             std::to_string(of.members - of.above - of.below), std::to_string(of.below),
             share(of.above, of.members), share(of.below, of.members),
             optional_cell(of.cutoff_above), optional_cell(of.cutoff_below), ties, of.decree.number,
             to_string(of.decree.signatory) + ", " + of.decree.office,
             std::to_string(group.published_at.value), to_hex(source.leaf.view())});
  }
  return out;
}

Section members_section(const Facts& facts, const RankingFact& ranking) {
  Section out{"members",
              {"Peringkat", "Ranking"},
              {group_column,
               {"rank", {"Peringkat", "Rank"}, Measure::count},
               member_column,
               {"unit", {"Unit", "Unit"}},
               {"score", {"Nilai", "Score"}, Measure::hundredths},
               {"result", {"Hasil kerja", "Result"}, Measure::hundredths},
               {"behaviour", {"Perilaku", "Behaviour"}, Measure::hundredths},
               {"discipline", {"Disiplin %", "Discipline %"}, Measure::hundredths},
               {"tier", {"Jenjang", "Tier"}, Measure::word},
               {"tier_now", {"Jenjang kini", "Tier now"}, Measure::word},
               event_column},
              {}};
  for (const auto& [name, group] : ranking.groups)
    for (const PlacementFact& place : group.placements) {
      const RankingMemberPlaced& of = place.placed;
      out.row({name, std::to_string(of.rank), to_string(of.person), to_string(of.unit),
               to_string(of.score), to_string(of.result), to_string(of.behaviour),
               percent_cell(of.discipline), std::string(to_string(of.tier)),
               std::string(to_string(tier_now(facts, place))),
               std::to_string(place.sequence.value)});
    }
  return out;
}

// The events that a place rests on, in the order of the log.
std::vector<Sequence> evidence_of(const Facts& facts, const PlacementFact& place) {
  std::vector<Sequence> out{place.sequence};
  const EvaluationFact* const evaluation =
      facts.person(place.placed.person).evaluation(place.placed.period);
  if (evaluation == nullptr) return out;
  for (const WorkResultFact& one : evaluation->results) out.push_back(one.sequence);
  for (const BehaviourFact& one : evaluation->behaviours) out.push_back(one.sequence);
  if (evaluation->innovation) out.push_back(*evaluation->innovation);
  if (evaluation->delivered) out.push_back(*evaluation->delivered);
  if (const SurveyFact* const survey =
          facts.person(place.placed.person).survey(place.placed.period);
      survey != nullptr && survey->closed)
    out.push_back(survey->closed->sequence);
  for (const EvaluationCorrectionFact& one : evaluation->corrections) out.push_back(one.sequence);
  for (const ObjectionFact& one : evaluation->objections) {
    out.push_back(one.filed);
    for (const auto& then : {one.requested, one.explained, one.decided})
      if (then) out.push_back(*then);
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<Section> evidence_section(const Sources& sources, const RankingFact& ranking) {
  Section out{"evidence",
              {"Bukti", "Evidence"},
              {group_column,
               member_column,
               event_column,
               {"type", {"Jenis peristiwa", "Type"}, Measure::word},
               {"recorded_at", {"Dicatat", "Recorded"}},
               {"actor", {"Pelaku", "Actor"}},
               {"hash", {"Hash", "Hash"}}},
              {}};
  const int offset = sources.facts.agency().utc_offset_minutes();
  for (const auto& [name, group] : ranking.groups)
    for (const PlacementFact& place : group.placements)
      for (const Sequence sequence : evidence_of(sources.facts, place)) {
        RUNUT_ASSIGN(const SourceEvent source, sources.read(sequence));
        const auto actor = source.event.actor.person();
        out.row({name, to_string(place.placed.person), std::to_string(sequence.value),
                 std::string(to_string(source.event.type())),
                 time_name(source.event.recorded_at, offset),
                 actor ? to_string(*actor) : std::string("system"), to_hex(source.leaf.view())});
      }
  return out;
}

std::string sequence_cell(const std::optional<Sequence>& sequence) {
  return sequence ? std::to_string(sequence->value) : std::string();
}

Section objections_section(const Facts& facts, Period period) {
  Section out{"objections",
              {"Keberatan", "Objections"},
              {member_column,
               {"filed_on", {"Diajukan", "Filed"}},
               {"decided_on", {"Diputuskan", "Decided"}},
               {"outcome", {"Putusan", "Outcome"}, Measure::word},
               {"filed", {"Peristiwa pengajuan", "Filing"}, Measure::count},
               {"explained", {"Penjelasan", "Explanation"}, Measure::count},
               {"decided", {"Peristiwa putusan", "Decision"}, Measure::count},
               {"corrected", {"Koreksi penilaian", "Correction"}, Measure::count}},
              {}};
  const int offset = facts.agency().utc_offset_minutes();
  for (const auto& [person, registered] : facts.agency().persons) {
    const EvaluationFact* const evaluation = facts.person(person).evaluation(period);
    if (evaluation == nullptr) continue;
    for (const ObjectionFact& one : evaluation->objections) {
      std::optional<Sequence> corrected;
      for (const EvaluationCorrectionFact& correction : evaluation->corrections)
        if (one.upheld && correction.sequence > one.filed && !corrected)
          corrected = correction.sequence;
      out.row({to_string(person), to_string(local_date(one.filed_at, offset)),
               one.decided_at ? to_string(local_date(*one.decided_at, offset)) : "",
               !one.decided ? "open"
               : one.upheld ? "upheld"
                            : "rejected",
               std::to_string(one.filed.value), sequence_cell(one.explained),
               sequence_cell(one.decided), sequence_cell(corrected)});
    }
  }
  return out;
}

Section unranked_section(const Facts& facts, const RankingFact& ranking) {
  Section out{
      "unranked",
      {"Tidak diperingkat", "Unranked"},
      {member_column, {"unit", {"Unit", "Unit"}}, {"reason", {"Sebab", "Reason"}, Measure::word}},
      {}};
  for (const auto& [person, reason] : ranking.unranked) {
    const AssignmentFact* const post =
        facts.person(person).assignment_near(last_day(ranking.period));
    out.row({to_string(person), post == nullptr ? "" : to_string(post->unit),
             std::string(to_string(reason))});
  }
  return out;
}

struct UnitPlans {
  std::uint32_t people = 0, plans = 0, on_time = 0, results = 0, linked = 0;
};

Status count_plan(const Sources& sources, const PlanFact& plan, UnitPlans& of) {
  for (const PlannedResult& result : plan.results) {
    ++of.results;
    of.linked += result.indicator ? 1U : 0U;
  }
  if (plan.approvals.empty()) return {};
  ++of.plans;
  RUNUT_ASSIGN(const SourceEvent approved, sources.read(plan.approvals.front()));
  of.on_time += approved.event.occurred_on <= first_day(plan.period) ? 1U : 0U;
  return {};
}

// Shares of plans agreed by the period's first day, and of results that serve an indicator.
Result<Section> plans_section(const Sources& sources, const RankingFact& ranking) {
  const Facts& facts = sources.facts;
  Section out{"plans",
              {"Rencana kinerja", "Plans"},
              {{"unit", {"Unit", "Unit"}},
               {"unit_name", {"Nama unit", "Unit's name"}},
               {"people", {"Pegawai", "People"}, Measure::count},
               {"plans", {"Disetujui", "Approved"}, Measure::count},
               {"on_time", {"Tepat waktu", "On time"}, Measure::count},
               {"on_time_share", {"Tepat waktu %", "On time %"}, Measure::hundredths},
               {"results", {"Hasil", "Results"}, Measure::count},
               {"linked", {"Terhubung IKU", "Linked"}, Measure::count},
               {"linked_share", {"Terhubung %", "Linked %"}, Measure::hundredths}},
              {}};
  std::map<UnitId, UnitPlans> units;
  for (const auto& [name, group] : ranking.groups)
    for (const GroupMemberFact& member : group.members) {
      UnitPlans& of = units[member.unit];
      ++of.people;
      const PlanFact* const plan = facts.person(member.person).plan(ranking.period);
      if (plan != nullptr) RUNUT_TRY(count_plan(sources, *plan, of));
    }
  for (const auto& [unit, of] : units)
    out.row({to_string(unit), unit_name(facts, unit), std::to_string(of.people),
             std::to_string(of.plans), std::to_string(of.on_time), share(of.on_time, of.people),
             std::to_string(of.results), std::to_string(of.linked), share(of.linked, of.results)});
  return out;
}

struct TierPay {
  Rupiah amount;
  std::uint32_t people = 0;
};

// The decision of the period's ranking that the line pays; null: it pays something else.
const AdjustmentFact* decided_by(const Facts& facts, const PaymentFact& fact,
                                 const PaymentLine& line, Period period) {
  if (line.kind != LineKind::adjustment) return nullptr;
  for (const AdjustmentFact& one : facts.person(fact.payment.person).adjustments)
    if (one.cause == AdjustmentCause::ranking && one.period == period &&
        std::find(line.causes.begin(), line.causes.end(), one.sequence) != line.causes.end())
      return &one;
  return nullptr;
}

// Adjustment lines of the months that the tiers pay or cost.
Result<Section> pay_section(const Facts& facts, const RankingFact& ranking) {
  Section out{"pay",
              {"Pengaruh pada TPP", "Effect on pay"},
              {{"month", {"Bulan", "Month"}},
               {"tier", {"Jenjang", "Tier"}, Measure::word},
               {"people", {"Pegawai", "People"}, Measure::count},
               {"amount", {"Jumlah", "Amount"}, Measure::rupiah}},
              {}};
  for (const Month month : adjustment_months(facts, ranking.period)) {
    std::map<Tier, TierPay> tiers;
    for (const PaidRun& run : paid_runs(facts, month, std::nullopt)) {
      if (!run.locked || run.run.kind != RunKind::regular) continue;
      for (const PaymentFact* const fact : run.payments)
        for (const PaymentLine& line : fact->payment.lines) {
          const AdjustmentFact* const of = decided_by(facts, *fact, line, ranking.period);
          if (of == nullptr) continue;
          TierPay& tier = tiers[of->delta.value > 0 ? Tier::above : Tier::below];
          RUNUT_TRY(add_to(tier.amount, line.amount));
          ++tier.people;
        }
    }
    for (const auto& [tier, pay] : tiers)
      out.row({to_string(month), std::string(to_string(tier)), std::to_string(pay.people),
               cell(pay.amount)});
  }
  return out;
}

}  // namespace

Result<Report> merit_report(const Sources& sources, Period period) {
  const Facts& facts = sources.facts;
  const auto found = facts.agency().rankings.find(period);
  const bool is_ranked = found != facts.agency().rankings.end();
  if (!is_ranked && !has_predicates(facts, period))
    return fail(Error{ErrorCode::not_found, "ranking.not_frozen", "period", to_string(period),
                      "no group of it was frozen, no unit has its predicate"});
  RankingFact nobody_ranked;  // the predicate regime has no ranking
  nobody_ranked.period = period;
  const RankingFact& ranking = is_ranked ? found->second : nobody_ranked;
  RUNUT_ASSIGN(Report out, begin_report(sources, "merit", {"Laporan merit", "Merit report"},
                                        period_name(period, sources.language)));
  RUNUT_ASSIGN(Section distribution, distribution_section(sources, ranking));
  RUNUT_ASSIGN(Section evidence, evidence_section(sources, ranking));
  RUNUT_ASSIGN(Section plans, plans_section(sources, ranking));
  RUNUT_ASSIGN(Section pay, pay_section(facts, ranking));
  out.sections = {std::move(distribution),
                  members_section(facts, ranking),
                  std::move(evidence),
                  objections_section(facts, period),
                  unranked_section(facts, ranking),
                  std::move(plans),
                  dialogues_section(facts, ranking),
                  evaluations_section(facts, period, out.written_at),
                  std::move(pay),
                  predicates_section(facts, period)};
  return out;
}

}  // namespace runut::report
