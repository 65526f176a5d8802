#include "ledger/rules.h"

#include <algorithm>

namespace runut::rules {

Status Case::require_person(PersonId id, std::string_view field) const {
  const auto found = agency().persons.find(id);
  if (found == agency().persons.end() || found->second > known_at())
    return unknown("person.unknown", std::string(field), to_string(id),
                   "nobody is registered by that id");
  return {};
}

Status Case::require_unit(UnitId id, std::string_view field) const {
  if (agency().unit(id, known_at()) == nullptr)
    return unknown("unit.unknown", std::string(field), to_string(id), "no unit has that id");
  return {};
}

Status Case::require_open(UnitId id, Date until, std::string_view field) const {
  const UnitFact* const unit = agency().unit(id, known_at());
  if (unit != nullptr && !unit->is_open_on(until, known_at()))
    return reject("unit.closed", std::string(field), to_string(id),
                  "the unit was closed with " + to_string(unit->closed->last_day));
  return {};
}

Status Case::require_role(std::initializer_list<Role> roles) const {
  if (std::find(roles.begin(), roles.end(), command.actor.role) != roles.end()) return {};
  std::string wanted;
  for (const Role role : roles)
    wanted += (wanted.empty() ? "" : " or ") + std::string(to_string(role));
  return refuse("actor.role", "actor.role", std::string(to_string(command.actor.role)),
                std::string(command_name(command.body)) + " needs the role " + wanted);
}

Status Case::require_self(PersonId id, std::string_view rule) const {
  if (actor() == id) return {};
  return refuse(std::string(rule), "actor.id", actor() ? to_string(*actor()) : "system",
                "only " + to_string(id) + " may do this for themself");
}

Status Case::require_decree(const Decree& decree) const {
  if (decree.number.empty() || decree.number.size() > 120)
    return reject("decree.number", "data.decree.number", decree.number, "a decree has a number");
  if (decree.document.is_zero())
    return reject("decree.document", "data.decree.document", to_hex(decree.document.view()),
                  "the hash of the signed document is wanted");
  if (decree.date > today())
    return reject("decree.date_in_future", "data.decree.date", to_string(decree.date),
                  "a decree is not dated after the day it is entered");
  // Founding order (rulebook section 2): rules, units and budgets come before the first person.
  if (agency().persons.empty()) return {};
  RUNUT_TRY(require_person(decree.signatory, "data.decree.signatory"));
  const AssignmentFact* const post = person(decree.signatory).assignment_on(decree.date);
  if (post == nullptr || post->post != decree.office)
    return reject(
        "decree.office_not_held", "data.decree.office", decree.office,
        to_string(decree.signatory) + " did not hold that office on " + to_string(decree.date));
  return {};
}

Status Case::require_office(const Decree& decree, const std::vector<std::string>& offices,
                            std::string_view rule) const {
  if (std::find(offices.begin(), offices.end(), decree.office) != offices.end()) return {};
  std::string wanted;
  for (const std::string& office : offices) wanted += (wanted.empty() ? "" : " or ") + office;
  return refuse(std::string(rule), "data.decree.office", decree.office,
                "must be signed by " + wanted);
}

Result<Case::Delegation> Case::require_appraiser(PersonId subject, Date fact_day) const {
  if (is_lenient) return Delegation{};
  const std::string who = actor() ? to_string(*actor()) : "system";
  if (actor() == subject)
    return refuse("authority.self", "actor.id", who, "nobody decides on their own work");
  const auto* const of_day = person(subject).appraiser_on(fact_day);
  if (of_day == nullptr)
    return reject("appraiser.none", "data.person", to_string(subject),
                  "no appraiser is assigned on " + to_string(fact_day));
  const PersonId appraiser = of_day->value.appraiser;
  const PersonFacts& other = person(appraiser);
  if (command.on_behalf_of) {
    const DelegationFact* found = nullptr;
    if (*command.on_behalf_of == appraiser)
      for (const DelegationFact& delegation : other.delegations)
        if (delegation.to == actor() && delegation.days.contains(today())) found = &delegation;
    if (found != nullptr) return Delegation{found->sequence};
    return refuse("authority.delegation", "actor.on_behalf_of", to_string(*command.on_behalf_of),
                  "no delegation from the appraiser " + to_string(appraiser) + " to " + who +
                      " holds on " + to_string(today()));
  }
  if (actor() == appraiser) return Delegation{};
  const bool separated = other.separation && other.separation->last_day < today();
  if (separated && of_day->value.superior && actor() == *of_day->value.superior)
    return Delegation{};
  return refuse("authority.not_appraiser", "actor.id", who,
                "the appraiser of " + to_string(subject) + " on " + to_string(fact_day) + " is " +
                    to_string(appraiser));
}

Status Case::require_superior(PersonId subject, Date day) const {
  const auto* const of_day = person(subject).appraiser_on(day);
  if (of_day == nullptr || !of_day->value.superior)
    return reject("appraiser.no_superior", "data.person", to_string(subject),
                  "no superior of the appraiser is assigned on " + to_string(day));
  if (actor() == *of_day->value.superior && actor() != subject) return {};
  return refuse("authority.not_superior", "actor.id", actor() ? to_string(*actor()) : "system",
                "the appraiser's superior on " + to_string(day) + " is " +
                    to_string(*of_day->value.superior));
}

bool Case::any_locked_from(Month month) const {
  return std::any_of(agency().runs.begin(), agency().runs.end(), [&](const auto& entry) {
    return entry.first.month >= month && entry.second.lock(known_at()) != nullptr;
  });
}

NewEvent Case::event(Payload payload, Date occurred_on) const {
  NewEvent out;
  out.payload = std::move(payload);
  out.occurred_on = occurred_on;
  out.supersedes = command.supersedes;
  out.carries_text = !command.text.empty();
  return out;
}

NewEvent Case::event_under(Payload payload, Date occurred_on, Sequence regulation) const {
  NewEvent out = event(std::move(payload), occurred_on);
  out.regulation = regulation;
  return out;
}

Decision Case::one(Payload payload, Date occurred_on, Delegation delegation) const {
  Decision out;
  out.push_back(event(std::move(payload), occurred_on));
  out.back().on_behalf_of = delegation;
  return out;
}

}  // namespace runut::rules
