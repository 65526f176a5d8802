#include "tests/oracle/history.h"

#include <algorithm>
#include <string>

namespace runut::oracle {
namespace {

const std::vector<const Event*> none;

}  // namespace

void History::append(Event event) {
  RUNUT_CHECK(event.sequence.value == events_.size() + 1, "events come in order, none missing");
  events_.push_back(std::move(event));
  const Event& kept = events_.back();
  by_type_[kept.type()].push_back(&kept);
  if (kept.subject.kind == SubjectKind::person)
    by_person_[{PersonId{kept.subject.id}, kept.type()}].push_back(&kept);
  if (kept.supersedes) superseding_[*kept.supersedes].push_back(&kept);
}

std::vector<const Event*> History::commit_of(const Event& event) const {
  std::vector<const Event*> out;
  const Sequence first = event.commit();
  for (std::uint64_t i = 0; i < event.commit_count; ++i) {
    const Sequence sequence{first.value + i};
    if (sequence <= head()) out.push_back(&at(sequence));
  }
  return out;
}

const std::vector<const Event*>& History::of_type(EventType type) const {
  const auto found = by_type_.find(type);
  return found == by_type_.end() ? none : found->second;
}

const std::vector<const Event*>& History::of_type(EventType type, PersonId person) const {
  const auto found = by_person_.find({person, type});
  return found == by_person_.end() ? none : found->second;
}

bool History::is_superseded(const Event& event, Sequence known_at) const {
  const auto found = superseding_.find(event.sequence);
  if (found == superseding_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const Event* later) {
    return later->sequence <= known_at && later->type() == event.type();
  });
}

const Rules& History::rules_of(const Event& header) const {
  const auto known = rules_.find(header.sequence);
  if (known != rules_.end()) return known->second;
  std::map<std::uint32_t, std::string> sections;
  for (const Event* event : commit_of(header))
    if (const auto* section = std::get_if<RegulationSection>(&event->payload))
      sections[section->index] = section->text;
  std::string text;
  for (const auto& [index, part] : sections) text += part;
  return rules_.emplace(header.sequence, read_rules(text)).first->second;
}

Number View::divide(Wide numerator, Wide denominator, const Rules& rules) const {
  RoundingMode mode = rules.rounding;
  if (mode == RoundingMode::half_up && with(Mutation::half_up_rounds_down))
    mode = RoundingMode::down;
  if (mode == RoundingMode::half_up && numerator < 0 && with(Mutation::half_up_towards_zero))
    return -static_cast<Number>((-2 * numerator + denominator - 1) / (2 * denominator));
  return rounded(numerator, denominator, mode);
}

int View::utc_offset_minutes() const {
  const auto founded = all<AgencyFounded>();
  return founded.empty() ? 0 : founded.front().fact->utc_offset_minutes;
}

// Rulebook section 3, Which rules apply: an amendment closes the document that it names the day
// before it takes effect, a repeal leaves a gap. Of several that still cover the date (an amendment
// that reaches back before the one it replaces) the latest effective one holds.
const Rules* View::rules_on(Date date) const {
  struct Document {
    const Event* header;
    std::string id;
    Date from;
    Date open_until;  // exclusive
  };
  std::vector<Document> documents;
  const auto close = [&](const std::string& id, Date from) {
    for (Document& document : documents)
      if (document.id == id) document.open_until = std::min(document.open_until, from);
  };
  std::map<Sequence, const Event*> changes;
  for (const auto& enacted : all<RegulationEnacted>()) changes[enacted.sequence()] = enacted.event;
  for (const auto& amended : all<RegulationAmended>()) changes[amended.sequence()] = amended.event;
  for (const auto& repealed : all<RegulationRepealed>())
    changes[repealed.sequence()] = repealed.event;
  for (const auto& [sequence, event] : changes) {
    if (const auto* enacted = std::get_if<RegulationEnacted>(&event->payload)) {
      documents.push_back({event, enacted->regulation, enacted->effective_from, open_end});
    } else if (const auto* amended = std::get_if<RegulationAmended>(&event->payload)) {
      close(amended->amends, amended->effective_from);
      documents.push_back({event, amended->regulation, amended->effective_from, open_end});
    } else if (const auto* repealed = std::get_if<RegulationRepealed>(&event->payload)) {
      close(repealed->regulation, repealed->effective_from);
    }
  }
  const Document* in_force = nullptr;
  for (const Document& document : documents)
    if (document.from <= date && date < document.open_until &&
        (in_force == nullptr || document.from >= in_force->from))
      in_force = &document;
  return in_force == nullptr ? nullptr : &history->rules_of(*in_force->header);
}

std::vector<PersonId> View::persons() const {
  std::vector<PersonId> out;
  for (const auto& registered : all<PersonRegistered>()) out.push_back(registered.fact->person);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace runut::oracle
