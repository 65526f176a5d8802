#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "simulation/narrative.h"
#include "simulation/world.h"

namespace runut::simulation {
namespace {

const char* const secretary_office = "Sekretaris Daerah";

class RankingStory {
 public:
  RankingStory(World& world, const Evaluations& evaluations)
      : world_(world),
        evaluations_(evaluations),
        period_(evaluations.period),
        dates_(ranking_dates(world.input, period_)) {}

  void schedule() {
    // One day's ratings at a time: the agenda never holds everybody's.
    constexpr int days = 8;
    for (int i = 0; i < days; ++i) {
      const Date day = world_.calendar.after(dates_.rated_from, i);
      world_.at(day, 0, [this, day, i] {
        for (PersonIndex p = static_cast<PersonIndex>(i); p < evaluations_.ratings.size();
             p += static_cast<PersonIndex>(days))
          rate(p, day);
      });
    }
    world_.at(dates_.frozen, 9 * 60, [this] {
      world_.emitter.emit(world_.act(world_.city.ranking_clerk, Role::hr), FreezeRanking{period_});
    });
    publish(dates_.published, decree_number("SK", 1124, dates_.published));
    for (const PlannedTie& tie : world_.plan.ties) resolve(tie);
    publish(dates_.republished, decree_number("SK", 1131, dates_.republished));
    for (const PlannedObjection& objection : world_.plan.objections) {
      if (objection.story == ObjectionStory::upheld) {
        uphold(objection);
      } else {
        dismiss(objection);
      }
    }
  }

 private:
  [[nodiscard]] const Posting& posting(PersonIndex p) const {
    return *world_.person(p).posting_on(last_day(period_));
  }

  void rate(PersonIndex p, Date day) {
    const Ratings& ratings = evaluations_.ratings[p];
    if (ratings.result.value == 0) return;
    SeededRandomness random = world_.chance.of(Purpose::rating_day, p);
    const int minute = 8 * 60 + static_cast<int>(between(random, 0, 400));
    const Actor appraiser = world_.act(posting(p).appraiser, Role::appraiser);
    const PersonId person = world_.person(p).id;
    const PlannedChange* withheld = nullptr;
    for (const PlannedChange& undelivered : world_.plan.undelivered)
      if (undelivered.person == p) withheld = &undelivered;
    const auto rated = [&](Desk& desk, CommandBody body) {
      if (withheld == nullptr) return desk.then_do(appraiser, std::move(body));
      desk.then_for(withheld->item, appraiser, std::move(body));
    };
    Desk desk(world_, day, minute, static_cast<int>(between(random, 40, 400)));
    rated(desk, WorkResultRated{person, period_, ratings.result});
    rated(desk, BehaviourRated{person, period_, {ratings.values.begin(), ratings.values.end()}});
    if (withheld != nullptr) return;
    const Date delivered = world_.calendar.after(day, 1 + static_cast<int>(random.below(2)));
    if (std::find(evaluations_.innovators.begin(), evaluations_.innovators.end(), p) !=
        evaluations_.innovators.end())
      recognise(p, delivered);
    Desk later(world_, delivered, minute, 60);
    later.then_do(appraiser, EvaluationDelivered{person, period_});
    schedule_evaluation_answer(world_, p, period_, delivered);
  }

  // By the appraiser's superior, before the delivery.
  void recognise(PersonIndex p, Date day) {
    const PersonIndex superior = posting(p).superior == nobody ? City::mayor : posting(p).superior;
    Desk desk(world_, day, 7 * 60 + 45, 60);
    desk.then_do(world_.act(superior, Role::official),
                 InnovationRecognised{
                     world_.person(p).id, period_,
                     decree(fmt::format("SK INOVASI/{}/{}", p, civil(day).year), day, superior)});
  }

  void publish(Date day, std::string number) {
    world_.at(day, 13 * 60, [this, day, number = std::move(number)] {
      const CommandId id = world_.emitter.emit(
          world_.act(world_.city.ranking_publisher, Role::official),
          PublishRanking{period_, world_.decree(number, day, City::secretary, secretary_office)});
      for (const PlannedTie& tie : world_.plan.ties) world_.note(tie.item, id);
    });
  }

  // "SK Sekda 800/1124/KOTA-KEDIRI/2022"
  [[nodiscard]] std::string decree_number(std::string_view kind, int number, Date day) const {
    return fmt::format("{} Sekda 800/{}/{}/{}", kind, number, world_.unit(0).code, civil(day).year);
  }

