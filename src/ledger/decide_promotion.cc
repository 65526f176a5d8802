// What takes the place of a view that says something else (rulebook section 2, Ledger): a decision,
// for what people read changes though no fact did.
#include <algorithm>

#include "ledger/rules.h"

namespace runut::rules {
namespace {

constexpr std::size_t projection_bytes_max = 40;

// The ledger does not know which views there are: they are read from it, not the other way round.
bool is_projection(std::string_view text) {
  return !text.empty() && text.size() <= projection_bytes_max &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

}  // namespace

Decided decide_one(const Case& at, const ProjectionPromoted& body) {
  RUNUT_TRY(at.require_role({Role::operator_, Role::hr}));
  RUNUT_TRY(at.require_decree(body.decree));
  if (!is_projection(body.projection))
    return reject("projection.name", "data.projection", body.projection.substr(0, 80),
                  "a projection has a name of 1 to 40 small letters and '_'");
  if (body.at == Sequence{} || body.at > at.known_at())
    return reject("projection.at", "data.at", std::to_string(body.at.value),
                  "the views are compared at an event that is recorded");
  if (body.differences == 0 || body.digest_old == body.digest_new)
    return reject("projection.equal", "data.differences", std::to_string(body.differences),
                  "nothing differs: no decision is needed");
  return at.one(body, at.today());
}

}  // namespace runut::rules
