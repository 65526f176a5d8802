// Who read whose data (rulebook section 2, Ledger). Anybody may say so of themself, whatever their
// role: what they may read is decided before they do.
#include <algorithm>

#include "ledger/rules.h"

namespace runut::rules {
namespace {

constexpr std::size_t accessed_people_max = 1'000;  // a page of a list is an access, not a city
constexpr std::size_t resource_bytes_max = 40;
constexpr std::size_t purpose_bytes_max = 200;

bool is_resource(std::string_view text) {
  return !text.empty() && text.size() <= resource_bytes_max &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || c == '-' || c == '_'; });
}

}  // namespace

Decided decide_one(const Case& at, const AccessRecorded& body) {
  const auto& people = body.people;
  if (people.empty() || people.size() > accessed_people_max)
    return reject("access.people", "data.people", std::to_string(people.size()),
                  "an access is to the data of 1 to 1000 people");
  for (std::size_t i = 1; i < people.size(); ++i)
    if (people[i] <= people[i - 1])
      return reject("access.order", "data.people", to_string(people[i]),
                    "the people are named in ascending order, each once");
  if (!is_resource(body.resource))
    return reject("access.resource", "data.resource", body.resource,
                  "a resource has a name of 1 to 40 small letters, '-' and '_'");
  if (body.purpose.find_first_not_of(' ') == std::string::npos ||
      body.purpose.size() > purpose_bytes_max)
    return reject("access.purpose", "data.purpose", body.purpose.substr(0, 80),
                  "a purpose is stated in 1 to 200 bytes");
  for (const PersonId person : people) RUNUT_TRY(at.require_person(person, "data.people"));
  if (people.size() == 1 && at.actor() == people.front())
    return reject("access.own", "data.people", to_string(people.front()),
                  "to read one's own data is no access");
  return at.one(body, at.today());
}

}  // namespace runut::rules
