// Writes ledgers of plain events for tests, without an engine: dense sequences, commits, subject
// versions and times are kept for you, the words read as given / when.
//
//   EventBuilder ledger;                                  // founds kota-uji, WIB, 2020-01-01 08:00
//   ledger.enact(RegulationText());
//   ledger.unit(1).created({.paying = true});
//   ledger.person(17).hired({.unit = 1, .job_class = 7, .grade = "III/c", .from = date(2022, 1,
//   3)}); ledger.clock(date(2022, 8, 1), "16:00");              // when the following is recorded
//   const Sequence report = ledger.person(17).reported(date(2022, 8, 1), 300);
//   ledger.person(17).approved(date(2022, 8, 1));
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event.h"
#include "tests/support/regulation_text.h"

namespace runut::testing {

class PersonVerbs;
class UnitVerbs;

struct EventOptions {
  std::optional<Date> occurred_on{};  // default: the clock's local day
  std::optional<PersonId> actor{};    // default: the system
  std::optional<Sequence> on_behalf_of{};
  std::optional<Sequence> supersedes{};
  std::optional<Sequence> causation{};
  std::optional<Role> role{};  // default: an official's, the system's an operator's
};

class EventBuilder {
 public:
  explicit EventBuilder(std::string agency = "kota-uji", int utc_offset_minutes = 420);

  // The local time of what follows, "07:30" or "07:30:59"; never backwards (checked).
  EventBuilder& clock(Date day, std::string_view time = "08:00");
  // As clock(), but stays where it is when that time has passed.
  EventBuilder& not_before(Date day, std::string_view time = "08:00");
  [[nodiscard]] Instant instant(Date day, std::string_view time) const;

  Sequence add(Payload payload, EventOptions options = {});
  // Everything added in between is one commit.
  void begin_commit();
  void end_commit();

  Sequence enact(const RegulationText& regulation);
  Sequence amend(const RegulationText& regulation, std::string amends);
  Sequence holiday(Date day);
  Sequence ceiling(Component component, std::uint32_t job_class, std::int64_t amount,
                   Month effective);
  // Every component of the list at 0 for the class, so that none is missing.
  void no_ceilings(std::uint32_t job_class, Month effective);

  [[nodiscard]] PersonVerbs person(std::uint64_t id);
  [[nodiscard]] UnitVerbs unit(std::uint64_t id);

  [[nodiscard]] const std::vector<Event>& events() const { return events_; }
  [[nodiscard]] Sequence head() const { return Sequence{events_.size()}; }
  [[nodiscard]] Decree decree(std::string number = "1/UJI") const;

 private:
  friend class PersonVerbs;
  void add_document(const RegulationText& regulation, std::string_view text);

  std::uint64_t agency_ = 0;
  int utc_offset_minutes_ = 0;
  Instant now_;
  std::vector<Event> events_;
  std::optional<std::size_t> commit_begin_;
  std::map<Subject, std::uint32_t> versions_;
  std::map<PersonId, std::map<Date, std::uint64_t>> reports_a_day_;
  std::uint64_t clock_ins_ = 0;
};

struct Unit {
  std::optional<std::uint64_t> parent{};
  bool paying = false;
};

class UnitVerbs {
 public:
  UnitVerbs(EventBuilder& ledger, UnitId unit) : ledger_(ledger), unit_(unit) {}
  Sequence created(Unit unit = {}) const;
  Sequence moved(std::uint64_t parent, Date from) const;
  // Monday to Friday alike.
  Sequence scheduled(Date from, std::optional<Date> until, std::string_view start,
                     std::string_view end, std::int64_t minutes) const;
  Sequence closed_attendance(Month month) const;
  Sequence sanctioned(Month first, Month last) const;

 private:
  EventBuilder& ledger_;
  UnitId unit_;
};

struct Hire {
  std::uint64_t unit = 0;
  std::uint32_t job_class = 7;
  std::string grade = "III/c";
  EmploymentStatus status = EmploymentStatus::pns;
  std::optional<std::uint64_t> appraiser{};
  Date from = date(2020, 1, 1);
};

struct Post {
  std::uint64_t unit = 0;
  std::uint32_t job_class = 7;
  std::string post = "Analis";
  AssignmentRole role = AssignmentRole::definitive;
  bool tpp_eligible = true;
  bool rankable = true;
  Date from{};
  std::optional<Date> until{};
};

class PersonVerbs {
 public:
  PersonVerbs(EventBuilder& ledger, PersonId person) : ledger_(ledger), person_(person) {}
  // Registered, with status, grade, assignment 1 and appraiser from one day on.
  void hired(const Hire& hire) const;
  Sequence registered() const;
  Sequence has_status(EmploymentStatus status, Date from) const;
  Sequence has_grade(std::string grade, Date from) const;
  Sequence assigned(std::uint32_t assignment, const Post& post) const;
  Sequence ended(std::uint32_t assignment, Date last_day) const;
  // Role 1, from one day on.
  Sequence acts(const Post& post, AssignmentRole role = AssignmentRole::plt,
                std::uint32_t acting = 1) const;
  Sequence stopped_acting(Date from, Date last_day, std::uint32_t acting = 1) const;
  Sequence appraised_by(std::uint64_t appraiser, Date from) const;
  Sequence on_leave(LeaveKind kind, Date from, Date until) const;
  Sequence separated(Date last_day) const;

  // One report a call; the last of a date is the one that the decisions below mean.
  Sequence reported(Date day, std::int64_t minutes, EventOptions options = {}) const;
  Sequence approved(Date day) const;
  Sequence returned(Date day) const;
  Sequence rejected(Date day) const;
  Sequence clocked(Date day, ClockDirection direction, std::string_view time) const;
  void attended(Date day, std::string_view in, std::string_view out) const;
  Sequence excused(std::uint64_t excuse, Date day, bool approved) const;  // filed and decided

  // Rated and delivered by the appraiser: the same value seven times.
  void evaluated(Period period, std::uint64_t by, std::int64_t result,
                 std::int64_t behaviour) const;
  Sequence rated(Period period, std::uint64_t by, std::int64_t result) const;
  Sequence behaved(Period period, std::uint64_t by, std::vector<std::int64_t> values) const;
  // Opened, and closed with these sums.
  Sequence surveyed(Period period, std::vector<SurveyRelationSum> relations) const;
  Sequence delivered(Period period) const;

  Sequence sanctioned(Month first, std::uint32_t months) const;

 private:
  [[nodiscard]] ReportId last_report(Date day) const;
  EventBuilder& ledger_;
  PersonId person_;
};

}  // namespace runut::testing
