// What was planted in a simulated city and concerns the pay of one person and month is told by the
// explanation of that month: its events are among those that it rests on, and there are words for
// it in both languages.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "city.h"
#include "codec/envelope_codec.h"
#include "query/explain.h"
#include "query/explain_page.h"
#include "query/wording.h"

namespace runut {
namespace {

using testing::City;

// How an item of a kind is told.
struct Told {
  std::vector<EventType> events;  // of the item's commands
  Words words;
  bool at_date = false;  // the words stand behind the item's date
};

const std::map<std::string_view, Told>& told_kinds() {
  using E = EventType;
  static const std::vector<E> objection{E::ObjectionFiled, E::ExplanationRequested,
                                        E::ExplanationGiven, E::ObjectionDecided};
  static const std::map<std::string_view, Told> kinds{
      {"approval_just_in_time",
       {{E::DailyReportSubmitted, E::DailyReportApproved},
        {"menit disetujui per tanggal", "approved minutes of a date"}}},
      {"correction", {{E::TppCorrectionPosted}, {"Koreksi lewat", "Correction by the"}}},
      {"death",
       {{E::PersonSeparated},
        {"pagu menurut hari, status, dan cuti", "ceiling by days, status and leave"}}},
      {"disciplinary_sanction",
       {{E::DisciplinarySanctionImposed}, {"hukuman disiplin", "disciplinary sanction"}}},
      {"excuse_denied",
       {{E::AttendanceExcused, E::ExcuseDecided}, {"izin ditolak", "excuse denied"}, true}},
      {"excuse_filed_late",
       {{E::AttendanceExcused, E::ExcuseDecided},
        {"izin diterima terlambat", "excuse accepted too late"},
        true}},
      {"excuse_in_time",
       {{E::AttendanceExcused, E::ExcuseDecided}, {"izin diterima", "excuse accepted"}, true}},
      {"excuse_late",
       {{E::AttendanceExcused, E::ExcuseDecided},
        {"izin diterima terlambat", "excuse accepted too late"},
        true}},
      {"late_approval",
       {{E::DailyReportSubmitted, E::DailyReportApproved},
        {"terlambat untuk daftar reguler", "too late for the regular run"},
        true}},
      {"leave_found_late", {{E::LeaveGranted}, {"Cuti diberikan", "Leave granted"}}},
      {"mid_month_move",
       {{E::AssignmentStarted},
        {"pagu menurut hari, status, dan cuti", "ceiling by days, status and leave"}}},
      {"newcomer",
       {{E::AssignmentStarted, E::StatusChanged, E::GradeChanged},
        {"pagu menurut hari, status, dan cuti", "ceiling by days, status and leave"}}},
      {"objection_dismissed", {objection, {"keberatan ditolak", "objection was dismissed"}}},
      {"objection_late", {objection, {"diajukan terlambat", "filed too late"}}},
      {"objection_overdue", {objection, {"diputus terlambat", "decided too late"}}},
      {"objection_upheld",
       {{E::ObjectionFiled, E::ExplanationRequested, E::ExplanationGiven, E::ObjectionDecided,
         E::EvaluationCorrected, E::TppAdjustmentDecided},
        {"keberatan dikabulkan", "objection was upheld"}}},
      {"payment_returned",
       {{E::PaymentReturned}, {"Dikembalikan oleh bank", "Sent back by the bank"}}},
      {"personal_sanction",
       {{E::TppAdjustmentDecided}, {"sanksi perorangan", "personal sanction"}}},
      {"retirement",
       {{E::PersonSeparated},
        {"pagu menurut hari, status, dan cuti", "ceiling by days, status and leave"}}},
      {"sanction_cancelled",
       {{E::DisciplinarySanctionImposed}, {"hukuman disiplin", "disciplinary sanction"}}},
  };
  return kinds;
}

// What changes no pay of the person and month that the item names, or is of a unit or a period.
const std::set<std::string_view>& untold_kinds() {
  static const std::set<std::string_view> kinds{"acting_role",  // no rule of this city pays it
                                                "approval_burst",
                                                "delegation",
                                                "late_closing",
                                                "plan_late",
                                                "plan_revised",
                                                "plan_unlinked",
                                                "plan_unsubmitted",
                                                "rejected_command",
                                                "run_reopened",
                                                "senior_post_extended",
                                                "senior_post_overdue",
                                                "tie",  // of a group: its members' ranks tell it
                                                "undelivered",
                                                "unit_merge",
                                                "unit_move",
                                                "unit_sanction",
                                                "violation"};
  return kinds;
}

std::string one_line(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '|';
    if (!blank || out.empty() || out.back() != ' ') out += blank ? ' ' : c;
  }
  return out;
}

bool says(const std::string& text, std::string_view words, std::string_view behind) {
  constexpr std::size_t near = 240;
  for (std::size_t at = text.find(behind); at != std::string::npos;
       at = text.find(behind, at + 1)) {
    const std::size_t found = text.find(words, at);
    if (found != std::string::npos && (behind.empty() || found < at + near)) return true;
    if (behind.empty()) return false;
  }
  return false;
}

class ExplainedTruth : public ::testing::Test {
 protected:
  ExplainedTruth()
      : city_({.people = 200, .from = month(2022, 1), .to = month(2022, 8), .seed = 1}) {
    for (Sequence from{1};;) {
      const auto batch = city_.log().read(from);
      EXPECT_TRUE(batch.has_value());
      if (!batch || batch->empty()) break;
      for (const EventView& view : batch->events) {
        const auto event = decode_event(view.bytes);
        EXPECT_TRUE(event.has_value());
        recorded_[event->command].push_back({event->sequence, event->type(), event->subject});
        from = next(view.sequence);
      }
    }
  }

