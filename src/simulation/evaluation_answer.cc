#include "simulation/narrative.h"
#include "simulation/world.h"

namespace runut::simulation {
namespace {

// Chances of 10 000; the others say nothing.
constexpr std::uint64_t acknowledged = 9'300;
constexpr std::uint64_t refused_to_sign = 90;

}  // namespace

void schedule_evaluation_answer(World& world, PersonIndex p, Period period, Date delivered) {
  SeededRandomness random = world.chance.of(Purpose::evaluation_answer, p, first_day(period));
  const bool acknowledges = happens(random, acknowledged);
  if (!acknowledges && !happens(random, refused_to_sign * 10'000 / (10'000 - acknowledged))) return;
  const Date day = world.calendar.after(delivered, static_cast<int>(between(random, 1, 3)));
  if (!world.person(p).serves_on(day)) return;
  const auto minute = static_cast<int>(between(random, 8 * 60, 15 * 60));
  const PersonId person = world.person(p).id;
  world.agenda.add(
      world.calendar.at(day, minute, between(random, 0, 59'000'000)),
      [&world, p, person, period, acknowledges, random]() mutable {
        const Actor rated = world.act(p, Role::employee);
        if (acknowledges) {
          world.emitter.emit(rated, EvaluationAcknowledged{person, period});
        } else {
          world.emitter.emit(rated, EvaluationRefused{person, period}, refusal_text(random));
        }
      });
}

}  // namespace runut::simulation
