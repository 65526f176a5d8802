#include "query/reconstruct.h"

namespace runut {
namespace {

template <class Body, class Variant>
inline constexpr bool is_alternative = false;
template <class Body, class... Bodies>
inline constexpr bool is_alternative<Body, std::variant<Bodies...>> =
    (std::is_same_v<Body, Bodies> || ...);

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
  void operator()(const IdentifierAssigned&) {}
  template <class Other>
  void operator()(const Other& e) {
    // Tie found first, or groups published: the decree stands in the first publication.
    for (const Event& event : commit)
      if (const auto* published = std::get_if<RankingPublished>(&event.payload)) {
        body = PublishRanking{published->period, published->decree};
        return;
      }
    if constexpr (is_alternative<Other, CommandBody> && !std::is_same_v<Other, std::monostate>)
      body = e;
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
      std::holds_alternative<EvaluationCorrected>(rebuild.body))
    command.supersedes = first.supersedes;
  if (text_policy(first.type()) == TextPolicy::required) command.text = "?";
  command.body = std::move(rebuild.body);
  return command;
}

Mac128 reconstructed_lookup(const Event& first) {
  const auto* assigned = std::get_if<IdentifierAssigned>(&first.payload);
  return assigned == nullptr ? Mac128{} : assigned->lookup;
}
Hash256 reconstructed_key(const Event& first) {
  const auto* founded = std::get_if<AgencyFounded>(&first.payload);
  return founded == nullptr ? Hash256{} : founded->public_key;
}
std::string reconstructed_origin(const Event& first) {
  const auto* founded = std::get_if<AgencyFounded>(&first.payload);
  return founded == nullptr ? std::string{} : founded->log_origin;
}

}  // namespace runut
