#include "report/treasurer_people.h"

#include <algorithm>

#include "computation/ranking.h"

namespace runut::report {

Result<Section> payroll_section(const Runs& runs) {
  Section out{"payroll",
              {"Daftar penerimaan", "Payroll"},
              {run_column,
               person_column,
               {"unit", {"Unit", "Unit"}},
               {"productivity", {"Produktivitas %", "Productivity %"}, Measure::hundredths},
               {"discipline", {"Disiplin %", "Discipline %"}, Measure::hundredths},
               {"performance_factor", {"Faktor %", "Factor %"}, Measure::hundredths},
               {"gross", {"Bruto", "Gross"}, Measure::rupiah},
               {"adjustment", {"Penyesuaian", "Adjustment"}, Measure::rupiah},
               {"sanction", {"Sanksi", "Sanctions"}, Measure::rupiah},
               {"taxable", {"Kena pajak", "Taxable"}, Measure::rupiah},
               {"tax", {"Pajak", "Tax"}, Measure::rupiah},
               {"deduction", {"Potongan", "Deductions"}, Measure::rupiah},
               {"correction", {"Koreksi", "Corrections"}, Measure::rupiah},
               {"net", {"Neto", "Net"}, Measure::rupiah},
               {"event", {"Peristiwa", "Event"}, Measure::count}},
              {}};
  for (const PaidRun& run : runs)
    for (const PaymentFact* const fact : run.payments) {
      const TppPaymentComputed& paid = fact->payment;
      if (paid.left_out) continue;
      const auto both = [&](LineKind a, LineKind b) -> Result<Rupiah> {
        RUNUT_ASSIGN(Rupiah sum, sum_of(paid, a));
        RUNUT_ASSIGN(const Rupiah more, sum_of(paid, b));
        RUNUT_TRY(add_to(sum, more));
        return sum;
      };
      RUNUT_ASSIGN(const Rupiah adjustment, sum_of(paid, LineKind::adjustment));
      RUNUT_ASSIGN(const Rupiah sanction,
                   both(LineKind::unit_sanction, LineKind::disciplinary_sanction));
      RUNUT_ASSIGN(const Rupiah tax, sum_of(paid, LineKind::tax));
      RUNUT_ASSIGN(const Rupiah deduction, sum_of(paid, LineKind::deduction));
      RUNUT_ASSIGN(const Rupiah correction,
                   both(LineKind::positive_correction, LineKind::negative_correction));
      out.row({to_string(run.run), to_string(paid.person), optional_cell(paid.unit),
               percent_cell(paid.productivity), percent_cell(paid.discipline),
               percent_cell(paid.performance_factor), cell(paid.gross), cell(adjustment),
               cell(sanction), cell(paid.taxable), cell(tax), cell(deduction), cell(correction),
               cell(paid.net), std::to_string(fact->sequence.value)});
    }
  return out;
}

Section corrections_section(const Runs& runs) {
  Section out{"corrections",
              {"Koreksi", "Corrections"},
              {run_column,
               person_column,
               {"for_month", {"Untuk bulan", "For month"}},
               {"amount", {"Jumlah", "Amount"}, Measure::rupiah},
               {"causes", {"Sebab (peristiwa)", "Causes (events)"}}},
              {}};
  for (const PaidRun& run : runs)
    for (const PaymentFact* const fact : run.payments)
      for (const PaymentLine& line : fact->payment.lines)
        if (line_name(line.kind) == "correction")
          out.row({to_string(run.run), to_string(fact->payment.person),
                   optional_cell(line.for_month), cell(line.amount), sequences(line.causes)});
  return out;
}

Section outstanding_section(const Runs& runs) {
  Section out{"outstanding",
              {"Belum tertagih", "Outstanding"},
              {run_column,
               person_column,
               {"code", {"Kode", "Code"}, Measure::word},
               {"for_month", {"Untuk bulan", "For month"}},
               {"amount", {"Jumlah", "Amount"}, Measure::rupiah}},
              {}};
  for (const PaidRun& run : runs)
    for (const PaymentFact* const fact : run.payments)
      for (const Outstanding& rest : fact->payment.outstanding)
        out.row({to_string(run.run), to_string(fact->payment.person), rest.code,
                 to_string(rest.for_month), cell(rest.amount)});
  return out;
}

Result<Section> returned_section(const Sources& sources, const Runs& runs) {
  Section out{"returned",
              {"Dikembalikan bank", "Returned by the bank"},
              {run_column,
               person_column,
               {"amount", {"Jumlah", "Amount"}, Measure::rupiah},
               {"because", {"Keterangan", "Because"}},
               {"event", {"Peristiwa", "Event"}, Measure::count}},
              {}};
  for (const PaidRun& run : runs)
    for (const PaymentFact* const fact : run.payments)
      for (const ReturnFact& back : sources.facts.person(fact->payment.person).returns) {
        if (back.run != run.run) continue;
        RUNUT_ASSIGN(const SourceEvent source, sources.read(back.sequence));
        const auto* const returned = std::get_if<PaymentReturned>(&source.event.payload);
        if (returned == nullptr)
          return fail(ErrorCode::corrupt,
                      "sequence " + std::to_string(back.sequence.value) + " returns no payment");
        out.row({to_string(run.run), to_string(returned->person), cell(returned->amount),
                 returned->cause, std::to_string(back.sequence.value)});
      }
  return out;
}

Section not_paid_section(const Runs& runs) {
  Section out{"not_paid",
              {"Tidak dibayar", "Not paid"},
              {run_column,
               person_column,
               {"reason", {"Sebab", "Reason"}, Measure::word},
               {"event", {"Peristiwa", "Event"}, Measure::count}},
              {}};
  for (const PaidRun& run : runs)
    for (const PaymentFact* const fact : run.payments)
      if (fact->payment.left_out)
        out.row({to_string(run.run), to_string(fact->payment.person),
                 std::string(to_string(*fact->payment.left_out)),
                 std::to_string(fact->sequence.value)});
  return out;
}

Section not_rated_section(const Facts& facts, const TreasurerOptions& options) {
  Section out{"not_rated",
              {"Tidak diperingkat", "Not ranked"},
              {{"period", {"Periode", "Period"}},
               person_column,
               {"unit", {"Unit", "Unit"}},
               {"reason", {"Sebab", "Reason"}, Measure::word}},
              {}};
  const AgencyFacts& agency = facts.agency();
  for (const auto& [period, ranking] : agency.rankings) {
    const std::vector<Month> months = adjustment_months(facts, period);
    if (std::find(months.begin(), months.end(), options.month) == months.end()) continue;
    for (const auto& [person, reason] : ranking.unranked) {
      const AssignmentFact* const post = facts.person(person).assignment_near(last_day(period));
      const auto payer = post == nullptr ? std::nullopt
                                         : agency.paying_unit(post->unit, last_day(options.month),
                                                              facts.known_at());
      if (options.unit && payer != options.unit) continue;
      out.row({to_string(period), to_string(person), post == nullptr ? "" : to_string(post->unit),
               std::string(to_string(reason))});
    }
  }
  return out;
}

}  // namespace runut::report
