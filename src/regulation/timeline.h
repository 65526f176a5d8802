// Which document is in force when, as known at a sequence (rulebook section 3, Which rules apply).
#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/strong.h"
#include "regulation/document.h"

namespace runut {

// A document on a date. `document` lives as long as any copy of the timeline that answered.
struct InForce {
  const Document* document = nullptr;
  Sequence sequence;  // of the event that enacted or amended it
  Interval days;      // as known at the sequence that was asked for

  [[nodiscard]] const Document& operator*() const { return *document; }
  [[nodiscard]] const Document* operator->() const { return document; }
};

// At most one document is in force on any date: of those that began by then the one that began
// last, of two that begin on one day the one with the higher sequence. Append-only, in order of
// sequence. Whether a month is already locked is the ledger's business, not this class's.
class Timeline {
 public:
  static constexpr Sequence latest{std::numeric_limits<std::uint64_t>::max()};

  // The document holds from its header's effective_from on. Rejections, in this order:
  //   regulation.id_taken         another document of this ledger has this id
  //   regulation.already_in_force a document is in force on that date or later: amend it
  //   regulation.first_of_month   what payments are computed by would change within a month
  Status enact(std::shared_ptr<const Document> document, Sequence sequence);

  // The new document closes `amends` the day before. Rejections, in this order:
  //   regulation.id_taken
  //   regulation.not_in_force     `amends` is not in force on the new document's effective_from
  //   regulation.first_of_month
  Status amend(std::string_view amends, std::shared_ptr<const Document> document,
               Sequence sequence);

  // Nothing is in force from that day on. Rejections, in this order:
  //   regulation.not_in_force     `regulation` is not in force on that day
  //   regulation.later_document   another document begins later: it would end the gap unsaid
  //   regulation.first_of_month
  Status repeal(std::string_view regulation, Date effective_from, Sequence sequence);

  // Empty before the first document, in a gap, and for what was not known yet.
  [[nodiscard]] std::optional<InForce> in_force(Date day, Sequence known_at = latest) const;
  // TPP of a month: the document in force on its first day.
  [[nodiscard]] std::optional<InForce> for_payment(Month month, Sequence known_at = latest) const;
  // A ranking, its scores, freezing and ties: the document in force on the publication's
  // occurred_on.
  [[nodiscard]] std::optional<InForce> for_ranking(Date published_on,
                                                   Sequence known_at = latest) const;

  // Every document known by then, in order of enactment; `days` is empty (from > until) for one
  // that another replaced from its first day.
  [[nodiscard]] std::vector<InForce> documents(Sequence known_at = latest) const;
  [[nodiscard]] const Document* find(std::string_view id, Sequence known_at = latest) const;
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  friend bool operator==(const Timeline&, const Timeline&) = default;

 private:
  struct Entry {
    std::shared_ptr<const Document> document;  // null: a repeal's gap begins
    Date from;
    Sequence sequence;
    friend bool operator==(const Entry& a, const Entry& b) {
      const bool same =
          a.document == b.document || (a.document && b.document && *a.document == *b.document);
      return same && a.from == b.from && a.sequence == b.sequence;
    }
  };
  [[nodiscard]] const Entry* entry_on(Date day, Sequence known_at) const;
  [[nodiscard]] Date until_of(const Entry& entry, Sequence known_at) const;
  [[nodiscard]] Status check_id(const Document& document) const;
  [[nodiscard]] Status check_first_of_month(const Document& document) const;

  std::vector<Entry> entries_;
};

}  // namespace runut
