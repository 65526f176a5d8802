#include "query/explain_page.h"

#include <algorithm>

#include <fmt/format.h>

#include "query/wording.h"

namespace runut {
namespace {

std::string signed_rupiah(Rupiah amount) {
  return (amount.value > 0 ? "+" : "") + format_rupiah(amount);
}

std::string sequences(const std::vector<Sequence>& all, std::size_t most = 6) {
  std::string out;
  for (std::size_t i = 0; i < all.size() && i < most; ++i)
    out += (i > 0 ? " " : "") + fmt::format("#{}", all[i].value);
  if (all.size() > most) out += fmt::format(" +{}", all.size() - most);
  return out;
}

class Builder {
 public:
  Builder(const Explanation& from, Language language) : from_(from), language_(language) {}

  Page build() {
    page_.language = language_;
    if (from_.simulated)
      page_.notice = t("SIMULASI: bukan data kepegawaian yang sebenarnya",
                       "SIMULASI: a simulated ledger, not real personnel data");
    page_.title = fmt::format("{} {}, {}", t("Penjelasan TPP", "TPP explained:"), to_string(from_.person),
                              month_name(from_.month, language_));
    page_.subtitles = {from_.agency_name,
                       fmt::format("{} {} · {}", t("Daftar pembayaran", "Run"), to_string(from_.run),
                                   from_.locked ? t("terkunci", "locked") : t("belum dikunci", "not locked")),
                       fmt::format("{} #{} · {}", t("Kepala buku besar", "Ledger head"), from_.head.value,
                                   to_hex(from_.head_leaf.view()))};
    summary();
    if (from_.rank) rank(*from_.rank);
    base();
    lines();
    for (const CorrectionBranch& correction : from_.corrections) corrections(correction);
    derivation();
    rules();
    events();
    page_.signatures = {t("Pejabat pengelola kepegawaian", "Personnel official"),
                        t("Bendahara", "Treasurer"), t("Auditor", "Auditor")};
    return std::move(page_);
  }

 private:
  [[nodiscard]] std::string t(std::string_view id, std::string_view en) const {
    return std::string(language_ == Language::indonesian ? id : en);
  }
  Section& section(std::string title) {
    page_.sections.push_back({std::move(title), {}});
    return page_.sections.back();
  }
  [[nodiscard]] std::string w(auto value) const { return std::string(word(value, language_)); }

  [[nodiscard]] Rupiah base_loss() const {
    Rupiah loss;
    for (const Contribution& one : from_.contributions)
      if (one.cause == Contribution::Cause::productivity || one.cause == Contribution::Cause::discipline)
        loss.value += one.amount.value;
    return loss;
  }

  void summary() {
    Section& out = section(t("Ringkasan", "Summary"));
    FactList facts;
    facts.rows.emplace_back(t("TPP bersih bulan ini", "Net of the month"), format_rupiah(from_.payment.net));
    if (from_.rank)
      facts.rows.emplace_back(t("Cabang A, karena peringkat", "Branch A, because of the rank"),
                              signed_rupiah(from_.rank->amount));
    facts.rows.emplace_back(t("Cabang B, karena laporan dan kehadiran", "Branch B, reports and attendance"),
                            signed_rupiah(base_loss()));
    for (const CorrectionBranch& correction : from_.corrections)
      facts.rows.emplace_back(t("Koreksi dibayar lewat ", "Correction paid by ") + to_string(correction.run),
                              signed_rupiah(correction.amount));
    if (!from_.corrections.empty())
      facts.rows.emplace_back(t("Seluruhnya untuk bulan ini", "In all for this month"),
                              format_rupiah(from_.paid_in_all));
    out.blocks.emplace_back(std::move(facts));
    out.blocks.emplace_back(Paragraph{
        from_.reproduced
            ? fmt::format(fmt::runtime(t("Dihitung ulang dari peristiwa yang diketahui pada #{}: sama persis, "
                                         "rupiah demi rupiah, dengan yang tercatat pada #{}.",
                                         "Computed again from the events known at #{}: exactly what is "
                                         "recorded at #{}, to the rupiah.")),
                          from_.computed_at.value, from_.payment_event.value)
            : t("PERINGATAN: hasil hitung ulang berbeda dari yang tercatat. Jalankan `runut audit`.",
                "WARNING: computed again it differs from what is recorded. Run `runut audit`.")});
  }

