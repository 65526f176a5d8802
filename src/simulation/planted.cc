#include "simulation/planted.h"

#include <boost/json.hpp>

namespace runut::simulation {
namespace {

namespace bj = boost::json;

bj::object heroine_json(const Heroine& heroine) {
  return {{"person", to_string(heroine.person)},
          {"identifier", heroine.identifier},
          {"unit", to_string(heroine.unit)},
          {"group", heroine.group},
          {"members", heroine.members},
          {"rank", heroine.rank},
          {"period", to_string(heroine.period)},
          {"month", to_string(heroine.month)},
          {"run", to_string(heroine.run)},
          {"correction_run", to_string(heroine.correction_run)},
          {"result", to_string(heroine.result)},
          {"behaviour", to_string(heroine.behaviour)},
          {"score", to_string(heroine.score)},
          {"corrected_result", to_string(heroine.corrected_result)},
          {"avoided_by", to_string(heroine.avoided_by)},
          {"neighbour", to_string(heroine.neighbour)},
          {"tier_before", std::string(to_string(heroine.before))},
          {"tier_after", std::string(to_string(heroine.after))}};
}

const std::map<std::string_view, std::vector<std::string_view>>& findings_by_kind() {
  static const std::map<std::string_view, std::vector<std::string_view>> findings = {
      {"approval_burst", {"approval_burst"}},
      {"correction", {"correction_posted"}},
      {"excuse_filed_late", {"late_excuse", "late_excuse"}},  // filed, and decided
      {"excuse_late", {"late_excuse"}},
      {"late_approval", {"late_approval"}},
      {"late_closing", {"late_closing"}},
      {"mid_month_move", {"mid_month_move"}},
      {"objection_dismissed", {"objection", "objection_decided"}},
      {"objection_late", {"objection", "objection_decided", "late_objection"}},
      {"objection_overdue", {"objection", "objection_decided", "late_objection"}},
      {"objection_upheld",
       {"objection", "objection_decided", "evaluation_corrected", "rating_after_lock",
        "counts_after_correction"}},
      {"outside_distribution", {"outside_distribution"}},
      {"predicate_corrected", {"objection", "objection_decided", "evaluation_corrected"}},
      {"senior_post_overdue", {"overdue_senior_post"}},
      {"tie", {"tie", "tie_resolved"}},
      {"violation", {"refused_attempt"}}};
  return findings;
}

bj::object item_json(const PlantedItem& item) {
  bj::object out;
  out["kind"] = item.kind;
  if (item.person) out["person"] = to_string(*item.person);
  if (item.unit) out["unit"] = to_string(*item.unit);
  if (item.month) out["month"] = to_string(*item.month);
  if (item.date) out["date"] = to_string(*item.date);
  bj::array commands;
  for (const CommandId& id : item.commands) commands.emplace_back(to_string(id));
  out["commands"] = std::move(commands);
  bj::array findings;
  for (const std::string_view finding : audit_findings(item.kind)) findings.emplace_back(finding);
  out["audit"] = std::move(findings);
  out["note"] = item.note;
  bj::object expected;
  for (const auto& [name, value] : item.expected) expected[name] = value;
  out["expected"] = std::move(expected);
  return out;
}

}  // namespace

const std::vector<std::string>& planted_kinds() {
  static const std::vector<std::string> kinds = {"acting_role",
                                                 "approval_burst",
                                                 "approval_just_in_time",
                                                 "correction",
                                                 "death",
                                                 "delegation",
                                                 "disciplinary_sanction",
                                                 "excuse_denied",
                                                 "excuse_filed_late",
                                                 "excuse_in_time",
                                                 "excuse_late",
                                                 "late_approval",
                                                 "late_closing",
                                                 "leave_found_late",
                                                 "mid_month_move",
                                                 "newcomer",
                                                 "objection_dismissed",
                                                 "objection_late",
                                                 "objection_overdue",
                                                 "objection_upheld",
                                                 "payment_returned",
                                                 "personal_sanction",
                                                 "plan_late",
                                                 "plan_revised",
                                                 "plan_unlinked",
                                                 "plan_unsubmitted",
                                                 "rejected_command",
                                                 "retirement",
                                                 "run_reopened",
                                                 "sanction_cancelled",
                                                 "senior_post_extended",
                                                 "senior_post_overdue",
                                                 "tie",
                                                 "undelivered",
                                                 "unit_merge",
                                                 "unit_move",
                                                 "unit_sanction",
                                                 "violation"};
  return kinds;
}

const std::vector<std::string_view>& audit_findings(std::string_view kind) {
  static const std::vector<std::string_view> none;
  const auto found = findings_by_kind().find(kind);
  return found == findings_by_kind().end() ? none : found->second;
}

std::string planted_opening() {
  return "{\n  \"planted\": [";
}

std::string planted_line(const PlantedItem& item, bool first) {
  return (first ? "\n    " : ",\n    ") + bj::serialize(item_json(item));
}

std::string planted_closing(const Planted& totals) {
  const auto numbers = [](const std::map<std::string, std::uint64_t>& from) {
    bj::object out;
    for (const auto& [name, number] : from) out[name] = number;
    return bj::serialize(out);
  };
  std::string out = "\n  ]";
  const auto member = [&](std::string_view name, const std::string& value) {
    out += ",\n  \"" + std::string(name) + "\": " + value;
  };
  const auto text = [](const std::string& value) { return bj::serialize(bj::value(value)); };
  member("agency", text(totals.agency));
  member("regulation", text(totals.regulation));
  member("seed", std::to_string(totals.seed));
  member("people", std::to_string(totals.people));
  member("from", text(to_string(totals.from)));
  member("to", text(to_string(totals.to)));
  member("commands", std::to_string(totals.commands));
  member("by_command", numbers(totals.by_command));
  member("counts", numbers(totals.by_kind));
  if (totals.heroine) member("heroine", bj::serialize(heroine_json(*totals.heroine)));
  return out + "\n}\n";
}

std::string to_json(const Planted& planted) {
  std::string out = planted_opening();
  for (const PlantedItem& item : planted.items)
    out += planted_line(item, &item == &planted.items[0]);
  return out + planted_closing(planted);
}

}  // namespace runut::simulation
