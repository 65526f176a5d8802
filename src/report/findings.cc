#include "report/findings.h"

#include <map>

#include "query/audit_page.h"
#include "report/sources.h"

namespace runut::report {
namespace {

Section rows_of(const AuditReport& audit, const FindingsOptions& options) {
  Section out{"findings",
              {"Temuan", "Findings"},
              {{"agency", {"Instansi", "Agency"}},
               {"kind", {"Jenis", "Kind"}},
               {"sequence", {"Peristiwa", "Event"}, Measure::count},
               {"subject", {"Subjek", "Subject"}},
               {"rule", {"Aturan", "Rule"}},
               {"detail", {"Rincian", "Detail"}},
               {"month", {"Bulan", "Month"}},
               {"actor", {"Pelaku", "Actor"}},
               {"condition", {"Kondisi", "Condition"}},
               {"criterion", {"Kriteria", "Criterion"}},
               {"cause", {"Sebab", "Cause"}},
               {"effect", {"Akibat", "Effect"}},
               {"amount", {"Rupiah", "Rupiah"}, Measure::rupiah},
               {"events", {"Peristiwa terkait", "Events"}}},
              {}};
  for (const Finding& finding : audit.findings) {
    if (options.month && finding.month != *options.month) continue;
    FindingText text = finding_text(finding, options.language);
    out.row({options.agency, std::string(to_string(finding.kind)),
             std::to_string(finding.sequence.value), to_string(finding.subject), finding.rule,
             finding.detail, to_string(finding.month),
             finding.by ? to_string(*finding.by) : "system", std::move(text.condition),
             std::move(text.criterion), std::move(text.cause), std::move(text.effect),
             finding.amount ? cell(*finding.amount) : "", events_of(finding, options.language)});
  }
  return out;
}

Section kinds_of(const AuditReport& audit, const FindingsOptions& options) {
  Section out{"kinds",
              {"Jenis temuan", "Kinds"},
              {{"kind", {"Jenis", "Kind"}},
               {"title", {"Nama", "Title"}},
               {"findings", {"Banyaknya", "Findings"}, Measure::count}},
              {}};
  std::map<Finding::Kind, std::pair<std::string, std::uint64_t>> kinds;
  for (const Finding& finding : audit.findings) {
    if (options.month && finding.month != *options.month) continue;
    auto& [title, count] = kinds[finding.kind];
    if (count++ == 0) title = finding_text(finding, options.language).title;
  }
  for (const auto& [kind, of] : kinds)
    out.row({std::string(to_string(kind)), of.first, std::to_string(of.second)});
  return out;
}

}  // namespace

Report findings_report(const AuditReport& audit, const FindingsOptions& options) {
  const Page page = audit_page(audit, {.language = options.language,
                                       .agency = audit.agency,
                                       .simulated = audit.simulated,
                                       .month = options.month});
  Report out;
  out.name = "audit";
  out.language = options.language;
  out.title = page.title;
  out.notice = page.notice;
  out.head = page.head.rows;
  out.written_at = audit.until;
  out.utc_offset_minutes = audit.utc_offset_minutes;
  out.sections = {rows_of(audit, options), kinds_of(audit, options)};
  return out;
}

}  // namespace runut::report
