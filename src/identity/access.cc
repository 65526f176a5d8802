#include "identity/access.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace runut::identity {
namespace {

constexpr std::array roles = {Role::employee,  Role::appraiser, Role::hr,         Role::auditor,
                              Role::treasurer, Role::official,  Role::integrator, Role::operator_};

struct Row {
  Resource resource;
  Access access;
  std::string_view name;
  std::string_view why;
  std::array<Reach, roles.size()> reach;  // in the order of `roles`
};

constexpr Reach none = Reach::none;
constexpr Reach self = Reach::self;
constexpr Reach appr = Reach::appraised;
constexpr Reach unit = Reach::unit;
constexpr Reach all_ = Reach::everyone;
constexpr Access read = Access::read;
constexpr Access write = Access::write;
using R = Resource;

// Rulebook section 5 says who asks what; a role has what its questions need and nothing more. By
// columns: employee, appraiser, hr, auditor, treasurer, official, integrator, operator.
// clang-format off
constexpr std::array<Row, 24> table = {{
    {R::open, read, "open", "Nobody's data. It needs no credential either.",
     {all_, all_, all_, all_, all_, all_, all_, all_}},
    {R::open, write, "open", "", {none, none, none, none, none, none, none, none}},
    {R::commands, read, "commands", "What became of one's own command.",
     {self, self, unit, none, unit, unit, unit, all_}},
    {R::commands, write, "commands",
     "About whom an employee or an appraiser may decide is the ledger's own law (authority of the "
     "day, AttemptRefused). A unit in a grant narrows the commands of that role. An auditor changes "
     "nothing; an operator founds the ledger and destroys keys.",
     {all_, all_, unit, none, unit, unit, unit, all_}},
    {R::people, read, "people",
     "An appraiser needs their people's work, not their pay; a treasurer pay, not work.",
     {self, appr, unit, unit, none, unit, none, none}},
    {R::people, write, "people", "", {none, none, none, none, none, none, none, none}},
    {R::payments, read, "payments", "",
     {self, none, unit, unit, unit, unit, none, none}},
    {R::payments, write, "payments", "", {none, none, none, none, none, none, none, none}},
    {R::listings, read, "listings", "The rows that the reach covers, the others are left out.",
     {self, appr, unit, unit, none, unit, none, none}},
    {R::listings, write, "listings", "", {none, none, none, none, none, none, none, none}},
    {R::names, read, "names", "A treasurer's payroll file has names; downstream systems have ids.",
     {self, appr, unit, unit, unit, unit, none, none}},
    {R::names, write, "names", "", {none, none, none, none, none, none, none, none}},
    {R::texts, read, "texts",
     "Between the rated and those who rate them; an auditor reads them as evidence. Answers of "
     "peers and subordinates are opened for nobody.",
     {self, appr, none, unit, none, none, none, none}},
    {R::texts, write, "texts", "", {none, none, none, none, none, none, none, none}},
    {R::audits, read, "audits", "",
     {none, none, unit, unit, unit, unit, none, none}},
    {R::audits, write, "audits", "What-if asks with a body, and records nothing.",
     {none, none, unit, unit, unit, unit, none, none}},
    {R::regulations, read, "regulations", "The rules are everybody's to read.",
     {all_, all_, all_, all_, all_, all_, all_, all_}},
    {R::regulations, write, "regulations", "A draft is checked; enacting one is a command.",
     {none, none, all_, all_, all_, all_, none, none}},
    {R::events, read, "events", "",
     {self, appr, none, unit, none, none, unit, none}},
    {R::events, write, "events",
     "Webhooks: whoever runs the service must not be able to send events to themself.",
     {none, none, none, none, none, none, unit, none}},
    {R::proofs, read, "proofs", "Whole entries only where the reach is everyone.",
     {self, none, none, unit, none, none, unit, none}},
    {R::proofs, write, "proofs", "", {none, none, none, none, none, none, none, none}},
    {R::operations, read, "operations", "No personal data.",
     {none, none, none, none, none, none, none, all_}},
    {R::operations, write, "operations", "",
     {none, none, none, none, none, none, none, all_}},
}};
// clang-format on

constexpr std::array every = {R::open,        R::commands, R::people, R::payments,
                              R::listings,    R::names,    R::texts,  R::audits,
                              R::regulations, R::events,   R::proofs, R::operations};

constexpr std::size_t row_number(Resource resource, Access access) {
  return 2 * static_cast<std::size_t>(resource) + (access == Access::write ? 1 : 0);
}
static_assert([] {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (row_number(table[i].resource, table[i].access) != i) return false;
  return true;
}());

const Row& row_of(Resource resource, Access access) {
  const std::size_t number = row_number(resource, access);
  RUNUT_CHECK(number < table.size(), "a resource without a row in the table of access");
  return table[number];
}

void add(Scope& scope, const Grant& grant, Reach given) {
  switch (given) {
    case Reach::none: return;
    case Reach::self: scope.self = true; return;
    case Reach::appraised: scope.self = scope.appraised = true; return;
    case Reach::everyone: scope.everyone = true; return;
    case Reach::unit: break;
  }
  if (!grant.unit)
    scope.everyone = true;
  else if (std::find(scope.units.begin(), scope.units.end(), *grant.unit) == scope.units.end())
    scope.units.push_back(*grant.unit);
}

}  // namespace

