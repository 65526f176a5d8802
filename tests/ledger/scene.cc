#include "tests/ledger/scene.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/sha256.h"
#include "tests/computation/folded_facts.h"

namespace runut::testing {
namespace {

constexpr int wib = 420;
constexpr std::int64_t micros_per_minute = 60'000'000;

std::map<std::string, Scene::Count>& counts() {
  static std::map<std::string, Scene::Count> table;
  return table;
}

std::string summary(const std::vector<Event>& events, std::size_t from) {
  std::string out;
  for (std::size_t i = from; i < events.size();) {
    std::size_t end = i;
    while (end < events.size() && events[end].type() == events[i].type()) ++end;
    if (!out.empty()) out += ", ";
    if (end - i > 1) out += fmt::format("{} ", end - i);
    out += to_string(events[i].type());
    i = end;
  }
  return out;
}

By acting(ActorKind kind, std::uint64_t id, Role role) {
  By by;
  by.actor.kind = kind;
  by.actor.id = id;
  by.actor.role = role;
  by.actor.assurance = Assurance::claimed;
  return by;
}

// Facts that remember who was asked about.
class Watched final : public Facts {
 public:
  explicit Watched(const Facts& facts) : facts_(facts) {}
  [[nodiscard]] Sequence known_at() const override { return facts_.known_at(); }
  [[nodiscard]] const AgencyFacts& agency() const override { return facts_.agency(); }
  [[nodiscard]] const PersonFacts& person(PersonId person) const override {
    people.insert(person);
    return facts_.person(person);
  }
  [[nodiscard]] const MonthFacts& month(PersonId person, Month month) const override {
    months.insert({person, month});
    return facts_.month(person, month);
  }
  [[nodiscard]] std::vector<LateMark> late_daily(PersonId person, Sequence after) const override {
    return facts_.late_daily(person, after);
  }
  mutable std::set<PersonId> people;
  mutable std::set<Needs::PersonMonth> months;

