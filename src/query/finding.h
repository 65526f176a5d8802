// What an audit finds, as values; finding_text() says it as an Indonesian audit does: kondisi,
// kriteria, sebab, akibat.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "domain/event.h"
#include "query/page.h"
#include "regulation/parameter.h"

namespace runut {

class AgencyFacts;

// The parameter that a finding is measured by, as the document of its day states it.
struct Criterion {
  Parameter parameter{};
  std::string document;
  Provenance provenance;
  friend bool operator==(const Criterion&, const Criterion&) = default;
};
// Nothing without a document on that day.
[[nodiscard]] std::optional<Criterion> criterion_on(const AgencyFacts& agency, Parameter parameter,
                                                    Date day, Sequence known_at);

struct Finding {
  enum class Kind : std::uint8_t {
    // What is recorded is not what the rules give: exit 1.
    mismatch,
    authority,             // recorded, though actor, role or signatory had no authority
    self_approval,         // recorded, though the actor decided on their own work or case
    separation_of_duties,  // recorded, though one person did both halves
    // What somebody should look at.
    refused_attempt,  // somebody tried what they had no authority for
    late_approval,    // acted at or after the approval cut-off
    late_excuse,      // filed after the month was closed, or decided after the cut-off
    mid_month_move,   // a post began within a month, after another
    tie,              // found at a cut-off
    tie_resolved,
    objection,
    objection_decided,
    late_objection,  // filed, explained or decided after its time limit
    evaluation_corrected,
    counts_after_correction,  // a correction moved one member; the others keep their tiers
    correction_posted,
    approval_burst,        // more approvals within a minute than anybody reads
    outside_quota,         // a group published with other tiers than its document's shares give
    rating_after_lock,     // rated or corrected when a run that pays by it was locked
    overdue_objection,     // filed, and at the end of the log undecided after its time limit
    attendance_gap,        // never closed, though the month's approval cut-off has passed
    imported_as_found,     // against a rule of authority, from a legacy system; held or accepted
    late_closing,          // a unit closed a month's attendance when others were computed already
    outside_distribution,  // a unit was closed with people that its predicate does not allow
    overdue_senior_post,   // its term is over at the end of the log, and nobody decided
  };
  Kind kind{};
  Sequence sequence;  // of the event that it was found at; 0: of a thing that did not happen
  Subject subject;
  Month month;         // of what it is about: its event's occurred_on
  std::string rule;    // of mismatches, refusals and late objections
  std::string detail;  // what is recorded, what was expected; English, for scripts

  std::vector<Sequence> events;     // all that it rests on, ascending
  std::optional<PersonId> by;       // who acted
  std::vector<std::string> values;  // of the kind's wording, in its order
  std::optional<Rupiah> amount;     // effect
  std::optional<Criterion> criterion;
};
inline constexpr Finding::Kind last_finding_kind = Finding::Kind::overdue_senior_post;
[[nodiscard]] std::string_view to_string(Finding::Kind kind);
// The ledger is not what its rules give.
[[nodiscard]] constexpr bool is_mismatch(Finding::Kind kind) {
  return kind <= Finding::Kind::separation_of_duties;
}
// Found at that event: its subject, month, actor and sequence.
[[nodiscard]] Finding finding_at(Finding::Kind kind, const Event& event);
// The kind of a recorded commit that is refused when it is decided again: one of authority's when
// its actor or signatory had none, else a mismatch.
[[nodiscard]] Finding::Kind kind_of_refusal(const Error& error);
// The parameter that a rule of authority rests on, where it is one of the document's.
[[nodiscard]] std::optional<Parameter> parameter_of(std::string_view rule);

struct FindingText {
  std::string title;
  std::string condition;  // kondisi: what is
  std::string criterion;  // kriteria: what ought to be, with clause and status
  std::string cause;      // sebab: who and by what
  std::string effect;     // akibat: in rupiah, rank or minutes where it has one
};
[[nodiscard]] FindingText finding_text(const Finding& finding, Language language);

}  // namespace runut