  void expect_told(const Explainer& explainer, const simulation::PlantedItem& item,
                   const Told& told) {
    SCOPED_TRACE(item.kind + " of " + to_string(*item.person) + ", " + to_string(*item.month) +
                 (item.date ? ", " + to_string(*item.date) : "") + ": " + item.note);
    const auto explained = explainer.explain(*item.person, *item.month);
    ASSERT_TRUE(explained.has_value()) << explained.error().describe();
    EXPECT_TRUE(explained->reproduced);
    const std::string id = one_line(to_text(explanation_page(*explained, Language::indonesian)));
    const std::string en = one_line(to_text(explanation_page(*explained, Language::english)));
    for (const EventType type : told.events) {
      bool found = false;
      for (const CommandId& command : item.commands)
        for (const Recorded& event : recorded_[command])
          if (event.type == type && event.subject == subject_of(*item.person) &&
              std::any_of(explained->events.begin(), explained->events.end(),
                          [&](const EventRef& ref) { return ref.sequence == event.sequence; })) {
            found = true;
            const std::string number = " " + std::to_string(event.sequence.value) + " ";
            EXPECT_TRUE(says(id, number + event_name(type, Language::indonesian), ""));
            EXPECT_TRUE(says(en, number + event_name(type, Language::english), ""));
          }
      EXPECT_TRUE(found) << to_string(type);
    }
    for (const Language language : {Language::indonesian, Language::english}) {
      const std::string& text = language == Language::indonesian ? id : en;
      const std::string day = told.at_date ? date_name(*item.date, language) : "";
      EXPECT_TRUE(says(text, told.words.in(language), day)) << told.words.in(language);
    }
  }

  struct Recorded {
    Sequence sequence;
    EventType type;
    Subject subject;
  };
  City city_;
  std::map<CommandId, std::vector<Recorded>> recorded_;
};

TEST_F(ExplainedTruth, NamesEveryPlantedItemThatConcernsOnePersonAndMonth) {
  const auto explainer =
      Explainer::open(city_.history(), {city_.log().head().sequence, city_.log().head().leaf});
  ASSERT_TRUE(explainer.has_value()) << explainer.error().describe();
  std::set<std::string> told;
  for (const auto& item : city_.planted().items) {
    const auto how = told_kinds().find(item.kind);
    if (how == told_kinds().end()) {
      EXPECT_TRUE(untold_kinds().contains(item.kind)) << item.kind << " is told, or changes no pay";
      continue;
    }
    ASSERT_TRUE(item.person && item.month) << item.kind;
    expect_told(*explainer, item, how->second);
    told.insert(item.kind);
  }
  EXPECT_EQ(told.size(), told_kinds().size()) << "each kind is planted in a city of this size";
}

}  // namespace
}  // namespace runut
