// Evaluation in the predicate regime (PermenPANRB 6/2022): when a quarter or a year is over each
// unit gets its predicate, its people are rated by expectation and told, they answer, and the unit
// is closed. Whose predicate comes out how is dealt out unit by unit, so that every unit satisfies
// the row of its own predicate but where a story says otherwise.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "computation/predicate.h"
#include "simulation/narrative.h"
#include "simulation/world.h"

namespace runut::simulation {
namespace {

constexpr std::int64_t rating_days = 6;

// Chances of 10 000.
constexpr std::uint64_t unit_istimewa = 1'200;
constexpr std::uint64_t unit_butuh_perbaikan = 800;

std::size_t index_of(Predicate predicate) {
  return static_cast<std::size_t>(predicate) - 1;
}

// A split of n people that a unit of that predicate shows.
PredicateCounts usual_counts(UnitPredicate unit, std::int64_t n) {
  PredicateCounts out{};
  std::int64_t& best = out[index_of(Predicate::sangat_baik)];
  std::int64_t& good = out[index_of(Predicate::baik)];
  std::int64_t& poor = out[index_of(Predicate::butuh_perbaikan)];
  switch (unit) {
    case UnitPredicate::istimewa:
      best = n * 6 / 10;
      good = n - best;
      break;
    case UnitPredicate::butuh_perbaikan:
      poor = (n * 6 + 9) / 10;
      good = n - poor;
      break;
    default:
      good = n * 7 / 10;
      poor = std::max<std::int64_t>(n / 25, 1);
      best = n - good - poor;
      break;
  }
  return out;
}

class PredicateRound : public std::enable_shared_from_this<PredicateRound> {
 public:
  PredicateRound(World& world, Period period)
      : world_(world),
        period_(period),
        dates_(predicate_dates(world.input, period)),
        rules_(
            world.setting.document_on(std::min(dates_.unit_predicates, last_day(world.options.to)))
                .document.evaluation.predicate),
        units_(world.city.units.size()),
        outcomes_(world.city.people.size()) {
    deal_out();
  }

  // Each task holds the round, so it goes when the last one is done.
  void schedule() {
    world_.at(dates_.unit_predicates, 10 * 60,
              [self = shared_from_this()] { self->set_unit_predicates(); });
    for (int day = 0; day < rating_days; ++day)
      world_.at(world_.calendar.after(dates_.rated_from, day), 0,
                [self = shared_from_this(), day] { self->begin_rating_day(day); });
    world_.at(dates_.closed, 9 * 60, [self = shared_from_this()] { self->close_units(); });
    for (const PlannedDispute& dispute : world_.plan.disputes)
      if (dispute.period == period_) schedule_dispute(dispute);
  }

 private:
  struct UnitRound {
    std::vector<PersonIndex> people{};  // who are rated
    UnitPredicate predicate{};
  };

