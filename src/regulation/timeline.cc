#include "regulation/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace runut {
namespace {

bool is_first_of_month(Date day) {
  return first_day(month_of(day)) == day;
}

Status within_a_month(Date day) {
  return reject("regulation.first_of_month", "effective_from", to_string(day),
                "what payments are computed by changes on the first of a month only");
}

}  // namespace

const Timeline::Entry* Timeline::entry_on(Date day, Sequence known_at) const {
  const Entry* best = nullptr;
  for (const Entry& entry : entries_) {
    if (entry.sequence > known_at || entry.from > day) continue;
    // Entries come in order of sequence, so of one day the later one wins.
    if (best == nullptr || entry.from >= best->from) best = &entry;
  }
  return best;
}

Date Timeline::until_of(const Entry& entry, Sequence known_at) const {
  Date until = open_end;
  for (const Entry& other : entries_) {
    if (other.sequence > known_at) continue;
    const bool later =
        other.from > entry.from || (other.from == entry.from && other.sequence > entry.sequence);
    if (later && other.from - 1 < until) until = other.from - 1;
  }
  return until;
}

Status Timeline::check_id(const Document& document) const {
  if (find(document.header.id) == nullptr) return {};
  return reject("regulation.id_taken", "regulation", document.header.id,
                "a document of this id is already in the ledger");
}

Status Timeline::check_first_of_month(const Document& document) const {
  const Date from = document.header.effective_from;
  const Entry* before = entry_on(from - 1, latest);
  const bool changes =
      before == nullptr || !before->document || !before->document->pays_like(document);
  if (changes && !is_first_of_month(from)) return within_a_month(from);
  // A document laid before a later one must not make that one's beginning a change within a month.
  const Entry* after = nullptr;
  for (const Entry& entry : entries_)
    if (entry.from > from && (after == nullptr || entry.from <= after->from)) after = &entry;
  if (after != nullptr && !is_first_of_month(after->from) && after->document &&
      !after->document->pays_like(document))
    return within_a_month(after->from);
  return {};
}

Status Timeline::enact(std::shared_ptr<const Document> document, Sequence sequence) {
  RUNUT_CHECK(document != nullptr, "enact needs a document");
  RUNUT_CHECK(entries_.empty() || entries_.back().sequence < sequence, "sequences rise");
  RUNUT_TRY(check_id(*document));
  const Date from = document->header.effective_from;
  for (const Entry& entry : entries_)
    if (entry.document && until_of(entry, latest) >= from && until_of(entry, latest) >= entry.from)
      return reject(
          "regulation.already_in_force", "effective_from", to_string(from),
          fmt::format("{} is in force on that date or later; amend it", entry.document->header.id));
  RUNUT_TRY(check_first_of_month(*document));
  entries_.push_back(Entry{std::move(document), from, sequence});
  return {};
}

Status Timeline::amend(std::string_view amends, std::shared_ptr<const Document> document,
                       Sequence sequence) {
  RUNUT_CHECK(document != nullptr, "amend needs a document");
  RUNUT_CHECK(entries_.empty() || entries_.back().sequence < sequence, "sequences rise");
  RUNUT_TRY(check_id(*document));
  const Date from = document->header.effective_from;
  const Entry* current = entry_on(from, latest);
  if (current == nullptr || !current->document || current->document->header.id != amends)
    return reject("regulation.not_in_force", "amends", std::string(amends),
                  fmt::format("this document is not in force on {}", to_string(from)));
  RUNUT_TRY(check_first_of_month(*document));
  entries_.push_back(Entry{std::move(document), from, sequence});
  return {};
}

Status Timeline::repeal(std::string_view regulation, Date effective_from, Sequence sequence) {
  RUNUT_CHECK(entries_.empty() || entries_.back().sequence < sequence, "sequences rise");
  const Entry* current = entry_on(effective_from, latest);
  if (current == nullptr || !current->document || current->document->header.id != regulation)
    return reject("regulation.not_in_force", "regulation", std::string(regulation),
                  fmt::format("this document is not in force on {}", to_string(effective_from)));
  for (const Entry& entry : entries_)
    if (entry.from > effective_from && entry.document)
      return reject(
          "regulation.later_document", "effective_from", to_string(effective_from),
          fmt::format("{} begins on {}", entry.document->header.id, to_string(entry.from)));
  if (!is_first_of_month(effective_from)) return within_a_month(effective_from);
  entries_.push_back(Entry{nullptr, effective_from, sequence});
  return {};
}

std::optional<InForce> Timeline::in_force(Date day, Sequence known_at) const {
  const Entry* entry = entry_on(day, known_at);
  if (entry == nullptr || !entry->document) return std::nullopt;
  return InForce{entry->document.get(), entry->sequence,
                 Interval{entry->from, until_of(*entry, known_at)}};
}

std::optional<InForce> Timeline::for_payment(Month month, Sequence known_at) const {
  return in_force(first_day(month), known_at);
}

std::optional<InForce> Timeline::for_ranking(Date published_on, Sequence known_at) const {
  return in_force(published_on, known_at);
}

std::vector<InForce> Timeline::documents(Sequence known_at) const {
  std::vector<InForce> out;
  for (const Entry& entry : entries_)
    if (entry.sequence <= known_at && entry.document)
      out.push_back(
          {entry.document.get(), entry.sequence, Interval{entry.from, until_of(entry, known_at)}});
  return out;
}

const Document* Timeline::find(std::string_view id, Sequence known_at) const {
  for (const Entry& entry : entries_)
    if (entry.sequence <= known_at && entry.document && entry.document->header.id == id)
      return entry.document.get();
  return nullptr;
}

}  // namespace runut