 private:
  const Facts& facts_;
};

// Everybody in `people`, and who appraises them, however far up.
std::set<PersonId> with_appraisers(const Facts& facts, const std::vector<PersonId>& people) {
  std::vector<PersonId> open = people;
  std::set<PersonId> out;
  while (!open.empty()) {
    const PersonId one = open.back();
    open.pop_back();
    if (!out.insert(one).second) continue;
    for (const auto& fact : facts.person(one).appraisers) {
      open.push_back(fact.value.appraiser);
      if (fact.value.superior) open.push_back(*fact.value.superior);
    }
  }
  return out;
}

// decide() reads no more than needs() said.
void expect_reads_what_it_needs(const Facts& facts, const Command& command) {
  const Needs needed = needs(command, facts.agency());
  if (needed.computes) return;
  const Watched watched(facts);
  const Context context{.facts = watched,
                        .now = *command.recorded_at,
                        .is_import = false,
                        .text_lookup = {},
                        .public_key = {},
                        .log_origin = {}};
  (void)decide(context, command);
  const std::set<PersonId> people = with_appraisers(facts, needed.people);
  for (const PersonId person : watched.people)
    EXPECT_TRUE(people.contains(person))
        << command_name(command.body) << " reads " << to_string(person);
  const std::set<Needs::PersonMonth> months(needed.months.begin(), needed.months.end());
  for (const auto& month : watched.months)
    EXPECT_TRUE(months.contains(month)) << command_name(command.body) << " reads "
                                        << to_string(month.person) << " " << to_string(month.month);
}

}  // namespace

By person_as(std::uint64_t person, Role role) {
  return acting(ActorKind::person, person, role);
}
By system_as(std::uint64_t system, Role role) {
  return acting(ActorKind::system, system, role);
}

const std::map<std::string, Scene::Count>& answers_by_command() {
  return counts();
}

Scene::Scene() : rehearsal_(std::make_unique<Rehearsal>()) {
  at(date(2022, 1, 3), "08:00");
}

Scene& Scene::at(Date day, std::string_view time) {
  const auto two = [&](std::size_t i) { return (time[i] - '0') * 10 + (time[i + 1] - '0'); };
  const Instant wanted{start_of(day, wib).micros + (two(0) * 60 + two(3)) * micros_per_minute};
  RUNUT_CHECK(wanted >= now_, "the clock of a scene never goes backwards");
  now_ = wanted;
  return *this;
}

Date Scene::today() const {
  return local_date(now_, wib);
}

Answer Scene::when(const By& by, CommandBody body, const Said& said) {
  Command command;
  if (said.has_id) {
    const std::uint64_t id = ++ids_;
    for (std::size_t i = 0; i < 8; ++i)
      command.id.bytes[15 - i] = static_cast<std::uint8_t>(id >> (8 * i));
  }
  command.agency = said.agency;
  command.actor = by.actor;
  command.on_behalf_of = by.on_behalf_of;
  command.recorded_at = now_;
  command.acted_at = said.acted_at;
  command.import_number = said.import_number;
  command.occurred_on = said.occurred_on;
  command.supersedes = said.supersedes;
  command.refers_to = said.refers_to;
  command.reason = said.reason;
  command.evidence = said.evidence;
  command.text = said.text;
  command.body = std::move(body);

  expect_reads_what_it_needs(facts(), command);
  const std::size_t before = events().size();
  const Status played = rehearsal_->play(command);
  Answer answer;
  answer.events = summary(events(), before);
  if (events().size() > before) answer.first = Sequence{before + 1};
  Count& count = counts()[std::string(command_name(command.body))];
  ++(played ? count.accepted : count.refused);
  if (played) return answer;
  answer.refused = played.error();
  const bool traced = played.error().code == ErrorCode::unauthorised && by.actor.person();
  EXPECT_EQ(answer.events, traced ? "AttemptRefused" : "") << played.error().describe();
  expect_live_is_replayed();
  return answer;
}

Sequence Scene::given(const By& by, CommandBody body, const Said& said) {
  const Answer answer = when(by, std::move(body), said);
  RUNUT_CHECK(!answer.refused, answer.refused->describe());
  return answer.first;
}

void Scene::expect_live_is_replayed() const {
  // What a refused attempt leaves touches no computation, so it is folded like everything else.
  const FoldedFacts replayed(events());
  EXPECT_EQ(facts().known_at(), replayed.known_at());
  EXPECT_TRUE(facts().agency() == replayed.agency()) << "the agency's facts";
  std::set<std::pair<PersonId, Month>> months;
  for (const Event& event : events())
    for (const Touch& touch : touches(event, wib))
      if (touch.subject.kind == SubjectKind::person && touch.month &&
          touch.month != late_daily_events)
        months.emplace(PersonId{touch.subject.id}, *touch.month);
  for (const auto& [person, sequence] : facts().agency().persons) {
    EXPECT_TRUE(facts().person(person) == replayed.person(person)) << to_string(person);
    EXPECT_EQ(facts().late_daily(person, {}), replayed.late_daily(person, {})) << to_string(person);
  }
  for (const auto& [person, month] : months)
    EXPECT_TRUE(facts().month(person, month) == replayed.month(person, month))
        << to_string(person) << " " << to_string(month);
}

Decree Scene::decree(std::uint64_t signatory, std::string office) const {
  return {"188/1/2022", today(), PersonId{signatory}, std::move(office), sha256("decree")};
}

EnactRegulation Scene::enactment(const RegulationText& regulation) const {
  return {regulation.text(), false, decree()};
}
AmendRegulation Scene::amendment(const RegulationText& regulation, std::string amends) const {
  return {std::move(amends), regulation.text(), false, decree()};
}

void Scene::hire(std::uint64_t person, const Post& post) {
  const PersonId id{person};
  given(hr(), PersonRegistered{id}, says(fmt::format("Pegawai {}", person)));
  given(hr(), StatusChanged{id, post.status, post.from});
  given(hr(), GradeChanged{id, "III/b", post.from});
  AssignmentStarted started;
  started.person = id;
  started.assignment = 1;
  started.unit = post.unit;
  started.post = post.title;
  started.job_class = 7;
  started.echelon = post.kind == PositionKind::structural ? Echelon::ii : Echelon::staff;
  started.kind = post.kind;
  started.role = AssignmentRole::definitive;
  started.tpp_eligible = post.status != EmploymentStatus::official;
  started.rankable = post.rankable;
  started.from = post.from;
  given(hr(), started);
}

void Scene::appraise(std::uint64_t person, std::uint64_t appraiser,
                     std::optional<std::uint64_t> superior, Date from) {
  AppraiserAssigned assigned{PersonId{person}, PersonId{appraiser}, {}, from};
  if (superior) assigned.superior = PersonId{*superior};
  given(hr(), assigned);
}

Scene Scene::of_a_city(const RegulationText& regulation) {
  Scene s;
  s.given(system_as(1, Role::operator_), FoundAgency{"kota-uji", "Pemerintah Kota Uji", wib, true});
  s.given(hr(), s.enactment(regulation));
  const Date from = date(2020, 1, 1);
  s.given(hr(), UnitCreated{UnitId{1}, {}, "u1", "Kota Uji", false, from});
  s.given(hr(), UnitCreated{UnitId{2}, UnitId{1}, "u2", "Dinas Pendidikan", true, from});
  s.given(hr(), UnitCreated{UnitId{3}, UnitId{2}, "u3", "Bidang SD", false, from});
  s.given(hr(), UnitCreated{UnitId{4}, UnitId{1}, "u4", "Badan Keuangan", true, from});
  for (const auto& row : EnumNames<Component>::table) {
    if (row.value == Component::acting) continue;
    const std::int64_t amount = row.value == Component::beban_kerja ? 4'000'000 : 0;
    s.given(hr(),
            TppCeilingSet{row.value, 7, {}, {}, Rupiah{amount}, month(2020, 1), false, s.decree()});
  }
  s.hire(1, {UnitId{1}, "Walikota", PositionKind::structural, EmploymentStatus::official});
  s.hire(2, {UnitId{1}, "Sekretaris Daerah", PositionKind::structural});
  s.hire(3, {UnitId{2}, "Kepala Dinas", PositionKind::structural});
  s.hire(4, {UnitId{4}, "Kepala Badan", PositionKind::structural});
  s.hire(8, {UnitId{1}, "Analis Kepegawaian"});
  s.hire(9, {UnitId{2}, "Bendahara"});
  for (std::uint64_t id = 11; id <= 17; ++id) s.hire(id, {.unit = UnitId{3}, .rankable = true});
  s.hire(21, {.unit = UnitId{4}});
  s.appraise(2, 1, {});
  s.appraise(3, 2, 1);
  s.appraise(4, 2, 1);
  for (const std::uint64_t id : {9u, 11u, 12u, 13u, 14u, 15u, 16u, 17u}) s.appraise(id, 3, 2);
  s.appraise(21, 4, 2);
  return s;
}

void Scene::month_is_over(Month month) {
  at(first_day(month + 1) + 4);
  for (const std::uint64_t unit : {1u, 2u, 3u, 4u})
    given(hr(), AttendanceMonthClosed{UnitId{unit}, month});
}

void Scene::compute(const RunId& run) {
  given(person_as(9, Role::treasurer), ComputeTppRun{run});
}
void Scene::lock(const RunId& run) {
  const bool first = run.unit == UnitId{2};
  given(official(first ? 3 : 4),
        LockTppRun{run, first ? decree(3, "Kepala Dinas") : decree(4, "Kepala Badan")});
}
void Scene::order(const RunId& run) {
  given(person_as(9, Role::treasurer),
        PaymentOrdered{run, Rupiah{-1}, "SPP/1", "SPM/1", "SP2D/1", decree()});
}

void Scene::rate(std::uint64_t person, std::int64_t result, std::int64_t behaviour) {
  const PersonId id{person};
  given(appraiser(3), WorkResultRated{id, s1_2022, Score{result}});
  given(appraiser(3),
        BehaviourRated{id, s1_2022, std::vector<Score>(behaviour_values, Score{behaviour})});
}
void Scene::deliver(std::uint64_t person) {
  given(appraiser(3), EvaluationDelivered{PersonId{person}, s1_2022});
}

void Scene::freeze(const std::vector<std::int64_t>& results) {
  at(date(2022, 7, 11));
  for (std::uint64_t id = 11; id <= 17; ++id) {
    const std::int64_t result = results.at(id - 11);
    rate(id, result, result);
    deliver(id);
  }
  at(date(2022, 8, 8));
  given(person_as(8, Role::hr), FreezeRanking{s1_2022});
}
void Scene::publish() {
  given(official(2), PublishRanking{s1_2022, decree()});
}

}  // namespace runut::testing
