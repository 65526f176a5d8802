#include "query/explain_page.h"

#include <algorithm>

#include "query/explain_sections.h"

namespace runut {
namespace {

FactList head_of(const Telling& on) {
  const Explanation& from = on.from;
  return {{
      {on.t("Instansi", "Agency"), from.agency_name + " (" + from.agency + ")"},
      {on.t("Pegawai", "Civil servant"), to_string(from.person)},
      {on.t("Bulan", "Month"), month_name(from.month, on.language)},
      {on.t("Daftar pembayaran", "Payment run"),
       on.run(from.run) + ", " +
           (from.locked ? on.t("terkunci", "locked") : on.t("belum dikunci", "not locked yet"))},
      {on.t("Keadaan buku besar", "State of the ledger"),
       on.say("peristiwa 1 sampai {}", "events 1 to {}", from.head.value)},
      {on.t("Sidik peristiwa terakhir", "Hash of the last event"), to_hex(from.head_leaf.view())},
  }};
}

// "HIPOTETIS: fakta per 15 Agustus 2022, aturan per 1 Juli 2022"
std::string hypothetical_notice(const Telling& on) {
  const OtherTimes& times = on.from.times;
  std::string out = on.t("HIPOTETIS: ", "HYPOTHETICAL: ");
  if (times.facts_as_of)
    out += on.say("fakta per {}", "facts as of {}", on.day(*times.facts_as_of));
  if (times.facts_as_of && times.rules_as_of) out += ", ";
  if (times.rules_as_of)
    out += on.say("aturan per {}", "rules as of {}", on.day(*times.rules_as_of));
  return out;
}

SignatureBlock signature_of(const Telling& on) {
  return {on.say("Penjelasan ini disusun dari peristiwa 1 sampai {} buku besar {} dan dapat "
                 "disusun ulang oleh siapa "
                 "pun yang memegang salinannya.",
                 "This explanation was made from events 1 to {} of the ledger {} and can be made "
                 "again by anybody who "
                 "holds a copy of it.",
                 on.from.head.value, on.from.agency),
          {on.t("Pejabat pengelola kepegawaian", "Personnel official"),
           on.t("Bendahara pengeluaran", "Treasurer"), on.t("Pemeriksa", "Auditor")},
          {on.t("Nama:", "Name:"), "NIP:", on.t("Tanggal:", "Date:")}};
}

// "D." of the only change to this month, "D.1.", "D.2." where there are several: objections first,
// then what was corrected.
std::string change_letter(const Explanation& from, std::size_t change) {
  const std::size_t changes = from.objections.size() + from.corrections.size();
  return changes > 1 ? fmt::format("D.{}.", change + 1) : "D.";
}

std::string became_of(const Telling& on, const ExcuseBranch& excuse) {
  if (!excuse.decided) return on.t("izin belum diputus", "excuse not decided");
  if (!excuse.approved) return on.t("izin ditolak", "excuse denied");
  if (excuse.counted) return on.t("izin diterima", "excuse accepted");
  return on.t("izin diterima terlambat, tidak dihitung daftar reguler",
              "excuse accepted too late, not counted by the regular run");
}

Table excuses_of(const Telling& on) {
  Table table;
  table.header = {on.t("Tanggal", "Date"), on.t("Izin presensi", "Excuse of absence or lateness"),
                  on.t("Peristiwa", "Events")};
  table.right = {false, false, false};
  for (const ExcuseBranch& excuse : on.from.excuses) {
    std::vector<Sequence> events{excuse.filed};
    if (excuse.decided) events.push_back(*excuse.decided);
    table.rows.push_back({on.day(excuse.date), became_of(on, excuse), on.sequences(events)});
  }
  return table;
}

}  // namespace

Page explanation_page(const Explanation& from, Language language) {
  const Telling on{from, language};
  Page page;
  page.language = language;
  if (from.simulated)
    page.notice = on.t("SIMULASI: bukan data kepegawaian yang sebenarnya",
                       "SIMULASI: a simulated ledger, not real personnel data");
  if (from.times.asked())
    page.notice += (page.notice.empty() ? "" : " · ") + hypothetical_notice(on);
  page.title = on.say("Penjelasan TPP {}, {}", "TPP of {} explained, {}", to_string(from.person),
                      month_name(from.month, language));
  page.head = head_of(on);
  page.sections.push_back(summary_section(on));
  if (from.rank) page.sections.push_back(rank_section(on, *from.rank));
  if (from.unranked) page.sections.push_back(unranked_section(on, *from.unranked));
  if (from.predicate) page.sections.push_back(predicate_section(on, *from.predicate));
  if (!from.payment.left_out) {
    page.sections.push_back(base_section(on));
    page.sections.push_back(lines_section(on));
  }
  std::size_t changes = 0;
  const auto add_change = [&](Section section) {
    section.title.replace(0, std::string_view("D.").size(), change_letter(from, changes++));
    page.sections.push_back(std::move(section));
  };
  for (const ObjectionBranch& objection : from.objections)
    add_change(objection_section(on, objection));
  for (const CorrectionBranch& correction : from.corrections)
    add_change(correction_section(on, correction));
  if (!from.derivation.empty()) page.sections.push_back(computation_section(on));
  if (!from.rules.empty()) page.sections.push_back(rules_section(on));
  page.sections.push_back(events_section(on));
  // Nobody signs for what never was.
  if (!from.times.asked()) page.signature = signature_of(on);
  return page;
}

std::string Telling::unit(UnitId unit) const {
  const auto found = from.units.find(unit);
  const std::string id = fmt::format("U{}", unit.value);
  return found == from.units.end() ? id : fmt::format("{} ({})", found->second, id);
}

std::string Telling::sequences(const std::vector<Sequence>& all, std::size_t most) const {
  std::string out;
  for (std::size_t i = 0; i < all.size() && i < most; ++i)
    out += (i > 0 ? " " : "") + fmt::format("#{}", all[i].value);
  if (all.size() > most) out += say(" dan {} lagi", " and {} more", all.size() - most);
  return out;
}

std::string Telling::event(Sequence sequence) const {
  const auto found = std::find_if(from.events.begin(), from.events.end(),
                                  [&](const EventRef& ref) { return ref.sequence == sequence; });
  if (found == from.events.end()) return fmt::format("#{}", sequence.value);
  // What is recorded another day than it is about would read as done on that day.
  const Date recorded = local_date(found->recorded_at, from.utc_offset_minutes);
  const std::string when = recorded == found->occurred_on
                               ? day(recorded)
                               : say("tentang {}, dicatat {}", "concerns {}, recorded {}",
                                     day(found->occurred_on), day(recorded));
  return fmt::format("{} (#{}, {})", event_name(found->type, language), sequence.value, when);
}

std::string Telling::line_name(const PaymentLine& line) const {
  std::string name = w(line.kind);
  if (line.component) name += ": " + w(*line.component);
  if (!line.code.empty()) name += ": " + phrase(line.code, language);
  if (line.for_month) name += say(" untuk {}", " for {}", month_name(*line.for_month, language));
  return name;
}

Section summary_section(const Telling& on) {
  const Explanation& from = on.from;
  Section out{on.t("Ringkasan", "Summary"), {}};
  FactList facts;
  if (from.payment.left_out) {
    out.blocks.emplace_back(Paragraph{
        on.say("Daftar bulan ini tidak membayar pegawai ini: {}.",
               "This month's run does not pay this person: {}.", on.w(*from.payment.left_out)),
        true});
  } else {
    facts.rows.emplace_back(on.t("TPP bersih bulan ini", "Net TPP of the month"),
                            on.money(from.payment.net));
  }
  if (from.rank)
    facts.rows.emplace_back(on.t("A. Karena peringkat", "A. Because of the rank"),
                            on.change(from.rank->amount));
  if (from.predicate && from.predicate->rate)
    facts.rows.emplace_back(on.t("A. Karena predikat", "A. Because of the predicate"),
                            on.change(from.predicate->amount));
  Rupiah by_base;
  for (const Contribution& one : from.contributions)
    if (one.step == ContributionStep::productivity || one.step == ContributionStep::discipline)
      by_base.value += one.amount.value;
  if (!from.payment.left_out)
    facts.rows.emplace_back(
        on.t("B. Karena laporan dan kehadiran", "B. Because of reports and attendance"),
        on.change(by_base));
  for (std::size_t i = 0; i < from.corrections.size(); ++i) {
    const CorrectionBranch& correction = from.corrections[i];
    const std::string letter = change_letter(from, from.objections.size() + i);
    facts.rows.emplace_back(
        on.say("{} Koreksi", "{} Correction", letter),
        fmt::format("{}  ({})", on.change(correction.amount), on.run(correction.run)));
  }
  if (!from.corrections.empty())
    facts.rows.emplace_back(on.t("Seluruhnya untuk bulan ini", "In all for this month"),
                            on.money(from.paid_in_all));
  for (const Sequence returned : from.returned)
    facts.rows.emplace_back(on.t("Dikembalikan oleh bank", "Sent back by the bank"),
                            on.event(returned));
  if (!facts.rows.empty()) out.blocks.emplace_back(std::move(facts));
  if (from.times.asked()) {
    out.blocks.emplace_back(Paragraph{
        on.say("{}. Yang tercatat pada #{}: {}.", "{}. What is recorded at #{}: {}.",
               hypothetical_notice(on), from.payment_event.value, on.money(from.recorded_net)),
        true});
  } else if (from.reproduced) {
    out.blocks.emplace_back(
        Paragraph{on.say("Dihitung ulang dari peristiwa yang diketahui pada #{}: sama persis, "
                         "rupiah demi rupiah, dengan yang "
                         "tercatat pada #{}.",
                         "Computed again from the events known at #{}: exactly what is recorded at "
                         "#{}, to the rupiah.",
                         from.computed_at.value, from.payment_event.value)});
  } else {
    out.blocks.emplace_back(Paragraph{
        on.t("PERINGATAN: hasil hitung ulang berbeda dari yang tercatat. Jalankan `runut audit`.",
             "WARNING: computed again it differs from what is recorded. Run `runut audit`."),
        true});
  }
  return out;
}

Section base_section(const Telling& on) {
  Section out{on.t("B. Yang menggerakkan dasar", "B. What moved the base"), {}};
  const TppPaymentComputed& pay = on.from.payment;
  out.blocks.emplace_back(FactList{{
      {on.w(Quantity::productivity),
       on.say("{} ÷ {} = {}", "{} ÷ {} = {}",
              measured(pay.approved.value, Measure::minutes, on.language),
              measured(pay.required.value, Measure::minutes, on.language),
              percent(pay.productivity, on.language))},
      {on.w(Quantity::discipline), percent(pay.discipline, on.language)},
      {on.w(Quantity::performance_factor), percent(pay.performance_factor, on.language)},
  }});
  const auto step_name = [&](const Contribution& one) {
    switch (one.step) {
      case ContributionStep::unspecified: break;
      case ContributionStep::ceiling: return on.t("pagu kelas jabatan", "ceilings of the class");
      case ContributionStep::days:
        return on.t("hari, kelas, status, dan cuti", "days, class, status and leave");
      case ContributionStep::productivity:
        return on.t("produktivitas (laporan)", "productivity (reports)");
      case ContributionStep::discipline:
        return on.t("disiplin (kehadiran)", "discipline (attendance)");
      case ContributionStep::line: return on.line_name(pay.lines[one.line]);
    }
    return std::string();
  };
  Table table;
  table.header = {on.t("Dari pagu ke bersih", "From ceiling to net"),
                  on.t("Sumbangan", "Contribution")};
  table.right = {false, true};
  for (const Contribution& one : on.from.contributions)
    table.rows.push_back({step_name(one), on.change(one.amount)});
  table.rows.push_back({on.w(Quantity::net), on.money(pay.net)});
  table.total = true;
  out.blocks.emplace_back(std::move(table));
  if (!on.from.excuses.empty()) out.blocks.emplace_back(excuses_of(on));
  for (const Contribution& one : on.from.contributions) {
    if (one.by_day.empty()) continue;
    const bool reports = one.step == ContributionStep::productivity;
    Table days;
    days.header = {
        on.t("Tanggal", "Date"),
        reports ? on.t("menit kurang", "missing minutes") : on.t("potongan", "deduction"),
        step_name(one)};
    days.right = {false, true, true};
    for (const DayShare& share : one.by_day)
      days.rows.push_back(
          {on.day(share.day),
           reports ? std::to_string(share.size) : percent(BasisPoints{share.size}, on.language),
           on.change(share.amount)});
    out.blocks.emplace_back(std::move(days));
  }
  return out;
}

Section lines_section(const Telling& on) {
  Section out{on.t("C. Baris pembayaran", "C. Lines of the payment"), {}};
  const TppPaymentComputed& pay = on.from.payment;
  Table table;
  table.header = {on.t("Baris", "Line"), on.t("Jumlah", "Amount"), on.t("Dasar", "Clause"),
                  on.t("Kedudukan dasar", "Standing of the clause"), on.t("Peristiwa", "Events")};
  table.right = {false, true, false, false, false};
  for (std::size_t i = 0; i < pay.lines.size(); ++i) {
    const Provenance& cited = on.from.line_rules[i].provenance;
    table.rows.push_back({on.line_name(pay.lines[i]), on.money(pay.lines[i].amount),
                          on.clause(cited), on.w(cited.status), on.sequences(pay.lines[i].causes)});
  }
  table.rows.push_back({on.w(Quantity::net), on.money(pay.net), "", "", ""});
  table.total = true;
  out.blocks.emplace_back(std::move(table));
  for (const Outstanding& rest : pay.outstanding)
    out.blocks.emplace_back(Paragraph{on.say(
        "Belum terambil, dicoba lagi pada bulan berikutnya: {} {} untuk {}.",
        "Outstanding, tried again in the next month: {} {} for {}.", phrase(rest.code, on.language),
        on.money(rest.amount), month_name(rest.for_month, on.language))});
  return out;
}

}  // namespace runut
