#include "identity/access_record.h"

#include <algorithm>

namespace runut::identity {
namespace {

constexpr std::size_t access_people_max = 1'000;  // ledger/decide_access.cc
constexpr std::size_t access_purpose_max = 200;

// Of the grants, the one that reaches furthest; Reach goes from none to everyone.
Role widest_role(const Principal& principal, Resource resource) {
  Role role = Role::unspecified;
  Reach widest = Reach::none;
  for (const Grant& grant : principal.grants) {
    const Reach given = std::max(reach(grant.role, resource, Access::read),
                                 reach(grant.role, resource, Access::write));
    if (given <= widest) continue;
    widest = given;
    role = grant.role;
  }
  return role;
}

Actor reader_of(const Principal& principal, Resource resource) {
  Actor out;
  out.kind = principal.person ? ActorKind::person : ActorKind::system;
  out.id = principal.person ? principal.person->value : 1;
  out.assurance = principal.person ? Assurance::authenticated : Assurance::claimed;
  out.role = widest_role(principal, resource);
  out.method = principal.method;
  out.issuer = principal.issuer;
  out.credential = principal.credential;
  return out;
}

// As the ledger takes it: not blank, valid to its last character.
std::string stated(std::string purpose) {
  if (purpose.size() > access_purpose_max) {
    purpose.resize(access_purpose_max);
    while (!purpose.empty() && !is_utf8(purpose)) purpose.pop_back();
  }
  if (purpose.find_first_not_of(' ') == std::string::npos) return "tidak disebutkan";
  return purpose;
}

}  // namespace

std::vector<Command> access_commands(const Principal& principal, std::vector<PersonId> people,
                                     Resource resource, std::string purpose) {
  std::sort(people.begin(), people.end());
  people.erase(std::unique(people.begin(), people.end()), people.end());
  if (principal.person) std::erase(people, *principal.person);
  std::vector<Command> out;
  purpose = stated(std::move(purpose));
  for (std::size_t at = 0; at < people.size(); at += access_people_max) {
    const std::size_t count = std::min(people.size() - at, access_people_max);
    AccessRecorded body;
    const auto first = people.begin() + static_cast<std::ptrdiff_t>(at);
    body.people.assign(first, first + static_cast<std::ptrdiff_t>(count));
    body.resource = to_string(resource);
    body.purpose = purpose;
    Command command;
    command.actor = reader_of(principal, resource);
    command.body = std::move(body);
    out.push_back(std::move(command));
  }
  return out;
}

}  // namespace runut::identity