  // One morning for every unit, however many there are.
  [[nodiscard]] int seconds_apart() const {
    return std::max(1, 3 * 3'600 / static_cast<int>(units_.size()));
  }
  [[nodiscard]] PersonId id(PersonIndex p) const { return world_.person(p).id; }
  [[nodiscard]] const Posting& posting(PersonIndex p) const {
    return *world_.person(p).posting_on(last_day(period_));
  }

  // Who leaves before the unit is closed is not rated any more.
  void deal_out() {
    for (PersonIndex p = 1; p < world_.city.people.size(); ++p) {
      const Person& person = world_.person(p);
      const Posting* const held = person.posting_on(last_day(period_));
      if (held == nullptr || !held->eligible ||
          (person.last_day && *person.last_day <= dates_.closed))
        continue;
      units_[held->unit].people.push_back(p);
    }
    for (UnitIndex u = 0; u < units_.size(); ++u)
      if (!units_[u].people.empty()) deal_out(u);
  }

  void deal_out(UnitIndex u) {
    UnitRound& of = units_[u];
    SeededRandomness random =
        world_.chance.of(Purpose::predicate, 1'000'000'000ULL + u, first_day(period_));
    std::vector<PersonIndex> order = of.people;
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
    of.predicate = UnitPredicate::baik;
    const bool told = world_.plan.is_told_of(period_, u);
    if (!told && happens(random, unit_istimewa)) {
      of.predicate = UnitPredicate::istimewa;
    } else if (!told && happens(random, unit_butuh_perbaikan)) {
      of.predicate = UnitPredicate::butuh_perbaikan;
    }
    // Whoever disputes the evaluation is told the least of it.
    std::stable_partition(order.begin(), order.end(), [&](PersonIndex p) { return disputes(p); });
    PredicateCounts left = usual_counts(of.predicate, static_cast<std::int64_t>(order.size()));
    if (world_.plan.deviates(period_, u)) {
      left = {};
      left[index_of(Predicate::baik)] = static_cast<std::int64_t>(order.size());
    }
    std::size_t next = 0;
    for (const PersonIndex p : order) {
      while (left[next] == 0) ++next;
      --left[next];
      outcomes_[p] = static_cast<Predicate>(next + 1);
    }
  }

  [[nodiscard]] bool disputes(PersonIndex p) const {
    return std::any_of(
        world_.plan.disputes.begin(), world_.plan.disputes.end(),
        [&](const PlannedDispute& one) { return one.period == period_ && one.person == p; });
  }

  // A pair that the document's quadrant makes that predicate of.
  [[nodiscard]] Expectations expectations_of(Predicate predicate, SeededRandomness& random) const {
    std::vector<Expectations> fitting;
    for (const auto& result : EnumNames<Expectation>::table)
      for (const auto& behaviour : EnumNames<Expectation>::table) {
        const auto made = predicate_of(result.value, behaviour.value, rules_.quadrant);
        if (made && *made == predicate) fitting.push_back({result.value, behaviour.value});
      }
    RUNUT_CHECK(!fitting.empty(), "every predicate that is dealt out stands in the quadrant");
    return pick(random, fitting);
  }

  void set_unit_predicates() {
    const Actor official = world_.act(world_.city.ranking_publisher, Role::official);
    const auto& [signatory, office] = *world_.plan.unit_predicate_signatory;
    Desk desk(world_, dates_.unit_predicates, 10 * 60, seconds_apart());
    for (UnitIndex u = 0; u < units_.size(); ++u)
      if (!units_[u].people.empty())
        desk.then_do(
            official,
            UnitPredicateSet{world_.unit(u).id, period_, units_[u].predicate,
                             world_.decree(fmt::format("SK PREDIKAT/{}/{}", world_.unit(u).code,
                                                       to_string(period_)),
                                           dates_.unit_predicates, signatory, office)});
  }

  void begin_rating_day(int day) {
    for (PersonIndex p = 1; p < outcomes_.size(); ++p) {
      if (outcomes_[p] == Predicate{}) continue;
      SeededRandomness random = world_.chance.of(Purpose::predicate, p, first_day(period_));
      if (static_cast<int>(random.below(rating_days)) == day) rate(p, random);
    }
  }

  void rate(PersonIndex p, SeededRandomness& random) {
    const Date today = world_.today();
    const Actor appraiser = world_.act(posting(p).appraiser, Role::appraiser);
    const Expectations given = expectations_of(outcomes_[p], random);
    const auto minute = static_cast<int>(between(random, 8 * 60, 14 * 60));
    Desk desk(world_, today, minute, static_cast<int>(between(random, 40, 300)));
    desk.then_do(appraiser, WorkResultRated{id(p), period_, unscored, given.result});
    desk.then_do(appraiser, BehaviourRated{id(p), period_, {}, given.behaviour});
    const Date told = world_.calendar.after(today, static_cast<int>(between(random, 1, 2)));
    Desk later(world_, told, minute, 60);
    later.then_do(appraiser, EvaluationDelivered{id(p), period_});
    schedule_evaluation_answer(world_, p, period_, told);
  }

  void close_units() {
    Desk desk(world_, dates_.closed, 9 * 60, seconds_apart());
    for (UnitIndex u = 0; u < units_.size(); ++u) {
      if (units_[u].people.empty()) continue;
      const Actor registrar =
          world_.act(world_.unit(world_.unit(u).paying_unit).registrar, Role::hr);
      const CloseUnitEvaluations closing{world_.unit(u).id, period_};
      if (const PlannedDeviation* const story = world_.plan.deviates(period_, u)) {
        desk.then_for(story->item, registrar, closing);
      } else {
        desk.then_do(registrar, closing);
      }
    }
  }

  void schedule_dispute(const PlannedDispute& dispute) {
    const PersonIndex p = dispute.person;
    const Actor superior = world_.act(posting(p).superior, Role::official);
    const Date asked = world_.calendar.after(dates_.disputed);
    const Date explained = world_.calendar.after(asked, 2);
    const Date decided = world_.calendar.after(explained, 2);
    const auto on = [&](Date day, int minute, const Actor& actor, CommandBody body,
                        std::string text = {}) {
      Desk desk(world_, day, minute, 60);
      desk.then_for(dispute.item, actor, std::move(body), std::move(text));
    };
    on(dates_.disputed, 10 * 60 + 20, world_.act(p, Role::employee), ObjectionFiled{id(p), period_},
       objection_text(to_string(period_), false));
    on(asked, 9 * 60 + 10, superior, ExplanationRequested{id(p), period_});
    on(explained, 13 * 60 + 40, world_.act(posting(p).appraiser, Role::appraiser),
       ExplanationGiven{id(p), period_}, explanation_text(dispute.upheld));
    on(decided, 11 * 60 + 15, superior,
       ObjectionDecided{id(p), period_, dispute.upheld, decree_of(p, "SK KEBERATAN", decided)});
    if (dispute.upheld) correct(dispute, world_.calendar.after(decided));
  }

  [[nodiscard]] Decree decree_of(PersonIndex p, std::string_view kind, Date day) const {
    const PersonIndex superior = posting(p).superior;
    return world_.decree(fmt::format("{}/{}/{}", kind, p, to_string(period_)), day, superior,
                         world_.person(superior).posting_on(day)->post);
  }

  void correct(const PlannedDispute& dispute, Date day) {
    const PersonIndex p = dispute.person;
    EvaluationCorrected corrected{id(p),
                                  period_,
                                  unscored,
                                  {},
                                  decree_of(p, "SK KOREKSI", day),
                                  Expectations{Expectation::meets, Expectation::meets}};
    world_.at(day, 9 * 60 + 50,
              [self = shared_from_this(), &dispute, corrected = std::move(corrected)] {
                self->world_.emitter.emit_for(
                    dispute.item,
                    self->world_.act(self->posting(dispute.person).superior, Role::official),
                    corrected, {}, "keberatan dikabulkan");
              });
  }

  World& world_;
  Period period_;
  PredicateDates dates_;
  const PredicateRules& rules_;
  std::vector<UnitRound> units_;
  std::vector<Predicate> outcomes_;  // by person; unspecified: not rated
};

}  // namespace

void schedule_predicates(World& world) {
  for (const Period period : world.plan.predicate_periods)
    world.at(first_day(period.following()), 0,
             [&world, period] { std::make_shared<PredicateRound>(world, period)->schedule(); });
}

}  // namespace runut::simulation
