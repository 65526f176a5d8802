// Declared imports, and what was imported as found and waits for an official.
//
//   'd' number(4)                    the declaration (its sequence inside)
//   'e' declaration(8) window(8)     events that belong to it, an entry a commit
//   'h' sequence(8)                  an event that is held (Held)
//   'a' sequence(8)                  the held event of that sequence was accepted
#pragma once

#include <vector>

#include "projections/projection.h"

namespace runut::imports {

[[nodiscard]] Status fold(const FoldInput& input, Rows& rows);
inline constexpr Projection projection{"imports", 2, &fold};

struct Declared {
  Sequence sequence;
  Instant recorded_at;
  ImportDeclared declared;
  std::uint64_t events = 0;    // that belong to it
  std::uint64_t held = 0;      // of these, against a rule of authority
  std::uint64_t accepted = 0;  // of these
};

struct Held {
  Sequence sequence;
  Sequence declared;  // its ImportDeclared
  EventType type{};
  PersonId person;
  Date occurred_on;
  Instant acted_at;
  ActorKind actor_kind{};
  std::uint64_t actor = 0;
  std::optional<Sequence> accepted;   // the ImportedEventAccepted
  std::optional<PersonId> signatory;  // who accepted it
};

// By number.
[[nodiscard]] Result<std::vector<Declared>> declared(const RowReader& rows);
// In the order of the log.
[[nodiscard]] Result<std::vector<Held>> held(const RowReader& rows);

}  // namespace runut::imports
