// What answers about proofs need of a ledger, whoever holds it.
#pragma once

#include <functional>

#include "instance/instance.h"
#include "service/ledger.h"

namespace runut::service {

// The instance outlives whoever has these; the functions may be called from any thread.
struct LedgerPorts {
  const Instance& instance;  // what service::Ledger::instance() allows
  // Done by the writer's thread in its turn, or forgotten when the writer has ended.
  std::function<Status(std::function<void(Instance&)>)> in_writer;
  // Every view has folded at least this event, or unavailable.
  std::function<Status(Sequence, Millis)> wait_for;
};

[[nodiscard]] inline LedgerPorts ports_of(Ledger& ledger) {
  return {
      ledger.instance(),
      [&ledger](std::function<void(Instance&)> work) { return ledger.in_writer(std::move(work)); },
      [&ledger](Sequence sequence, Millis max_wait) {
        return ledger.wait_for(sequence, max_wait);
      }};
}

}  // namespace runut::service
