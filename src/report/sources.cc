#include "report/sources.h"

#include <fmt/format.h>

#include <cstdlib>

namespace runut::report {

Result<Report> begin_report(const Sources& sources, std::string name, Words title,
                            const std::string& about) {
  const AgencyFacts& agency = sources.facts.agency();
  const Language language = sources.language;
  const auto say = [&](const char* id, const char* en) {
    return std::string(Words{id, en}.in(language));
  };
  if (!agency.founded) return fail(ErrorCode::not_found, "the ledger is empty");
  RUNUT_ASSIGN(const SourceEvent last, sources.read(sources.facts.known_at()));
  Report out;
  out.name = std::move(name);
  out.language = language;
  out.title = std::string(title.in(language)) + " " + about;
  if (agency.founded->simulated) out.notice = "SIMULASI";
  if (sources.facts_as_of)
    out.notice += (out.notice.empty() ? "" : " · ") + say("HIPOTETIS", "HYPOTHETICAL");
  out.written_at = last.event.recorded_at;
  out.utc_offset_minutes = agency.utc_offset_minutes();
  out.head = {
      {say("Instansi", "Agency"), agency.founded->name + " (" + agency.founded->agency + ")"},
      {say("Sampai peristiwa", "Up to event"),
       std::to_string(sources.facts.known_at().value) + ", " +
           time_name(out.written_at, out.utc_offset_minutes) + " " +
           zone_name(out.utc_offset_minutes)},
      {say("Hash peristiwa itu", "Hash of that event"), to_hex(last.leaf.view())}};
  if (sources.facts_as_of)
    out.head.emplace_back(say("Fakta per", "Facts as of"), to_string(*sources.facts_as_of));
  if (sources.checkpoint)
    out.head.emplace_back(
        say("Titik periksa bertanda tangan", "Signed checkpoint"),
        std::to_string(sources.checkpoint->size) + " " + to_hex(sources.checkpoint->root.view()));
  return out;
}

std::string sequences(const std::vector<Sequence>& events) {
  std::string out;
  for (const Sequence& event : events)
    out += (out.empty() ? "" : " ") + std::to_string(event.value);
  return out;
}

std::string unit_name(const Facts& facts, UnitId unit) {
  const UnitFact* const fact = facts.agency().unit(unit, facts.known_at());
  return fact == nullptr ? std::string() : fact->name;
}

std::string percent_cell(BasisPoints value) {
  const std::int64_t size = std::abs(value.value);
  return fmt::format("{}{}.{:02}", value.value < 0 ? "-" : "", size / 100, size % 100);
}

std::string cell(Rupiah amount) {
  return std::to_string(amount.value);
}

}  // namespace runut::report
