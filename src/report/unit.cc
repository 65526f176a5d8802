#include "report/unit.h"

#include <map>
#include <set>

#include "computation/ranking.h"
#include "query/corrected_tier.h"
#include "report/payroll.h"

namespace runut::report {
namespace {

struct Colleague {
  PersonId person;
  const AssignmentFact* post = nullptr;  // the last one of the month in the unit or below
  const PaymentFact* paid = nullptr;     // of a regular run of the month, preferred: one that pays
};

std::vector<Colleague> colleagues(const Facts& facts, const UnitOptions& options) {
  const AgencyFacts& agency = facts.agency();
  const Date first = first_day(options.month);
  const Date last = last_day(options.month);
  std::set<PersonId> people;
  std::set<UnitId> units;
  for (const auto& [unit, ever] : agency.ever_assigned) {
    if (!agency.is_within(unit, options.unit, last, facts.known_at())) continue;
    units.insert(unit);
    people.insert(ever.begin(), ever.end());
  }
  std::map<PersonId, const PaymentFact*> payments;
  for (const PaidRun& run : paid_runs(facts, options.month, std::nullopt)) {
    if (run.run.kind != RunKind::regular) continue;
    for (const PaymentFact* const fact : run.payments) {
      const PaymentFact*& of = payments[fact->payment.person];
      if (of == nullptr || of->payment.left_out) of = fact;
    }
  }
  std::vector<Colleague> out;
  for (const PersonId person : people) {
    Colleague one{person, nullptr, nullptr};
    for (const AssignmentFact& post : facts.person(person).assignments)
      if (units.contains(post.unit) && post.days.from <= last && post.days.until >= first)
        one.post = &post;
    if (one.post == nullptr) continue;
    if (const auto paid = payments.find(person); paid != payments.end()) one.paid = paid->second;
    out.push_back(one);
  }
  return out;
}

struct ReportCounts {
  std::uint32_t filed = 0, approved = 0, waiting = 0, returned = 0, rejected = 0;
  std::int64_t approved_minutes = 0;
};

ReportCounts count_reports(const MonthFacts& month) {
  ReportCounts out;
  for (const ReportFact& report : month.reports) {
    if (report.state == ReportState::withdrawn || report.state == ReportState::superseded) continue;
    ++out.filed;
    switch (report.state) {
      case ReportState::approved:
        ++out.approved;
        out.approved_minutes += report.minutes.value;  // at most 1440 a report
        break;
      case ReportState::submitted: ++out.waiting; break;
      case ReportState::returned: ++out.returned; break;
      case ReportState::rejected: ++out.rejected; break;
      case ReportState::withdrawn:
      case ReportState::superseded: break;
    }
  }
  return out;
}

Section people_section(const Facts& facts, const UnitOptions& options,
                       const std::vector<Colleague>& people) {
  Section out{"people",
              {"Pegawai", "People"},
              {{"person", {"Pegawai", "Person"}},
               {"unit", {"Unit", "Unit"}},
               {"post", {"Jabatan", "Post"}},
               {"job_class", {"Kelas", "Class"}, Measure::count},
               {"grade", {"Golongan", "Grade"}},
               {"appraiser", {"Penilai", "Appraiser"}},
               {"reports", {"Laporan", "Reports"}, Measure::count},
               {"approved", {"Disetujui", "Approved"}, Measure::count},
               {"waiting", {"Menunggu", "Waiting"}, Measure::count},
               {"returned", {"Dikembalikan", "Returned"}, Measure::count},
               {"rejected", {"Ditolak", "Rejected"}, Measure::count},
               {"approved_minutes", {"Menit disetujui", "Approved minutes"}, Measure::count},
               {"required", {"Menit wajib", "Required minutes"}, Measure::count},
               {"counted", {"Menit dihitung", "Counted minutes"}, Measure::count},
               {"productivity", {"Produktivitas %", "Productivity %"}, Measure::hundredths},
               {"discipline", {"Disiplin %", "Discipline %"}, Measure::hundredths},
               {"performance_factor", {"Faktor %", "Factor %"}, Measure::hundredths}},
              {}};
  const Date last = last_day(options.month);
  for (const Colleague& one : people) {
    const PersonFacts& person = facts.person(one.person);
    const ReportCounts reports = count_reports(facts.month(one.person, options.month));
    const auto* const grade = person.grade_on(last);
    const auto* const appraiser = person.appraiser_on(last);
    const TppPaymentComputed* const paid =
        one.paid == nullptr || one.paid->payment.left_out ? nullptr : &one.paid->payment;
    out.row({to_string(one.person), to_string(one.post->unit), one.post->post,
             std::to_string(one.post->job_class), grade == nullptr ? "" : grade->value,
             appraiser == nullptr ? "" : to_string(appraiser->value.appraiser),
             std::to_string(reports.filed), std::to_string(reports.approved),
             std::to_string(reports.waiting), std::to_string(reports.returned),
             std::to_string(reports.rejected), std::to_string(reports.approved_minutes),
             paid == nullptr ? "" : std::to_string(paid->required.value),
             paid == nullptr ? "" : std::to_string(paid->approved.value),
             paid == nullptr ? "" : percent_cell(paid->productivity),
             paid == nullptr ? "" : percent_cell(paid->discipline),
             paid == nullptr ? "" : percent_cell(paid->performance_factor)});
  }
  return out;
}

// The newest period that ended by that day and places the person.
const PlacementFact* placement_of(const Facts& facts, PersonId person, Date day) {
  const auto& rankings = facts.agency().rankings;
  for (auto at = rankings.rbegin(); at != rankings.rend(); ++at) {
    if (last_day(at->first) > day) continue;
    const GroupFact* const group = published_group(facts, at->first, person);
    if (group == nullptr) continue;
    for (const PlacementFact& place : group->placements)
      if (place.placed.person == person) return &place;
  }
  return nullptr;
}

Section ranks_section(const Facts& facts, const UnitOptions& options,
                      const std::vector<Colleague>& people) {
  Section out{"ranks",
              {"Peringkat", "Ranks"},
              {{"person", {"Pegawai", "Person"}},
               {"period", {"Periode", "Period"}},
               {"group", {"Kelompok", "Group"}},
               {"rank", {"Peringkat", "Rank"}, Measure::count},
               {"score", {"Nilai", "Score"}, Measure::hundredths},
               {"tier", {"Jenjang", "Tier"}, Measure::word},
               {"tier_now", {"Jenjang kini", "Tier now"}, Measure::word},
               {"event", {"Peristiwa", "Event"}, Measure::count}},
              {}};
  for (const Colleague& one : people) {
    const PlacementFact* const place = placement_of(facts, one.person, last_day(options.month));
    if (place == nullptr) continue;
    const RankingMemberPlaced& of = place->placed;
    out.row({to_string(one.person), to_string(of.period), of.group, std::to_string(of.rank),
             to_string(of.score), std::string(to_string(of.tier)),
             std::string(to_string(tier_now(facts, *place))),
             std::to_string(place->sequence.value)});
  }
  return out;
}

Result<Section> pay_section_of(const std::vector<Colleague>& people) {
  Section out{"pay",
              {"TPP", "Pay"},
              {{"person", {"Pegawai", "Person"}},
               {"run", {"Daftar", "Run"}},
               {"left_out", {"Tidak dibayar karena", "Not paid because"}, Measure::word},
               {"gross", {"Bruto", "Gross"}, Measure::rupiah},
               {"adjustment", {"Penyesuaian", "Adjustment"}, Measure::rupiah},
               {"taxable", {"Kena pajak", "Taxable"}, Measure::rupiah},
               {"net", {"Neto", "Net"}, Measure::rupiah},
               {"event", {"Peristiwa", "Event"}, Measure::count}},
              {}};
  for (const Colleague& one : people) {
    if (one.paid == nullptr) {
      out.row({to_string(one.person), "", "not_computed", "", "", "", "", ""});
      continue;
    }
    const TppPaymentComputed& paid = one.paid->payment;
    RUNUT_ASSIGN(const Rupiah adjustment, sum_of(paid, LineKind::adjustment));
    out.row({to_string(one.person), to_string(paid.run),
             paid.left_out ? std::string(to_string(*paid.left_out)) : "", cell(paid.gross),
             cell(adjustment), cell(paid.taxable), cell(paid.net),
             std::to_string(one.paid->sequence.value)});
  }
  return out;
}

}  // namespace

Result<Report> unit_report(const Sources& sources, const UnitOptions& options) {
  const Facts& facts = sources.facts;
  if (facts.agency().unit(options.unit, facts.known_at()) == nullptr)
    return fail(Error{ErrorCode::not_found, "unit.unknown", "unit", to_string(options.unit),
                      "no unit has that id"});
  RUNUT_ASSIGN(Report out, begin_report(sources, "unit", {"Laporan unit", "Unit report"},
                                        unit_name(facts, options.unit) + ", " +
                                            month_name(options.month, sources.language)));
  const std::vector<Colleague> people = colleagues(facts, options);
  RUNUT_ASSIGN(Section pay, pay_section_of(people));
  out.sections = {people_section(facts, options, people), ranks_section(facts, options, people),
                  std::move(pay)};
  return out;
}

}  // namespace runut::report