  void rank(const RankBranch& rank) {
    Section& out = section(t("A. Yang menggerakkan peringkat", "A. What moved the rank"));
    out.blocks.emplace_back(FactList{{
        {t("Periode, kelompok", "Period, group"),
         fmt::format("{} · {} · {} {}", to_string(rank.period), rank.group, rank.members, t("anggota", "members"))},
        {t("Nilai kinerja", "Score"),
         fmt::format("{}  ({} {}, {} {})", to_string(rank.placed.score), w(Quantity::result),
                     to_string(rank.placed.result), w(Quantity::behaviour), to_string(rank.placed.behaviour))},
        {t("Peringkat", "Rank"), fmt::format("{} {} {} → {}", rank.placed.rank, t("dari", "of"), rank.members,
                                             w(rank.placed.tier))},
        {t("Jatah kelompok", "Places"),
         fmt::format("{} {} · {} {}", rank.above, w(Tier::above), rank.below, w(Tier::below))},
        {t("Diumumkan", "Published"),
         fmt::format("{} (#{}) {} {}", to_string(rank.published_on), rank.published.value,
                     t("menurut", "under"), rank.document)},
        {t("Akibat bulan ini", "Effect this month"),
         fmt::format("{} = {}", format_percent(rank.delta), signed_rupiah(rank.amount))},
    }});
    if (rank.distance)
      out.blocks.emplace_back(FactList{{{t("Jarak ke batas", "Distance to the cut-off"),
                                         fmt::format("{} {}", to_string(*rank.distance), t("nilai", "points"))}}});
    Table around;
    around.header = {t("Peringkat", "Rank"), t("Nilai", "Score"), t("Jenjang", "Tier"), ""};
    around.right = {true, true, false, false};
    for (const Neighbour& neighbour : rank.neighbours)
      around.rows.push_back({std::to_string(neighbour.rank), to_string(neighbour.score), w(neighbour.tier),
                             neighbour.self ? t("← yang bersangkutan", "← this person") : ""});
    out.blocks.emplace_back(std::move(around));
    out.blocks.emplace_back(Paragraph{
        t("Laporan harian tidak masuk ke nilai kinerja menurut peraturan ini: nilai berasal dari hasil kerja dan "
          "perilaku saja. Kehadiran hanya menjadi pembanding terakhir bila nilai sama.",
          "Daily reports did not enter the score under this regulation: it comes from work result and behaviour "
          "alone. Attendance only decides between equal scores.")});
    if (rank.by_decision_date)
      out.blocks.emplace_back(Paragraph{fmt::format(
          fmt::runtime(t("Periode {} dinilai menurut {} karena aturan peringkat berlaku pada tanggal pengumuman; "
                         "pilihan ini berstatus asumsi dan perlu dikonfirmasi kota.",
                         "The period {} was ranked under {} because ranking rules apply by the date of "
                         "publication; that choice is an assumption which the city must confirm.")),
          to_string(rank.period), rank.document)});
    for (const Derivation& node : rank.score) out.blocks.emplace_back(tree(node));
    if (rank.by_result) avoidance(out, *rank.by_result, rank);
    if (rank.by_behaviour) avoidance(out, *rank.by_behaviour, rank);
  }

  void avoidance(Section& out, const Avoidance& one, const RankBranch& rank) {
    const std::string what =
        one.value ? fmt::format("{}{}", t("nilai perilaku ke-", "behaviour value no. "), *one.value + 1)
                  : w(Quantity::result);
    if (!one.possible) {
      out.blocks.emplace_back(Paragraph{fmt::format(
          fmt::runtime(t("Apa yang menghindarkannya: bahkan {} 120.00 tidak akan cukup.",
                         "What would have avoided it: not even {} 120.00 would have.")),
          what)});
      return;
    }
    std::string instead;
    for (const std::uint32_t place : one.cut_instead)
      instead += (instead.empty() ? "" : ", ") + std::to_string(place);
    out.blocks.emplace_back(Paragraph{fmt::format(
        fmt::runtime(t("Apa yang menghindarkannya: {} {} alih-alih {} (+{}) sudah cukup, dihitung ulang dengan "
                       "peristiwa pengandaian; satu langkah 0.01 kurang masih gagal. Yang terpotong sebagai "
                       "gantinya: peringkat {} dari {}.",
                       "What would have avoided it: {} {} instead of {} (+{}) is enough, computed again with a "
                       "hypothetical event; one step of 0.01 less still fails. Cut instead: rank {} of {}.")),
        what, to_string(one.to), to_string(one.from), to_string(Score{one.to.value - one.from.value}),
        instead.empty() ? "-" : instead, rank.members)});
  }

