// Surveys of behaviour (penilaian 360): twice a year, in the last month of an evaluated period, of
// everybody who appraises others; by their superior, some peers and some of their people.
#include <memory>

#include "simulation/world.h"

namespace runut::simulation {
namespace {

constexpr std::size_t peers_most = 3;
constexpr std::size_t subordinates_most = 5;
constexpr int opening_days = 4;
constexpr int answering_days = 6;

// Chances of 10 000; a superior always answers.
constexpr std::uint64_t peer_answers = 8'500;
constexpr std::uint64_t subordinate_answers = 8'000;

using Members = std::vector<std::vector<PersonIndex>>;

class SurveyRound : public std::enable_shared_from_this<SurveyRound> {
 public:
  SurveyRound(World& world, Month last)
      : world_(world), period_(world.setting.evaluated_period(last)) {}

  // Each task holds the round, so it goes when the last one is done.
  void schedule() {
    const SurveyDates dates = survey_dates(world_.input, period_.last());
    for (int turn = 0; turn < opening_days; ++turn)
      world_.at(world_.calendar.after(dates.opened, turn), 0,
                [self = shared_from_this(), turn] { self->begin_day(turn); });
    for (const PlannedIncident& incident : world_.plan.incidents)
      if (month_of(incident.date) == period_.last()) try_to_answer(incident);
    world_.at(dates.closed, 9 * 60, [self = shared_from_this()] { self->begin_closing(); });
  }

 private:
  [[nodiscard]] const Posting* posting_now(PersonIndex p) const {
    return world_.person(p).posting_on(world_.today());
  }
  [[nodiscard]] SeededRandomness chance(Purpose purpose, PersonIndex p) const {
    return world_.chance.of(purpose, p, first_day(period_));
  }

  void begin_day(int turn) {
    Members in_unit(world_.city.units.size());
    Members under(world_.city.people.size());
    for (PersonIndex p = 0; p < world_.city.people.size(); ++p) {
      const Posting* const held = posting_now(p);
      if (held == nullptr) continue;
      in_unit[held->unit].push_back(p);
      if (held->appraiser != nobody) under[held->appraiser].push_back(p);
    }
    for (PersonIndex p = 1; p < world_.city.people.size(); ++p) {
      const Posting* const held = posting_now(p);
      if (held == nullptr || under[p].empty()) continue;
      SeededRandomness random = chance(Purpose::survey, p);
      if (static_cast<int>(random.below(opening_days)) != turn) continue;
      open(p, between(random, 8 * 60, 11 * 60));
      invite(p, held->appraiser, SurveyRelation::superior, random);
      invite_some(p, in_unit[held->unit], SurveyRelation::peer, peers_most, random);
      invite_some(p, under[p], SurveyRelation::subordinate, subordinates_most, random);
    }
  }

  void open(PersonIndex p, std::int64_t minute) {
    opened_.push_back(p);
    world_.at(world_.today(), static_cast<int>(minute), [self = shared_from_this(), p] {
      self->emit_for_personnel(p, SurveyOpened{self->world_.person(p).id, self->period_});
    });
  }

  void emit_for_personnel(PersonIndex p, CommandBody body) {
    world_.emitter.emit(world_.act(world_.registrar_of(p, world_.today()), Role::hr),
                        std::move(body));
  }

  // Round the list from somewhere on, those who have that relation.
  void invite_some(PersonIndex p, const std::vector<PersonIndex>& among, SurveyRelation relation,
                   std::size_t most, SeededRandomness& random) {
    const std::size_t first = random.below(among.size());
    for (std::size_t i = 0; i < among.size() && most > 0; ++i) {
      const PersonIndex other = among[(first + i) % among.size()];
      if (relation_of(p, other) != relation) continue;
      --most;
      if (happens(random, relation == SurveyRelation::peer ? peer_answers : subordinate_answers))
        invite(p, other, relation, random);
    }
  }

  void invite(PersonIndex p, PersonIndex other, SurveyRelation relation, SeededRandomness& random) {
    const Date day =
        world_.calendar.after(world_.today(), static_cast<int>(between(random, 1, answering_days)));
    const auto minute = static_cast<int>(between(random, 7 * 60 + 40, 15 * 60 + 40));
    world_.agenda.add(
        world_.calendar.at(day, minute, between(random, 0, 59'000'000)),
        [self = shared_from_this(), p, other, relation] { self->answer(p, other, relation); });
  }

  // As rulebook section 3.2 reads it, on the day; unspecified: none.
  [[nodiscard]] SurveyRelation relation_of(PersonIndex p, PersonIndex other) const {
    const Posting* const rated = posting_now(p);
    const Posting* const theirs = posting_now(other);
    if (p == other || rated == nullptr || theirs == nullptr) return {};
    if (rated->appraiser == other) return SurveyRelation::superior;
    if (theirs->appraiser == p) return SurveyRelation::subordinate;
    if (rated->unit == theirs->unit || rated->appraiser == theirs->appraiser)
      return SurveyRelation::peer;
    return {};
  }

  // Who has moved since has another relation, or none.
  void answer(PersonIndex p, PersonIndex other, SurveyRelation relation) {
    if (relation_of(p, other) != relation) return;
    world_.emitter.emit(answering(other, relation), answer_about(p, other, relation));
  }

  [[nodiscard]] Actor answering(PersonIndex other, SurveyRelation relation) const {
    return world_.act(other,
                      relation == SurveyRelation::superior ? Role::appraiser : Role::employee);
  }

  [[nodiscard]] AnswerSurvey answer_about(PersonIndex p, PersonIndex other,
                                          SurveyRelation relation) const {
    SeededRandomness random = world_.chance.of(
        Purpose::survey_answer, p,
        (std::uint64_t{other} << 16) + static_cast<std::uint64_t>(period_.first.index));
    AnswerSurvey out{world_.person(p).id, period_, relation, {}};
    for (std::size_t i = 0; i < behaviour_values; ++i)
      out.values.push_back(Score{around(random, 70, 100) * 100});
    return out;
  }

  void try_to_answer(const PlannedIncident& incident) {
    const bool twice = incident.kind == IncidentKind::survey_answered_twice;
    if (!twice && incident.kind != IncidentKind::survey_by_outsider) return;
    const SurveyRelation relation = twice ? SurveyRelation::superior : SurveyRelation::peer;
    Desk desk(world_, incident.date, 10 * 60 + 40, 60);
    desk.then_for(incident.item, answering(incident.actor, relation),
                  answer_about(incident.person, incident.actor, relation));
  }

  void begin_closing() {
    const std::int64_t apart =
        5LL * 3'600'000'000 / static_cast<std::int64_t>(std::max<std::size_t>(opened_.size(), 1));
    std::int64_t at = world_.agenda.now().micros;
    for (const PersonIndex p : opened_)
      world_.agenda.add(Instant{at += apart}, [self = shared_from_this(), p] {
        self->emit_for_personnel(p, CloseSurvey{self->world_.person(p).id, self->period_});
      });
  }

  World& world_;
  Period period_;
  std::vector<PersonIndex> opened_;
};

}  // namespace

void schedule_surveys(World& world) {
  for (Month last = world.options.from; last <= world.options.to; last = last + 1)
    if (is_survey_month(world.setting, last))
      world.at(first_day(last), 0,
               [&world, last] { std::make_shared<SurveyRound>(world, last)->schedule(); });
}

}  // namespace runut::simulation
