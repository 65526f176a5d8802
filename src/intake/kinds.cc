#include "intake/kinds.h"

#include <algorithm>
#include <array>

namespace runut::intake {
namespace {

constexpr std::array<std::string_view, 6> names = {"roster",     "units",   "appraisers",
                                                   "attendance", "reports", "ratings"};

constexpr Column roster[] = {
    {"person", true, "id that the agency gives: P17 or 17"},
    {"name", true, "as it stands in documents; sealed"},
    {"nip", false, "18 digits of the NIP or NI PPPK; sealed"},
    {"status", true, "PNS, CPNS, PPPK or OFFICIAL"},
    {"grade", false, "III/c or PPPK IX"},
    {"unit", true, "U3 or the unit's code"},
    {"post", true, "title of the post"},
    {"job_class", true, "kelas jabatan, 1 to 17"},
    {"echelon", true, "II, III, IV or staff"},
    {"kind", true, "structural, functional or executor"},
    {"role", false, "definitive (default), plt or plh"},
    {"assignment", false, "number of the assignment within the person; default 1"},
    {"tpp_eligible", true, "true or false"},
    {"rankable", true, "true or false"},
    {"from", true, "first day of the assignment, and of the two below where they are empty"},
    {"until", false, "last day of the assignment"},
    {"status_from", false, "first day of the status"},
    {"grade_from", false, "first day of the grade"}};
constexpr Column units[] = {{"unit", true, "id that the agency gives: U3 or 3"},
                            {"parent", false, "U1 or a code; empty for the root"},
                            {"code", true, "short and unique"},
                            {"name", true, "in full"},
                            {"paying", true, "true or false: SKPD with its own budget"},
                            {"from", true, "first day"}};
constexpr Column appraisers[] = {{"person", true, "P17, 17 or NIP"},
                                 {"appraiser", true, "the same"},
                                 {"superior", false, "the same: the appraiser's superior"},
                                 {"from", true, "first day"}};
constexpr Column attendance[] = {{"person", true, "P17, 17 or NIP"},
                                 {"date", true, "local day"},
                                 {"time", true, "local time: 07:25 or 07:25:10"},
                                 {"direction", true, "in or out"},
                                 {"device", true, "number of the clock"},
                                 {"device_sequence", true, "number within the clock"}};
constexpr Column reports[] = {
    {"person", true, "P17, 17 or NIP"},
    {"report", true, "R202208031 or its number; unique within person and day"},
    {"date", true, "the day that was worked"},
    {"minutes", true, "1 to 1440"},
    {"text", true, "what was done; sealed"},
    {"decision", false, "approved, returned or rejected; empty: not decided yet"},
    {"decided_by", false, "P17, 17 or NIP; wanted with a decision"},
    {"submitted_at", false, "when it was submitted: 01/03/2022 16:05, local; with --import"},
    {"decided_at", false, "when it was decided, as submitted_at"}};
constexpr Column ratings[] = {{"person", true, "P17, 17 or NIP"},
                              {"period", true, "2022-S1, 2022-Q3, 2022-08 or 2022"},
                              {"appraiser", true, "who rated: P17, 17 or NIP"},
                              {"result", true, "0 to 120, at most two decimals, comma or point"},
                              {"pelayanan", true, "a value of behaviour, as result"},
                              {"akuntabel", true, "as result"},
                              {"kompeten", true, "as result"},
                              {"harmonis", true, "as result"},
                              {"loyal", true, "as result"},
                              {"adaptif", true, "as result"},
                              {"kolaboratif", true, "as result"},
                              {"delivered", false, "true: the evaluation was delivered as well"},
                              {"rated_at", false, "04/07/2022 09:00, local; with --import"}};

}  // namespace

std::optional<Kind> kind_from(std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Kind>(found - names.begin());
}

std::string_view to_string(Kind kind) {
  return names[static_cast<std::size_t>(kind)];
}

std::span<const Column> columns_of(Kind kind) {
  switch (kind) {
    case Kind::roster: return roster;
    case Kind::units: return units;
    case Kind::appraisers: return appraisers;
    case Kind::attendance: return attendance;
    case Kind::reports: return reports;
    case Kind::ratings: return ratings;
  }
  return {};
}

std::string columns_text() {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    out += std::string(names[i]) + ":\n";
    for (const Column& column : columns_of(static_cast<Kind>(i)))
      out += "  " + std::string(column.name) + (column.required ? "" : " (optional)") + ": " +
             std::string(column.meaning) + "\n";
  }
  return out;
}

}  // namespace runut::intake
