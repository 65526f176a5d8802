// Explains payments (query/explanation.h).
#pragma once

#include <map>
#include <memory>

#include "computation/rules.h"
#include "domain/history.h"
#include "ledger/loaded_facts.h"
#include "query/explanation.h"

namespace runut {

// Costs of one explanation grow with the month and the group that it is about, not with the
// history: the person's month and standing facts are read from the index, the agency's facts are
// shared.
class Explainer {
 public:
  struct Head {
    Sequence sequence;
    Hash256 leaf;
  };
  // `history` outlives this object. Reads the agency's events once.
  [[nodiscard]] static Result<Explainer> open(const History& history, Head head);
  // The same as of a later head of the same history: of the agency's events those since are read,
  // and what is known of it is shared when there are none.
  [[nodiscard]] Result<Explainer> moved_to(Head head) const;

  [[nodiscard]] const AgencyFacts& agency() const { return *agency_; }
  [[nodiscard]] const std::shared_ptr<const AgencyFacts>& shared_agency() const { return agency_; }
  [[nodiscard]] const Head& head() const { return head_; }
  // "P17", or a NIP when `lookup` (its keyed HMAC) is known. not_found names what was asked.
  [[nodiscard]] Result<PersonId> find_person(std::string_view text, const Mac128& lookup) const;

  // Whom the month's runs left out is explained too. not_found (explain.no_payment) when none of
  // them says anything about the person.
  // Other times make the payment a hypothetical one, computed by the run's own code on what was
  // known at the run, under them; the rank is then told as published; corrections, objections,
  // excuses and returned payments are not.
  [[nodiscard]] Result<Explanation> explain(PersonId person, Month month,
                                            const OtherTimes& times = {}) const;

 private:
  // What the agency's events say.
  struct Known {
    AgencyFacts agency;
    std::map<Sequence, EventRef> events;
    std::map<std::pair<Period, PersonId>, UnrankedBranch> unranked;
  };
  Explainer(const History& history, Head head, std::shared_ptr<const Known> known)
      : history_(&history),
        head_(head),
        known_(std::move(known)),
        agency_(known_, &known_->agency) {}
  [[nodiscard]] Result<Explanation> tell(PersonId person, Month month,
                                         const OtherTimes& times) const;
  [[nodiscard]] Status add_rank(const LoadedFacts& now, Explanation& out) const;
  [[nodiscard]] Status add_predicate(const LoadedFacts& then, const LoadedFacts& now,
                                     const Rules& rules, Explanation& out) const;
  void add_unranked(const RankingFact& ranking, Explanation& out) const;
  [[nodiscard]] Status add_objections(const LoadedFacts& now, Explanation& out) const;
  void add_units(Explanation& out) const;
  [[nodiscard]] Status add_corrections(const LoadedFacts& now, Explanation& out) const;
  [[nodiscard]] Status add_events(Explanation& out) const;

  const History* history_;
  Head head_;
  std::shared_ptr<const Known> known_;
  std::shared_ptr<const AgencyFacts> agency_;  // of known_
};

}  // namespace runut