  void resolve(const PlannedTie& tie) {
    const auto place = static_cast<int>(&tie - world_.plan.ties.data());
    Desk desk(world_, dates_.resolved, 10 * 60, 60);
    const bool below = tie.cutoff == Cutoff::below;
    desk.then_for(
        tie.item, world_.act(City::secretary, Role::official),
        TieResolved{
            period_,
            evaluations_.group_of(tie.unit).name,
            tie.cutoff,
            {world_.person(tie.chosen).id},
            below ? "Masa kerja dalam jabatan lebih singkat; berita acara terlampir."
                  : "Masa kerja dalam jabatan lebih lama; berita acara terlampir.",
            world_.decree(decree_number("BA", place == 0 ? 1129 : 1200 + place, dates_.resolved),
                          dates_.resolved, City::secretary, secretary_office)});
  }

  [[nodiscard]] Decree decree(std::string number, Date day, PersonIndex signatory) const {
    return world_.decree(std::move(number), day, signatory,
                         world_.person(signatory).posting_on(day)->post);
  }

  void file(const PlannedObjection& objection, Date day, int minute) {
    Desk desk(world_, day, minute, 60);
    desk.then_for(objection.item, world_.act(objection.person, Role::employee),
                  ObjectionFiled{world_.person(objection.person).id, period_},
                  objection_text(to_string(period_), objection.story == ObjectionStory::upheld));
  }
  void explain(const PlannedObjection& objection, Date requested, Date given) {
    const PersonId person = world_.person(objection.person).id;
    const Posting& held = posting(objection.person);
    Desk ask(world_, requested, 9 * 60 + 20, 60);
    ask.then_for(objection.item, world_.act(held.superior, Role::official),
                 ExplanationRequested{person, period_});
    Desk answer(world_, given, 14 * 60 + 10, 60);
    answer.then_for(objection.item, world_.act(held.appraiser, Role::appraiser),
                    ExplanationGiven{person, period_},
                    explanation_text(objection.story == ObjectionStory::upheld));
  }
  void decide(const PlannedObjection& objection, Date day, bool upheld) {
    const PersonIndex superior = posting(objection.person).superior;
    Desk desk(world_, day, 11 * 60, 60);
    desk.then_for(objection.item, world_.act(superior, Role::official),
                  ObjectionDecided{
                      world_.person(objection.person).id, period_, upheld,
                      decree(fmt::format("SK KEBERATAN/{}/{}", objection.person, civil(day).year),
                             day, superior)});
  }

  void uphold(const PlannedObjection& objection) {
    file(objection, dates_.filed, 10 * 60 + 5);
    explain(objection, dates_.requested, dates_.explained);
    decide(objection, dates_.decided, true);
    const PersonIndex p = objection.person;
    const PersonIndex superior = posting(p).superior;
    const Ratings& corrected = *objection.corrected;
    const bool heroine = p == evaluations_.heroine;
    Desk desk(world_, dates_.corrected, 9 * 60 + 30, 60);
    std::string number = heroine ? fmt::format("SK KOREKSI/1/{}", civil(dates_.corrected).year)
                                 : fmt::format("SK KOREKSI/{}/{}", p, civil(dates_.corrected).year);
    desk.then([this, p, superior, &corrected, number = std::move(number), item = objection.item] {
      world_.emitter.emit_for(
          item, world_.act(superior, Role::official),
          EvaluationCorrected{world_.person(p).id,
                              period_,
                              corrected.result,
                              {corrected.values.begin(), corrected.values.end()},
                              decree(number, dates_.corrected, superior)},
          {}, "keberatan dikabulkan");
    });
    if (!heroine) return;  // the others' are carried by the runs that settle their office
    const RunId run = world_.emitter.planted().heroine->correction_run;
    schedule_run(world_, run, world_.unit(posting(p).unit).paying_unit, dates_.paid);
  }

  void dismiss(const PlannedObjection& objection) {
    const bool late = objection.story == ObjectionStory::late;
    const Date filed = world_.calendar.on_or_after(dates_.republished + (late ? 15 : 4));
    const Date requested = world_.calendar.after(filed);
    const Date given = world_.calendar.after(requested, 2);
    file(objection, filed, 9 * 60 + 40);
    explain(objection, requested, given);
    const Date in_time = world_.calendar.after(given, 2);
    decide(objection,
           objection.story == ObjectionStory::overdue ? world_.calendar.on_or_after(filed + 20)
                                                      : in_time,
           false);
  }

  World& world_;
  const Evaluations& evaluations_;
  Period period_;
  RankingDates dates_;
};

}  // namespace

void schedule_ranking(World& world) {
  if (!world.plan.evaluations) return;
  // Lives as long as a task that still needs it.
  const auto story = std::make_shared<RankingStory>(world, *world.plan.evaluations);
  story->schedule();
  world.keep_alive.push_back(story);
}

}  // namespace runut::simulation