Reach reach(Role role, Resource resource, Access access) {
  const auto column = std::find(roles.begin(), roles.end(), role);
  if (column == roles.end()) return Reach::none;
  return row_of(resource, access).reach[static_cast<std::size_t>(column - roles.begin())];
}

Scope scope_of(const Principal& principal, Resource resource, Access access) {
  Scope scope;
  for (const Grant& grant : principal.grants)
    add(scope, grant, reach(grant.role, resource, access));
  return scope;
}

Scope scope_of(const Principal& principal, Role role, Resource resource, Access access) {
  Scope scope;
  for (const Grant& grant : principal.grants)
    if (grant.role == role) add(scope, grant, reach(role, resource, access));
  return scope;
}

Status check_access(const Principal& principal, Resource resource, Access access) {
  if (!scope_of(principal, resource, access).is_empty()) return {};
  std::string held;
  for (const Grant& grant : principal.grants)
    held += (held.empty() ? "" : " ") + std::string(runut::to_string(grant.role));
  return fail(Error{
      ErrorCode::unauthorised, "access.role", "role", held,
      fmt::format("no role that was granted may {} {}", to_string(access), to_string(resource))});
}

bool holds(const Principal& principal, Role role) {
  return std::any_of(principal.grants.begin(), principal.grants.end(),
                     [&](const Grant& grant) { return grant.role == role; });
}

std::span<const Role> every_role() {
  return roles;
}
std::span<const Resource> every_resource() {
  return every;
}

std::string_view to_string(Resource resource) {
  return row_of(resource, Access::read).name;
}
std::string_view to_string(Access access) {
  return access == Access::read ? "read" : "write";
}
std::string_view to_string(Reach reach) {
  switch (reach) {
    case Reach::self: return "self";
    case Reach::appraised: return "appraised";
    case Reach::unit: return "unit";
    case Reach::everyone: return "everyone";
    case Reach::none: break;
  }
  return "none";
}

std::string access_markdown() {
  std::string out =
      "# Who may see and do what\n\n"
      "Written by the program from its one table (`src/identity/access.cc`); a test compares the "
      "two.\n\n"
      "- **self**: the person whose credential it is (claim `person`).\n"
      "- **appraised**: oneself, and the people whom one appraises on the day asked for, is the "
      "appraiser's superior of, or holds a delegation for.\n"
      "- **unit**: people and units of the grant's unit (`hr@U3`) and below, by the day's unit "
      "tree; everyone where the grant has no unit.\n"
      "- **everyone**: whatever unit the grant has.\n"
      "- empty: nothing.\n\n"
      "Several grants add up. What asks with a body and records nothing is `write` here.\n\n"
      "| Resource | |";
  for (const Role role : roles) out += fmt::format(" {} |", runut::to_string(role));
  out += "\n|---|---|";
  for (std::size_t i = 0; i < roles.size(); ++i) out += "---|";
  out += '\n';
  for (const Row& row : table) {
    const bool any = std::any_of(row.reach.begin(), row.reach.end(),
                                 [](Reach given) { return given != Reach::none; });
    if (!any) continue;
    out += fmt::format("| {} | {} |", row.name, to_string(row.access));
    for (const Reach given : row.reach)
      out += given == Reach::none ? "  |" : fmt::format(" {} |", to_string(given));
    out += '\n';
  }
  out += "\nWhat has no line, nobody may do.\n\n";
  for (const Row& row : table)
    if (!row.why.empty())
      out += fmt::format("- **{}, {}**: {}\n", row.name, to_string(row.access), row.why);
  return out;
}

}  // namespace runut::identity
