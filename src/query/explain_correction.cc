#include <algorithm>

#include "query/explain.h"
#include "query/explain_sections.h"

namespace runut {
namespace {

// Lines that differ, in the order of the rulebook: what was settled against what is right.
std::vector<CorrectionBranch::Difference> differences(const std::vector<PaymentLine>& paid,
                                                      const std::vector<PaymentLine>& recomputed) {
  std::vector<CorrectionBranch::Difference> out;
  const auto entry = [&](const PaymentLine& line) -> CorrectionBranch::Difference& {
    for (auto& difference : out)
      if (difference.kind == line.kind && difference.component == line.component &&
          difference.code == line.code)
        return difference;
    CorrectionBranch::Difference fresh;
    fresh.kind = line.kind;
    fresh.component = line.component;
    fresh.code = line.code;
    out.push_back(std::move(fresh));
    return out.back();
  };
  for (const PaymentLine& line : paid)
    if (!line.for_month) entry(line).paid.value += line.amount.value;
  for (const PaymentLine& line : recomputed)
    if (!line.for_month) entry(line).recomputed.value += line.amount.value;
  std::erase_if(out,
                [](const auto& difference) { return difference.paid == difference.recomputed; });
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.kind < b.kind; });
  return out;
}

// What the regular runs paid for the month itself.
std::vector<PaymentLine> paid_lines(const Facts& facts, PersonId person, Month month) {
  std::vector<PaymentLine> out;
  for (const PaymentFact* fact : locked_payments(facts, person, month))
    out.insert(out.end(), fact->payment.lines.begin(), fact->payment.lines.end());
  return out;
}

// The steps before an adjustment or a corrected evaluation, back to the objection.
std::string what_led_to(const Telling& on, Sequence cause) {
  std::string out;
  for (const ObjectionBranch& branch : on.from.objections) {
    const bool adjusted =
        std::any_of(branch.adjusted.begin(), branch.adjusted.end(),
                    [&](const auto& adjustment) { return adjustment.first == cause; });
    if (!adjusted && branch.corrected != cause) continue;
    if (adjusted) out += " ← " + on.event(*branch.corrected);
    for (const auto& step : {branch.decided, branch.filed})
      if (step) out += " ← " + on.event(*step);
  }
  return out;
}

// Approvals and excuses count in a regular run when they are decided before its cut-off.
std::string why_not_before(const Telling& on, const CorrectionBranch& correction, Sequence cause) {
  if (!holds(correction.too_late, cause)) return {};
  return on.t(", terlambat untuk daftar reguler", ", too late for the regular run");
}

}  // namespace

Status Explainer::add_corrections(const LoadedFacts& now, Explanation& out) const {
  std::optional<std::vector<PaymentLine>> settled;  // lines of the correction before
  std::vector<Sequence> known_causes;
  for (const PostedCorrectionFact& fact : now.month(out.person, out.month).corrections) {
    const TppCorrectionPosted& posted = fact.posted;
    const auto run = agency_->runs.find(posted.run);
    const RunFact::Locked* const lock =
        run == agency_->runs.end() ? nullptr : run->second.lock(out.head);
    if (lock == nullptr || lock->sequence > fact.sequence) continue;  // reopened since
    CorrectionBranch branch;
    branch.run = posted.run;
    branch.posted = fact.sequence;
    branch.settled = posted.settled;
    branch.recomputed = posted.recomputed;
    branch.amount = posted.amount;
    for (const RunFact::Computed& computed : run->second.computed) {
      if (computed.sequence != lock->computed) continue;
      const LoadedFacts then(*history_, agency_, computed.header.computed_at);
      NullRecorder none;
      RUNUT_ASSIGN(auto settlement, compute_settlement(then, out.person, out.month, none));
      RUNUT_TRY(then.status());
      if (!settlement) continue;
      branch.lines = differences(settled ? *settled : paid_lines(then, out.person, out.month),
                                 settlement->lines);
      settled = std::move(settlement->lines);
      for (const Sequence cause : settlement->causes)
        if (!holds(known_causes, cause)) branch.causes.push_back(cause);
      for (const Sequence late : settlement->too_late)
        if (holds(branch.causes, late)) branch.too_late.push_back(late);
      known_causes = std::move(settlement->causes);
    }
    out.corrections.push_back(std::move(branch));
  }
  return {};
}

Section correction_section(const Telling& on, const CorrectionBranch& correction) {
  Section out{on.say("D. Koreksi lewat {}", "D. Correction by the {}", on.run(correction.run)), {}};
  std::string causes;
  for (const Sequence cause : correction.causes)
    causes += (causes.empty() ? "" : "; ") + on.event(cause) +
              why_not_before(on, correction, cause) + what_led_to(on, cause);
  out.blocks.emplace_back(FactList{{
      {on.t("Sudah dibayar", "Paid before"), on.money(correction.settled)},
      {on.t("Dihitung ulang", "Recomputed"), on.money(correction.recomputed)},
      {on.t("Selisih yang dibayar", "Difference paid"), on.change(correction.amount)},
      {on.t("Sebab", "Cause"), causes},
      {on.t("Dibukukan", "Posted"), on.event(correction.posted)},
  }});
  Table table;
  table.header = {on.t("Baris", "Line"), on.t("Dibayar", "Paid"), on.t("Seharusnya", "Recomputed"),
                  on.t("Selisih", "Difference")};
  table.right = {false, true, true, true};
  Rupiah total;
  for (const auto& line : correction.lines) {
    PaymentLine shown;
    shown.kind = line.kind;
    shown.component = line.component;
    shown.code = line.code;
    const Rupiah difference{line.recomputed.value - line.paid.value};
    total.value += difference.value;
    table.rows.push_back({on.line_name(shown), on.money(line.paid), on.money(line.recomputed),
                          on.change(difference)});
  }
  table.rows.push_back(
      {on.t("jumlah selisih", "sum of the differences"), "", "", on.change(total)});
  table.total = true;
  out.blocks.emplace_back(std::move(table));
  return out;
}

}  // namespace runut
