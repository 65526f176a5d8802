// Who may see and do what: one table, role by resource by reading or writing. schemas/ACCESS.md is
// the same table for readers, and a test compares the two.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "identity/principal.h"

namespace runut::identity {

// A question that needs a body (what-if with a draft) is a POST and stands under `write`, although
// it records nothing.
enum class Access : std::uint8_t { read, write };

enum class Reach : std::uint8_t {
  none,
  self,       // the person whose credential it is
  appraised,  // oneself, and whom one appraises, is the appraiser's superior of, or a delegate for
  unit,      // people and units of the grant's unit and below; everyone where the grant has no unit
  everyone,  // whatever unit the grant has
};

// The table.
[[nodiscard]] Reach reach(Role role, Resource resource, Access access);

// What a principal's grants give together. Who somebody appraises and where people work changes
// from day to day: the ledger's facts resolve it (service/scope.h).
struct Scope {
  bool everyone = false;
  bool self = false;
  bool appraised = false;
  std::vector<UnitId> units;

  [[nodiscard]] bool is_empty() const { return !everyone && !self && !appraised && units.empty(); }
  friend bool operator==(const Scope&, const Scope&) = default;
};
[[nodiscard]] Scope scope_of(const Principal& principal, Resource resource, Access access);
// Of the grants of one role: a command is submitted in one.
[[nodiscard]] Scope scope_of(const Principal& principal, Role role, Resource resource,
                             Access access);
// unauthorised (access.role): none of the grants says anything of the resource.
[[nodiscard]] Status check_access(const Principal& principal, Resource resource, Access access);

[[nodiscard]] bool holds(const Principal& principal, Role role);
[[nodiscard]] std::span<const Role> every_role();
[[nodiscard]] std::span<const Resource> every_resource();
[[nodiscard]] std::string_view to_string(Resource resource);
[[nodiscard]] std::string_view to_string(Access access);
[[nodiscard]] std::string_view to_string(Reach reach);
// The document that schemas/ACCESS.md is.
[[nodiscard]] std::string access_markdown();

}  // namespace runut::identity
