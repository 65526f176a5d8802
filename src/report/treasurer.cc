#include "report/treasurer.h"

#include <map>
#include <tuple>

#include "computation/acting.h"
#include "report/treasurer_people.h"

namespace runut::report {
namespace {

// --- runs

struct Order {
  std::string spp, spm, sp2d;
};
Result<Order> order_of(const Sources& sources, const PaidRun& run) {
  if (!run.locked || run.fact->ordered.empty()) return Order{};
  RUNUT_ASSIGN(const SourceEvent source, sources.read(run.fact->ordered.front()));
  const auto* const ordered = std::get_if<PaymentOrdered>(&source.event.payload);
  if (ordered == nullptr)
    return fail(ErrorCode::corrupt,
                "sequence " + std::to_string(source.event.sequence.value) + " orders no payment");
  return Order{ordered->spp, ordered->spm, ordered->sp2d};
}

std::string first_of(const std::vector<Sequence>& events) {
  return events.empty() ? "" : std::to_string(events.front().value);
}

// Eligible people by paying unit, of the units without a regular run of the month.
std::map<UnitId, std::uint64_t> waiting_for_a_run(const Facts& facts, const Runs& runs,
                                                  const TreasurerOptions& options) {
  const AgencyFacts& agency = facts.agency();
  std::map<UnitId, std::uint64_t> out;
  for (const auto& [id, unit] : agency.units)
    if (unit.paying && (!options.unit || *options.unit == id)) out.emplace(id, 0);
  for (const PaidRun& run : runs)
    if (run.run.kind == RunKind::regular) out.erase(run.run.unit);
  if (out.empty()) return out;
  for (const auto& [person, registered] : agency.persons) {
    const AssignmentFact* const post =
        facts.person(person).assignment_near(last_day(options.month));
    if (post == nullptr || !post->tpp_eligible || post->days.from > last_day(options.month) ||
        post->days.until < first_day(options.month))
      continue;
    const auto payer = agency.paying_unit(post->unit, last_day(options.month), facts.known_at());
    const auto waiting = payer ? out.find(*payer) : out.end();
    if (waiting != out.end()) ++waiting->second;
  }
  std::erase_if(out, [](const auto& unit) { return unit.second == 0; });
  return out;
}

Result<Section> runs_section(const Sources& sources, const Runs& runs,
                             const TreasurerOptions& options) {
  Section out{"runs",
              {"Daftar pembayaran", "Runs"},
              {run_column,
               agency_unit,
               {"unit_name", {"Nama unit", "Unit's name"}},
               {"kind", {"Jenis", "Kind"}, Measure::word},
               {"state", {"Keadaan", "State"}, Measure::word},
               {"payees", {"Dibayar", "Payees"}, Measure::count},
               {"left_out", {"Tidak dibayar", "Left out"}, Measure::count},
               {"total", {"Jumlah", "Total"}, Measure::rupiah},
               {"over_budget", {"Di atas pagu", "Over budget"}, Measure::rupiah},
               {"spp", {"SPP", "SPP"}},
               {"spm", {"SPM", "SPM"}},
               {"sp2d", {"SP2D", "SP2D"}},
               {"computed", {"Dihitung", "Computed"}, Measure::count},
               {"locked", {"Dikunci", "Locked"}, Measure::count},
               {"ordered", {"Diperintahkan", "Ordered"}, Measure::count},
               {"confirmed", {"Dibayarkan", "Confirmed"}, Measure::count}},
              {}};
  for (const PaidRun& run : runs) {
    RUNUT_ASSIGN(const Order order, order_of(sources, run));
    const TppRunComputed& header = run.computed->header;
    const RunFact::Locked* const lock = run.fact->lock(sources.facts.known_at());
    out.row({to_string(run.run), to_string(run.run.unit), unit_name(sources.facts, run.run.unit),
             std::string(to_string(run.run.kind)), std::string(state_of(run)),
             std::to_string(header.payees), std::to_string(header.left_out), cell(header.total),
             header.over_budget ? cell(*header.over_budget) : "", order.spp, order.spm, order.sp2d,
             std::to_string(run.computed->sequence.value),
             lock == nullptr ? "" : std::to_string(lock->sequence.value),
             run.locked ? first_of(run.fact->ordered) : "",
             run.locked ? first_of(run.fact->confirmed) : ""});
  }
  for (const auto& [unit, people] : waiting_for_a_run(sources.facts, runs, options))
    out.row({"", to_string(unit), unit_name(sources.facts, unit), "regular", "not_computed", "",
             std::to_string(people), "", "", "", "", "", "", "", "", ""});
  return out;
}

// --- totals by kind and component, against the month before

struct LineTotal {
  Rupiah now;
  Rupiah before;
  std::uint64_t people = 0;
};
// Unit (0: the agency), kind, component, code: the order of the rulebook's lines.
using TotalKey = std::tuple<UnitId, LineKind, Component, std::string>;
using Totals = std::map<TotalKey, LineTotal>;

Status add_payments(const Runs& runs, Rupiah LineTotal::*into, Totals& totals) {
  for (const PaidRun& run : runs)
    for (const PaymentFact* const fact : run.payments)
      for (const PaymentLine& line : fact->payment.lines)
        for (const UnitId unit : {run.run.unit, UnitId{}}) {
          LineTotal& total =
              totals[{unit, line.kind, line.component.value_or(Component{}), line.code}];
          RUNUT_TRY(add_to(total.*into, line.amount));
          if (into == &LineTotal::now) ++total.people;
        }
  return {};
}

Result<Section> totals_section(const Runs& now, const Runs& before) {
  Section out{"totals",
              {"Jumlah menurut jenis", "Totals by kind"},
              {agency_unit,
               {"line", {"Baris", "Line"}, Measure::word},
               {"component", {"Komponen atau kode", "Component or code"}, Measure::word},
               {"lines", {"Banyaknya", "Lines"}, Measure::count},
               {"amount", {"Jumlah", "Amount"}, Measure::rupiah},
               {"month_before", {"Bulan sebelumnya", "Month before"}, Measure::rupiah},
               {"difference", {"Selisih", "Difference"}, Measure::rupiah}},
              {}};
  Totals totals;
  RUNUT_TRY(add_payments(now, &LineTotal::now, totals));
  RUNUT_TRY(add_payments(before, &LineTotal::before, totals));
  std::map<UnitId, LineTotal> nets;
  const auto row = [&](UnitId unit, std::string line, std::string component,
                       const LineTotal& total) -> Status {
    RUNUT_ASSIGN(const std::int64_t difference, checked_add(total.now.value, -total.before.value));
    out.row({unit == UnitId{} ? "total" : to_string(unit), std::move(line), std::move(component),
             std::to_string(total.people), cell(total.now), cell(total.before),
             std::to_string(difference)});
    return {};
  };
  // The agency's own rows come last.
  for (const bool agency : {false, true})
    for (auto at = totals.begin(); at != totals.end(); ++at) {
      const auto& [key, total] = *at;
      const auto& [unit, kind, component, code] = key;
      if ((unit == UnitId{}) != agency) continue;
      RUNUT_TRY(row(unit, line_name(kind),
                    component == Component{} ? code : std::string(to_string(component)), total));
      LineTotal& net = nets[unit];
      RUNUT_TRY(add_to(net.now, total.now));
      RUNUT_TRY(add_to(net.before, total.before));
      net.people += total.people;
      const auto next = std::next(at);
      if (next == totals.end() || std::get<0>(next->first) != unit)
        RUNUT_TRY(row(unit, "net", "", net));
    }
  return out;
}

// --- what was earned of each component's ceilings

struct ComponentTotal {
  Rupiah ceiling;
  Rupiah earned;
  std::uint64_t people = 0;
};

Status add_ceilings(const Facts& facts, const PaidRun& run,
                    std::map<std::pair<UnitId, Component>, ComponentTotal>& totals) {
  const AgencyFacts& agency = facts.agency();
  RUNUT_ASSIGN(const Rules rules, payment_rules(facts, run.run.month));
  for (const PaymentFact* const fact : run.payments) {
    if (fact->payment.left_out) continue;
    RUNUT_ASSIGN(const PersonMonth month,
                 person_month(facts, fact->payment.person, run.run.month, rules));
    const PersonDay* const day = month.last_eligible();
    for (const PaymentLine& line : fact->payment.lines) {
      if (line.kind != LineKind::earned || !line.component) continue;
      ComponentTotal& total = totals[{run.run.unit, *line.component}];
      RUNUT_TRY(add_to(total.earned, line.amount));
      ++total.people;
      if (day == nullptr || day->assignment == nullptr) continue;
      if (line.component == Component::acting) {
        RUNUT_ASSIGN(const Rupiah share, acting_ceiling(facts, month));
        RUNUT_TRY(add_to(total.ceiling, share));
        continue;
      }
      const AssignmentFact& post = *day->assignment;
      const CeilingFact* const ceiling = agency.ceiling(*line.component, post.job_class, post.unit,
                                                        post.post, day->day, facts.known_at());
      if (ceiling != nullptr) RUNUT_TRY(add_to(total.ceiling, ceiling->amount));
    }
  }
  return {};
}

Result<Section> components_section(const Facts& facts, const Runs& runs) {
  Section out{"components",
              {"Komponen terhadap plafon", "Components and ceilings"},
              {agency_unit,
               {"component", {"Komponen", "Component"}, Measure::word},
               {"people", {"Pegawai", "People"}, Measure::count},
               {"ceiling", {"Plafon", "Ceiling"}, Measure::rupiah},
               {"earned", {"Diperoleh", "Earned"}, Measure::rupiah},
               {"below_ceiling", {"Di bawah plafon", "Below the ceiling"}, Measure::rupiah}},
              {}};
  std::map<std::pair<UnitId, Component>, ComponentTotal> totals;
  for (const PaidRun& run : runs)
    if (run.run.kind == RunKind::regular) RUNUT_TRY(add_ceilings(facts, run, totals));
  for (const auto& [key, total] : totals) {
    RUNUT_ASSIGN(const std::int64_t below, checked_add(total.ceiling.value, -total.earned.value));
    out.row({to_string(key.first), std::string(to_string(key.second)), std::to_string(total.people),
             cell(total.ceiling), cell(total.earned), std::to_string(below)});
  }
  return out;
}

// --- budgets

Result<Section> budget_section(const Facts& facts, const TreasurerOptions& options) {
  Section out{"budget",
              {"Pagu anggaran", "Budgets"},
              {agency_unit,
               {"unit_name", {"Nama unit", "Unit's name"}},
               {"year", {"Tahun", "Year"}, Measure::count},
               {"budget", {"Pagu", "Budget"}, Measure::rupiah},
               {"spent", {"Terpakai", "Spent"}, Measure::rupiah},
               {"waiting", {"Menunggu kunci", "Waits for a lock"}, Measure::rupiah},
               {"left", {"Sisa", "Left"}, Measure::rupiah},
               {"event", {"Peristiwa", "Event"}, Measure::count}},
              {}};
  const AgencyFacts& agency = facts.agency();
  const auto year = static_cast<std::uint32_t>(year_of(options.month));
  std::map<UnitId, std::pair<Rupiah, Rupiah>> used;  // spent, waiting
  for (const auto& [run, fact] : agency.runs) {
    if (year_of(run.month) != year_of(options.month) || run.month > options.month) continue;
    const RunFact::Locked* const lock = fact.lock(facts.known_at());
    const RunFact::Computed* computed = fact.last_computed(facts.known_at());
    if (computed == nullptr) continue;
    for (const RunFact::Computed& one : fact.computed)
      if (lock != nullptr && one.sequence == lock->computed) computed = &one;
    auto& [spent, waiting] = used[run.unit];
    RUNUT_TRY(add_to(lock != nullptr ? spent : waiting, computed->header.total));
  }
  for (const auto& [key, set] : agency.budgets) {
    const auto& [unit, of_year] = key;
    if (of_year != year || set.empty() || (options.unit && unit != *options.unit)) continue;
    const auto [spent, waiting] = used[unit];
    RUNUT_ASSIGN(const std::int64_t left, checked_add(set.back().amount.value, -spent.value));
    out.row({to_string(unit), unit_name(facts, unit), std::to_string(year), cell(set.back().amount),
             cell(spent), cell(waiting), std::to_string(left),
             std::to_string(set.back().sequence.value)});
  }
  return out;
}

}  // namespace

Result<Report> treasurer_report(const Sources& sources, const TreasurerOptions& options) {
  const Facts& facts = sources.facts;
  std::string about = month_name(options.month, sources.language);
  if (options.unit) {
    const UnitFact* const unit = facts.agency().unit(*options.unit, facts.known_at());
    if (unit == nullptr)
      return fail(Error{ErrorCode::not_found, "unit.unknown", "unit", to_string(*options.unit),
                        "no unit has that id"});
    if (!unit->paying)
      return fail(Error{ErrorCode::invalid_input, "report.not_paying", "unit",
                        to_string(*options.unit), "not a paying unit"});
    about += ", " + unit->name;
  }
  RUNUT_ASSIGN(Report out, begin_report(sources, "treasurer",
                                        {"Laporan bendahara", "Treasurer's report"}, about));
  const Runs runs = paid_runs(facts, options.month, options.unit);
  RUNUT_ASSIGN(Section of_runs, runs_section(sources, runs, options));
  const Runs before = paid_runs(facts, options.month - 1, options.unit);
  RUNUT_ASSIGN(Section totals, totals_section(runs, before));
  RUNUT_ASSIGN(Section causes, causes_section(sources, runs, before));
  RUNUT_ASSIGN(Section components, components_section(facts, runs));
  RUNUT_ASSIGN(Section budget, budget_section(facts, options));
  RUNUT_ASSIGN(Section payroll, payroll_section(runs));
  RUNUT_ASSIGN(Section returned, returned_section(sources, runs));
  out.sections = {
      std::move(of_runs),        not_locked_section(facts, runs, out.written_at, options),
      std::move(totals),         std::move(causes),
      std::move(components),     std::move(budget),
      std::move(payroll),        corrections_section(runs),
      outstanding_section(runs), std::move(returned),
      not_paid_section(runs),    not_rated_section(facts, options)};
  return out;
}

}  // namespace runut::report
