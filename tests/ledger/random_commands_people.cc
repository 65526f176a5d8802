// Random commands about people: feedback, surveys, qualifications, senior posts; and the merit
// system.
#include <algorithm>

#include "base/sha256.h"
#include "tests/ledger/random_commands.h"

namespace runut::testing {

void RandomCommands::feedback() {
  const PersonId who{pick(ranked)};
  if (chance(50)) return survey(who);
  const By by = chance(20) ? delegate(12, 3) : appraiser(3);
  const Period month_now{this_month(), 1};
  const Date today = scene_.today();
  switch (random_.below(3)) {
    case 0: return ask(by, FeedbackGiven{who, month_now}, says("umpan balik"));
    case 1: return ask(appraiser(3), DialogueHeld{who, month_now, today});
    default:
      return ask(by,
                 CoachingPlanned{who, month_now, today, today + static_cast<int>(between(0, 9))},
                 says("pembinaan"));
  }
}

// Opened, answered by some, now and then closed: nobody answers what is not open.
void RandomCommands::survey(PersonId who) {
  if (scene_.facts().person(who).survey(s1_2022) == nullptr) ask(hr(), SurveyOpened{who, s1_2022});
  for (std::int64_t count = between(1, 3); count > 0; --count) {
    const bool superior = chance(20);
    std::vector<Score> values;
    for (std::size_t i = 0; i < behaviour_values; ++i)
      values.push_back(Score{between(6'000, 12'000)});
    ask(employee(superior ? 3 : pick(ranked)),
        AnswerSurvey{who, s1_2022, superior ? SurveyRelation::superior : SurveyRelation::peer,
                     std::move(values)});
  }
  if (chance(30)) ask(hr(), CloseSurvey{who, s1_2022});
}

void RandomCommands::merit() {
  const auto& years = scene_.facts().agency().merit;
  const auto is_done = [&](std::uint32_t year) {
    const auto found = years.find(year);
    return found != years.end() && !found->second.received.empty();
  };
  std::uint32_t year = 2015;
  while (year < 2022 && is_done(year) && !chance(5)) ++year;
  const auto found = years.find(year);
  const MeritYearFact facts = found == years.end() ? MeritYearFact{} : found->second;
  const auto& table = EnumNames<MeritAspect>::table;
  if (facts.evidence.empty() || (!facts.sealed && chance(30)))
    return ask(hr(), MeritEvidenceAttached{year, table[random_.below(std::size(table))].value,
                                           sha256("bukti" + std::to_string(next_id_++)), "Bukti"});
  if (facts.assessed.empty() || (!facts.sealed && chance(15))) {
    std::vector<MeritAspectPoints> points;
    const bool honest = !chance(20);  // others claim what they show no evidence of
    for (const auto& row : table) {
      const bool shown = std::any_of(facts.evidence.begin(), facts.evidence.end(),
                                     [&](const auto& one) { return one.aspect == row.value; });
      points.push_back(
          {row.value, shown || !honest ? static_cast<std::uint32_t>(between(0, 6'000)) : 0});
    }
    return ask(hr(), AssessMerit{year, points, scene_.decree()});
  }
  if (!facts.sealed) return ask(hr(), SealEvidenceBundle{year, scene_.decree()});
  ask(hr(), MeritScoreReceived{year, "KASN", "B-1", scene_.today(), sha256("surat"),
                               static_cast<std::uint32_t>(between(0, 40'000))});
}

void RandomCommands::qualification() {
  const PersonId who{pick(ranked)};
  const Date day = scene_.today() - static_cast<int>(between(0, 400));
  const Hash256 document = sha256("dokumen" + std::to_string(between(1, 40)));
  switch (random_.below(3)) {
    case 0:
      return ask(hr(), QualificationGained{who, EducationLevel::s1, day, document}, says("Hukum"));
    case 1:
      return ask(hr(), CompetencyAssessed{who, Echelon::iv, CompetencyMethod::assessor, "BKN",
                                          Score{between(5'000, 10'000)}, day, document});
    default:
      return ask(hr(), CertificationGranted{who, "PBJ", "LKPP", day, std::nullopt, document});
  }
}

void RandomCommands::senior_post() {
  const std::uint64_t id = chance(50) ? 3 : 4;
  const PersonId who{id};
  const Decree decree = scene_.decree(1, "Walikota");
  const SeniorPostFact* last = nullptr;
  for (const SeniorPostFact& fact : scene_.facts().agency().senior_posts)
    if (fact.person == who) last = &fact;
  if (last == nullptr || last->ended) {
    SeniorPostFilled body{who,
                          last == nullptr ? 1 : last->tenure + 1,
                          UnitId{id == 3 ? 2u : 4u},
                          id == 3 ? "Kepala Dinas" : "Kepala Badan",
                          last == nullptr ? date(2020, 1, 1) : scene_.today(),
                          decree};
    return ask(hr(), body);
  }
  const std::uint32_t tenure = last->tenure;
  switch (random_.below(4)) {
    case 0: return ask(hr(), SeniorPostReviewed{who, tenure, scene_.today(), chance(70), decree});
    case 1:
      return ask(
          hr(), SeniorPostExtended{
                    who, tenure, scene_.today() + static_cast<int>(between(1'000, 2'400)), decree});
    case 2:
      return ask(hr(),
                 SeniorPostEnded{who, tenure, SeniorPostEndCause::moved, scene_.today(), decree});
    default: return ask(official(2), SeniorPostReviewed{who, tenure, scene_.today(), true, decree});
  }
}

}  // namespace runut::testing
