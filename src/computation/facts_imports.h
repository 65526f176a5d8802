// Declared imports, and what of them waits for acceptance (computation/facts.h).
#pragma once

#include <map>

#include "domain/event.h"

namespace runut {

struct ImportFact {
  ImportDeclared declared;
  Sequence sequence;
  friend bool operator==(const ImportFact&, const ImportFact&) = default;
};

// An event that was imported as found.
struct HeldFact {
  PersonId person;
  Actor actor;
  Instant acted_at;
  Payload payload;
  std::optional<Sequence> declared;  // its ImportDeclared
  std::optional<Sequence> accepted;
  friend bool operator==(const HeldFact&, const HeldFact&) = default;
};

struct ImportFacts {
  std::map<std::uint32_t, ImportFact> declared;  // by number
  std::map<Sequence, HeldFact> held;
  friend bool operator==(const ImportFacts&, const ImportFacts&) = default;

  // Null for what is not known by then.
  [[nodiscard]] const ImportFact* find(std::uint32_t number, Sequence known_at) const {
    const auto found = declared.find(number);
    return found == declared.end() || found->second.sequence > known_at ? nullptr : &found->second;
  }
  [[nodiscard]] const HeldFact* find_held(Sequence event, Sequence known_at) const {
    const auto found = held.find(event);
    return found == held.end() || event > known_at ? nullptr : &found->second;
  }
};

}  // namespace runut
