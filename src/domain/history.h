// A ledger's events by subject, as an index keeps them: the seam between folds and storage.
#pragma once

#include <functional>
#include <optional>

#include "domain/touches.h"

namespace runut {

class History {
 public:
  virtual ~History() = default;

  // Called in sequence order; an error ends the walk and is returned. Events come without what only
  // the log can answer for: agency, previous hash, command id and digest, correlation, sealed text.
  // `leaf` is the leaf hash of the event as it is stored in the log.
  using Visit = std::function<Status(const Event& event, const Hash256& leaf)>;
  // Every event that touches (subject, month) with a sequence <= until; no month: standing facts.
  [[nodiscard]] virtual Status each(const Subject& subject, std::optional<Month> month,
                                    Sequence until, const Visit& visit) const = 0;

  // The same for those with a sequence > after alone. An index skips what is before it.
  [[nodiscard]] virtual Status each_after(const Subject& subject, std::optional<Month> month,
                                          Sequence after, Sequence until,
                                          const Visit& visit) const {
    return each(subject, month, until, [&](const Event& event, const Hash256& leaf) {
      return event.sequence > after ? visit(event, leaf) : Status{};
    });
  }

  // How many events the subject has; 0 for an unknown one.
  [[nodiscard]] virtual Result<std::uint32_t> version(const Subject& subject) const = 0;

  // No command has an id above this one, byte by byte; all ones where that is not known. Ids that
  // carry their time (RFC 9562 version 7) are above as a rule, and need not be looked for.
  [[nodiscard]] virtual Result<CommandId> greatest_command() const {
    CommandId any;
    any.bytes.fill(0xFF);
    return any;
  }

  // The first event of what became of a command id, long ago.
  [[nodiscard]] virtual Result<std::optional<Sequence>> command(const CommandId& id) const = 0;
};

}  // namespace runut