  [[nodiscard]] std::string cause_name(const Contribution& one) const {
    switch (one.cause) {
      case Contribution::Cause::ceilings: return t("pagu kelas jabatan", "ceilings of the class");
      case Contribution::Cause::eligibility: return t("hari, kelas, status, dan cuti", "days, class, status, leave");
      case Contribution::Cause::productivity: return t("produktivitas (laporan)", "productivity (reports)");
      case Contribution::Cause::discipline: return t("disiplin (kehadiran)", "discipline (attendance)");
      case Contribution::Cause::line: return one.line ? line_name(*one.line) : "";
    }
    return "";
  }

  void base() {
    Section& out = section(t("B. Yang menggerakkan dasar", "B. What moved the base"));
    const TppPaymentComputed& pay = from_.payment;
    out.blocks.emplace_back(FactList{{
        {w(Quantity::productivity),
         fmt::format("{} ÷ {} {} = {}", pay.approved.value, pay.required.value, t("menit", "minutes"),
                     format_percent(pay.productivity))},
        {w(Quantity::discipline), format_percent(pay.discipline)},
        {w(Quantity::performance_factor), format_percent(pay.performance_factor)},
    }});
    Table table;
    table.header = {t("Dari pagu ke bersih", "From ceiling to net"), t("Sumbangan", "Contribution")};
    table.right = {false, true};
    for (const Contribution& one : from_.contributions)
      table.rows.push_back({cause_name(one), signed_rupiah(one.amount)});
    table.rows.push_back({t("TPP bersih", "net"), format_rupiah(pay.net)});
    out.blocks.emplace_back(std::move(table));
    for (const Contribution& one : from_.contributions) {
      if (one.days.empty()) continue;
      Table days;
      const bool reports = one.cause == Contribution::Cause::productivity;
      days.header = {t("Tanggal", "Date"), reports ? t("menit kurang", "missing minutes") : t("potongan", "deduction"),
                     cause_name(one)};
      days.right = {false, true, true};
      for (const Contribution::Day& day : one.days)
        days.rows.push_back({to_string(day.day),
                             reports ? std::to_string(day.measure) : format_percent(BasisPoints{day.measure}),
                             signed_rupiah(day.amount)});
      out.blocks.emplace_back(std::move(days));
    }
  }

  [[nodiscard]] std::string line_name(const PaymentLine& line) const {
    std::string name = w(line.kind);
    if (line.component) name += " · " + w(*line.component);
    if (!line.code.empty()) name += " · " + line.code;
    if (line.for_month) name += " · " + to_string(*line.for_month);
    return name;
  }

  void lines() {
    Section& out = section(t("C. Baris pembayaran", "C. Lines of the payment"));
    Table table;
    table.header = {t("Baris", "Line"), t("Jumlah", "Amount"), t("Dasar", "Clause"), "Status", t("Peristiwa", "Events")};
    table.right = {false, true, false, false, false};
    for (std::size_t i = 0; i < from_.payment.lines.size(); ++i) {
      const PaymentLine& line = from_.payment.lines[i];
      const Provenance& cited = from_.line_rules[i].provenance;
      table.rows.push_back({line_name(line), format_rupiah(line.amount), cited.clause, w(cited.status),
                            sequences(line.causes)});
    }
    table.rows.push_back({t("bersih", "net"), format_rupiah(from_.payment.net), "", "", ""});
    out.blocks.emplace_back(std::move(table));
    for (const Outstanding& rest : from_.payment.outstanding)
      out.blocks.emplace_back(Paragraph{fmt::format(
          "{}: {} {} ({})", t("Belum terambil, dicoba lagi bulan berikutnya", "Outstanding, tried again next month"),
          rest.code, format_rupiah(rest.amount), to_string(rest.for_month))});
  }

