// A ledger of the rules alone, on a stage: a small city, people who ask for things, and what the
// rules answer. Reads as given / when / then:
//
//   Scene city = Scene::of_a_city();
//   city.at(date(2022, 8, 3), "16:00");
//   city.given(employee(11), report(11, date(2022, 8, 3), 300), says("narasi"));
//   const Answer answer = city.when(appraiser(3), approval(11, date(2022, 8, 3)));
//
// Every refusal is checked on the way: it leaves the facts as they were, and one that a known actor
// had no authority for leaves AttemptRefused.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/rehearsal/rehearsal.h"
#include "tests/support/regulation_text.h"

namespace runut::testing {

struct By {
  Actor actor;
  std::optional<PersonId> on_behalf_of{};
};
[[nodiscard]] By person_as(std::uint64_t person, Role role);
[[nodiscard]] By system_as(std::uint64_t system, Role role);
[[nodiscard]] inline By hr() {
  return system_as(2, Role::hr);
}
[[nodiscard]] inline By devices() {
  return system_as(3, Role::integrator);
}
[[nodiscard]] inline By employee(std::uint64_t id) {
  return person_as(id, Role::employee);
}
[[nodiscard]] inline By appraiser(std::uint64_t id) {
  return person_as(id, Role::appraiser);
}
[[nodiscard]] inline By official(std::uint64_t id) {
  return person_as(id, Role::official);
}
[[nodiscard]] inline By delegate(std::uint64_t id, std::uint64_t of) {
  return {appraiser(id).actor, PersonId{of}};
}

// What stands beside the body.
struct Said {
  std::string text{};
  std::string reason{};
  std::optional<Sequence> supersedes{};
  std::optional<CommandId> refers_to{};
  std::optional<Instant> acted_at{};
  std::optional<std::uint32_t> import_number{};
  std::optional<Date> occurred_on{};
  std::string agency = "kota-uji";
  bool has_id = true;
  std::vector<Hash256> evidence{};
};
[[nodiscard]] inline Said says(std::string text) {
  return {.text = std::move(text)};
}

struct Answer {
  std::optional<Error> refused{};
  Sequence first{};    // of the commit; 0 when nothing was recorded
  std::string events;  // "RankingGroupFrozen, 7 RankingGroupMember"
};

class Scene {
 public:
  // Nothing is recorded yet; it is Monday 3 January 2022, 08:00.
  Scene();
  // U1 is the root; U2 a paying department with its division U3, U4 another. P1 Walikota, P2
  // Sekretaris Daerah, P3 and P4 heads of U2 and U4, P8 personnel clerk, P9 treasurer of U2, P11 to
  // P17 staff of U3 (appraised by P3, whose superior is P2), P21 staff of U4. Only P11 to P17 are
  // rankable.
  [[nodiscard]] static Scene of_a_city(const RegulationText& regulation = RegulationText());

  // Never backwards.
  Scene& at(Date day, std::string_view time = "09:00");
  [[nodiscard]] Date today() const;
  [[nodiscard]] Instant now() const { return now_; }

  Answer when(const By& by, CommandBody body, const Said& said = {});
  // Must be accepted; the first event's sequence.
  Sequence given(const By& by, CommandBody body, const Said& said = {});

  // Signed today.
  [[nodiscard]] Decree decree(std::uint64_t signatory = 2,
                              std::string office = "Sekretaris Daerah") const;
  [[nodiscard]] EnactRegulation enactment(const RegulationText& regulation) const;
  [[nodiscard]] AmendRegulation amendment(const RegulationText& regulation,
                                          std::string amends = "kota-uji") const;

  // A person with status, grade and a definitive post from 2020 on; not rankable.
  struct Post {
    UnitId unit;
    std::string title = "Pengadministrasi Umum";
    PositionKind kind = PositionKind::executor;
    EmploymentStatus status = EmploymentStatus::pns;
    bool rankable = false;
    Date from = date(2020, 1, 1);
  };
  void hire(std::uint64_t person, const Post& post);
  void appraise(std::uint64_t person, std::uint64_t appraiser,
                std::optional<std::uint64_t> superior, Date from = date(2020, 1, 1));

  // On the 5th of the next month, every unit's attendance closed.
  void month_is_over(Month month);
  void compute(const RunId& run);
  void lock(const RunId& run);
  void order(const RunId& run);

  // Rated by P3 (result, and the same value seven times) and delivered, for 2022-S1.
  void rate(std::uint64_t person, std::int64_t result, std::int64_t behaviour);
  void deliver(std::uint64_t person);
  // P11 to P17 rated and delivered in July with these results (and behaviours), frozen on 8 August.
  void freeze(const std::vector<std::int64_t>& results);
  void publish();

  [[nodiscard]] const std::vector<Event>& events() const { return rehearsal_->events(); }
  template <class P>
  [[nodiscard]] const P& payload(Sequence sequence) const {
    return std::get<P>(events()[sequence.value - 1].payload);
  }
  [[nodiscard]] const Facts& facts() const { return rehearsal_->facts(); }
  // The live facts are what a fold of the recorded events gives; every person, month and the
  // agency.
  void expect_live_is_replayed() const;

  struct Count {
    std::size_t accepted = 0;
    std::size_t refused = 0;
  };

 private:
  std::unique_ptr<Rehearsal> rehearsal_;
  Instant now_;
  std::uint64_t ids_ = 0;
};

// Answers by command, over every scene of this process.
[[nodiscard]] const std::map<std::string, Scene::Count>& answers_by_command();

inline const Period s1_2022{month(2022, 1), 6};
[[nodiscard]] inline RunId regular_run(std::uint64_t unit, Month month, std::uint32_t number = 1) {
  return {UnitId{unit}, month, RunKind::regular, number};
}
[[nodiscard]] inline RunId correction_run(std::uint64_t unit, Month month,
                                          std::uint32_t number = 1) {
  return {UnitId{unit}, month, RunKind::correction, number};
}
[[nodiscard]] inline DailyReportSubmitted report(std::uint64_t person, Date day,
                                                 std::int64_t minutes = 300, std::uint64_t id = 1) {
  return {PersonId{person}, ReportId{id}, day, Minutes{minutes}};
}
[[nodiscard]] inline DailyReportApproved approval(std::uint64_t person, Date day,
                                                  std::uint64_t id = 1) {
  return {PersonId{person}, ReportId{id}, day};
}

}  // namespace runut::testing
