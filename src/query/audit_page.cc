#include "query/audit_page.h"

#include <algorithm>

#include "query/wording.h"

namespace runut {
namespace {

constexpr std::size_t shown_events = 12;

FactList quality_of(const Finding& finding, const FindingText& text, Language language) {
  const auto say = [&](const char* id, const char* en) {
    return std::string(language == Language::indonesian ? id : en);
  };
  FactList facts;
  facts.rows = {{say("Subjek", "Subject"), to_string(finding.subject)},
                {say("Kondisi", "Condition"), text.condition},
                {say("Kriteria", "Criterion"), text.criterion},
                {say("Sebab", "Cause"), text.cause},
                {say("Akibat", "Effect"), text.effect}};
  if (!finding.events.empty())
    facts.rows.emplace_back(say("Peristiwa", "Events"), events_of(finding, language));
  return facts;
}

}  // namespace

std::string events_of(const Finding& finding, Language language) {
  std::string out;
  for (std::size_t i = 0; i < std::min(shown_events, finding.events.size()); ++i)
    out += (i == 0 ? "" : ", ") + std::to_string(finding.events[i].value);
  if (finding.events.size() > shown_events)
    out += (language == Language::indonesian ? ", … seluruhnya " : ", … altogether ") +
           std::to_string(finding.events.size());
  return out;
}

Page audit_page(const AuditReport& report, const AuditPageOptions& options) {
  const Language language = options.language;
  const auto say = [&](const char* id, const char* en) {
    return std::string(language == Language::indonesian ? id : en);
  };
  Page page;
  page.language = language;
  page.title = say("Laporan audit ", "Audit report ") + options.agency;
  if (options.simulated) page.notice = "SIMULASI";
  page.head.rows = {
      {say("Peristiwa dibaca", "Events read"), std::to_string(report.events)},
      {say("Perintah diputuskan ulang", "Commands decided again"),
       std::to_string(report.decisions)},
      {say("Pembayaran dihitung ulang", "Payments computed again"),
       std::to_string(report.payments)},
      {say("Kelompok diperingkat ulang", "Groups ranked again"), std::to_string(report.rankings)},
      {say("Kesimpulan", "Verdict"), report.agrees()
                                         ? say("setiap keputusan sesuai", "every decision agrees")
                                         : say("ADA YANG TIDAK SESUAI", "MISMATCHES FOUND")}};
  if (options.month)
    page.head.rows.emplace_back(say("Bulan", "Month"), month_name(*options.month, language));
  for (std::size_t kind = 0; kind <= static_cast<std::size_t>(last_finding_kind); ++kind) {
    Section section;
    std::size_t count = 0;
    for (const Finding& finding : report.findings) {
      if (static_cast<std::size_t>(finding.kind) != kind) continue;
      if (options.month && finding.month != *options.month) continue;
      const FindingText text = finding_text(finding, language);
      section.title = text.title;
      section.blocks.emplace_back(
          Paragraph{say("Temuan ", "Finding ") + std::to_string(++count), true});
      section.blocks.emplace_back(quality_of(finding, text, language));
    }
    if (count == 0) continue;
    section.title += " (" + std::to_string(count) + ")";
    page.sections.push_back(std::move(section));
  }
  if (page.sections.empty())
    page.sections.push_back(
        {say("Temuan", "Findings"), {Paragraph{say("Tidak ada temuan.", "No findings."), false}}});
  return page;
}

}  // namespace runut