  void corrections(const CorrectionBranch& correction) {
    Section& out = section(t("D. Koreksi lewat ", "D. Correction by ") + to_string(correction.run));
    out.blocks.emplace_back(FactList{{
        {t("Sudah dibayar", "Paid before"), format_rupiah(correction.settled)},
        {t("Dihitung ulang", "Recomputed"), format_rupiah(correction.recomputed)},
        {t("Selisih yang dibayar", "Difference paid"), signed_rupiah(correction.amount)},
        {t("Sebab", "Cause"), sequences(correction.causes, 12)},
    }});
    Table table;
    table.header = {t("Baris", "Line"), t("Dibayar", "Paid"), t("Seharusnya", "Recomputed"), t("Selisih", "Difference")};
    table.right = {false, true, true, true};
    for (const auto& line : correction.lines) {
      PaymentLine shown;
      shown.kind = line.kind;
      shown.component = line.component;
      shown.code = line.code;
      table.rows.push_back({line_name(shown), format_rupiah(line.paid), format_rupiah(line.recomputed),
                            signed_rupiah(Rupiah{line.recomputed.value - line.paid.value})});
    }
    out.blocks.emplace_back(std::move(table));
  }

  [[nodiscard]] Tree tree(const Derivation& node) const {
    std::string label = w(node.quantity);
    if (!node.note.detail.empty()) label += " " + node.note.detail;
    label += ": " + measured(node.value, node.measure, language_);
    if (!node.note.formula.empty()) label += " = " + node.note.formula;
    if (node.note.rounding) label += fmt::format(" ({})", to_string(*node.note.rounding));
    for (const AppliedRule& rule : node.note.rules)
      label += fmt::format(" [{}: {}, {}]", to_string(rule.parameter), rule.provenance.clause,
                           w(rule.provenance.status));
    if (!node.note.events.empty()) label += " " + sequences(node.note.events, 4);
    Tree out{std::move(label), {}};
    for (const Derivation& input : node.inputs) out.children.push_back(tree(input));
    return out;
  }

  void derivation() {
    Section& out = section(t("E. Perhitungan, langkah demi langkah", "E. The computation, step by step"));
    for (const Derivation& node : from_.derivation) out.blocks.emplace_back(tree(node));
  }

  void rules() {
    Section& out = section(t("F. Aturan yang dipakai", "F. Rules applied"));
    Table table;
    table.header = {"Parameter", t("Dokumen", "Document"), t("Dasar", "Clause"), t("Sumber", "Source"), "Status",
                    t("Berlaku menurut", "Applies by"), t("Tanggal", "Date")};
    table.right = std::vector<bool>(7, false);
    for (const AppliedRule& rule : from_.rules)
      table.rows.push_back({std::string(to_string(rule.parameter)),
                            fmt::format("{} #{}", rule.document, rule.regulation.value), rule.provenance.clause,
                            rule.provenance.source, w(rule.provenance.status),
                            std::string(to_string(rule.applies_by)), to_string(rule.applied_on)});
    out.blocks.emplace_back(std::move(table));
  }

  void events() {
    Section& out = section(t("G. Peristiwa yang menjadi dasar", "G. The events it rests on"));
    Table table;
    table.header = {"#", t("Peristiwa", "Event"), t("Tanggal fakta", "Date of fact"), t("Dicatat", "Recorded"),
                    t("Pelaku", "Actor"), t("Identitas", "Known by"), t("Hash daun", "Leaf hash")};
    table.right = {true, false, false, false, false, false, false};
    for (const EventRef& event : from_.events)
      table.rows.push_back(
          {std::to_string(event.sequence.value), std::string(to_string(event.type)), to_string(event.occurred_on),
           to_string(event.recorded_at),
           fmt::format("{}{} ({})", event.actor.kind == ActorKind::person ? "P" : "S", event.actor.id,
                       to_string(event.actor.role)),
           w(event.actor.assurance), to_hex(event.leaf.view())});
    out.blocks.emplace_back(std::move(table));
  }

  const Explanation& from_;
  Language language_;
  Page page_;
};

}  // namespace

Page explanation_page(const Explanation& explanation, Language language) {
  return Builder(explanation, language).build();
}

}  // namespace runut
