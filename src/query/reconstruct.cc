#include "query/reconstruct.h"

#include "computation/ranking.h"

namespace runut {
namespace {

std::string joined_sections(const std::vector<Event>& commit) {
  std::string text;
  for (const Event& event : commit)
    if (const auto* section = std::get_if<RegulationSection>(&event.payload)) text += section->text;
  return text;
}

struct Reconstruct {
  const std::vector<Event>& commit;
  CommandBody body;

  void operator()(const AgencyFounded& e) {
    body = FoundAgency{e.agency, e.name, e.utc_offset_minutes, e.simulated};
  }
  void operator()(const RegulationEnacted& e) {
    body = EnactRegulation{joined_sections(commit), e.retroactive, e.decree};
  }
  void operator()(const RegulationAmended& e) {
    body = AmendRegulation{e.amends, joined_sections(commit), e.retroactive, e.decree};
  }
  void operator()(const RankingGroupFrozen& e) { body = FreezeRanking{e.period}; }
  void operator()(const TppRunComputed& e) { body = ComputeTppRun{e.run}; }
  void operator()(const TppRunLocked& e) { body = LockTppRun{e.run, e.decree}; }
  void operator()(const TppAdjustmentDecided& e) {
    if (e.cause == AdjustmentCause::personal_sanction && e.decree)
      body = DecidePersonalSanction{e.person, e.period, e.months, *e.decree};
  }
  void operator()(const ActingRoleEnded& e) {
    body = EndActingRole{e.person, e.acting, e.last_day};
  }
  void operator()(const EvaluationDelivered& e) { body = EvaluationDelivered{e.person, e.period}; }
  void operator()(const EvaluationCorrected& e) {
    EvaluationCorrected asked = e;
    asked.predicate.reset();
    asked.credit_hundredths.reset();
    body = std::move(asked);
  }
  void operator()(const UnitEvaluationsClosed& e) { body = CloseUnitEvaluations{e.unit, e.period}; }
  void operator()(const MeritSelfAssessed& e) { body = AssessMerit{e.year, e.aspects, e.decree}; }
  void operator()(const EvidenceBundleSealed& e) { body = SealEvidenceBundle{e.year, e.decree}; }
  // Which values were sealed is not asked again: any seven are an answer.
  void operator()(const SurveyAnswered& e) {
    body = AnswerSurvey{e.person, e.period, e.relation, std::vector<Score>(behaviour_values)};
  }
  void operator()(const SurveyClosed& e) { body = CloseSurvey{e.person, e.period}; }
  void operator()(const IdentifierAssigned&) {}
  template <class Other>
  void operator()(const Other& e) {
    // Tie found first, or groups published: the decree stands in the first publication.
    for (const Event& event : commit)
      if (const auto* published = std::get_if<RankingPublished>(&event.payload)) {
        body = PublishRanking{published->period, published->decree};
        return;
      }
    if constexpr (is_command_body<Other>) body = e;
  }
};

}  // namespace

std::optional<Command> reconstruct_command(const std::vector<Event>& commit) {
  const Event& first = commit.front();
  Reconstruct rebuild{commit, {}};
  std::visit(rebuild, first.payload);
  if (std::holds_alternative<std::monostate>(rebuild.body)) return std::nullopt;
  Command command;
  command.id = first.command;
  command.actor = first.actor;
  command.acted_at = first.acted_at;
  command.correlation = first.correlation;
  command.reason = first.reason;
  if (std::holds_alternative<DailyReportSubmitted>(rebuild.body) ||
      std::holds_alternative<EvaluationCorrected>(rebuild.body) ||
      std::holds_alternative<UnitPredicateSet>(rebuild.body))
    command.supersedes = first.supersedes;
  // What an answer seals is not a text that was given: the decision makes it of the values.
  if (text_policy(first.type()) == TextPolicy::required &&
      !std::holds_alternative<AnswerSurvey>(rebuild.body))
    command.text = "?";
  command.body = std::move(rebuild.body);
  return command;
}

Context reconstructed_context(const Facts& facts, const Event& first) {
  Context out{.facts = facts,
              .now = first.recorded_at,
              .is_import = first.origin == Origin::import_batch || first.is_held(),
              .text_lookup = {},
              .public_key = {},
              .log_origin = {},
              .as_found = first.is_held()};
  if (const auto* assigned = std::get_if<IdentifierAssigned>(&first.payload))
    out.text_lookup = assigned->lookup;
  if (const auto* closed = std::get_if<SurveyClosed>(&first.payload))
    out.recorded_sums = closed->relations;
  if (first.actor.kind == ActorKind::pseudonym) out.pseudonym = first.actor.id;
  if (const auto* founded = std::get_if<AgencyFounded>(&first.payload)) {
    out.public_key = founded->public_key;
    out.log_origin = founded->log_origin;
  }
  return out;
}

Status check_found_tie(const Facts& facts, const Event& event, const TieAtCutoffFound& found) {
  RUNUT_ASSIGN(const Rules rules, ranking_rules(facts, event.occurred_on));
  NullRecorder none;
  RUNUT_ASSIGN(const GroupRanking ranked,
               rank_group(facts, found.period, found.group, rules, none));
  for (const Tie& tie : ranked.cut.open)
    if (tie.cutoff == found.cutoff && tie.members == found.members && tie.score == found.score &&
        tie.places == static_cast<std::int64_t>(found.places))
      return {};
  return reject("audit.tie", "group", found.group, "ranked again it has no such tie");
}

}  // namespace runut
