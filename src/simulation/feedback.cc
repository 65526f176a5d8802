// Ongoing feedback (umpan balik, dialog kinerja): what appraisers say to their people in the course
// of a month, and the coaching that some of it leads to.
#include "simulation/narrative.h"
#include "simulation/world.h"

namespace runut::simulation {
namespace {

// Chances of 10 000, of a person's month.
constexpr std::uint64_t feedback_given = 1'700;
constexpr std::uint64_t dialogue_held = 1'500;
constexpr std::uint64_t coaching_planned = 150;  // of a quarter's first month

void say_to(World& world, PersonIndex p, CommandBody body, std::string text) {
  const auto [acting, delegation] = world.approver_of(p, world.today());
  const CommandId id = world.emitter.emit(acting, std::move(body), std::move(text));
  if (delegation != nullptr) world.note(delegation->item, id);
}

// Within one quarter, and so within the period; nobody is coached twice in a quarter.
void plan_coaching(World& world, PersonIndex p, Period period, SeededRandomness& random) {
  const Date from = world.today() + 3;
  say_to(world, p,
         CoachingPlanned{world.person(p).id, period, from,
                         from + static_cast<int>(between(random, 10, 45))},
         coaching_text(random));
}

void talk_to(World& world, PersonIndex p, SeededRandomness random) {
  const Date today = world.today();
  const PersonId person = world.person(p).id;
  const Period period = world.setting.evaluated_period(month_of(today));
  if (happens(random, feedback_given))
    say_to(world, p, FeedbackGiven{person, period}, feedback_text(random));
  if (happens(random, dialogue_held))
    say_to(world, p, DialogueHeld{person, period, today}, dialogue_text(random));
  if (month_of(today).index % 3 == 0 && happens(random, coaching_planned))
    plan_coaching(world, p, period, random);
}

// Everybody has one day of the month on which their appraiser may find the time.
void begin_feedback_day(World& world, std::size_t turn, std::size_t turns) {
  const Date today = world.today();
  for (PersonIndex p = 1; p < world.city.people.size(); ++p) {
    SeededRandomness random = world.chance.of(Purpose::feedback, p, first_day(month_of(today)));
    if (random.below(turns) != turn || !world.person(p).serves_on(today)) continue;
    const auto minute = static_cast<int>(between(random, 8 * 60, 15 * 60));
    world.agenda.add(world.calendar.at(today, minute, between(random, 0, 59'000'000)),
                     [&world, p, random] { talk_to(world, p, random); });
  }
}

void begin_feedback_month(World& world, Month month) {
  const std::vector<Date> days = world.calendar.working_days(WeekKind::office, month);
  for (std::size_t turn = 0; turn < days.size(); ++turn)
    world.at(days[turn], 0,
             [&world, turn, turns = days.size()] { begin_feedback_day(world, turn, turns); });
  if (month < world.options.to)
    world.at(first_day(month + 1), 0, [&world, month] { begin_feedback_month(world, month + 1); });
}

}  // namespace

void schedule_feedback(World& world) {
  world.at(first_day(world.options.from), 0,
           [&world] { begin_feedback_month(world, world.options.from); });
}

}  // namespace runut::simulation
