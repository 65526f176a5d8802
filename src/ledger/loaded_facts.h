// Facts loaded from a history on demand, and carried on with further events: the writer's live
// facts, the facts of a query at a past sequence, and either with hypothetical events on top.
#pragma once

#include <memory>
#include <unordered_map>

#include "computation/facts.h"
#include "domain/history.h"
#include "ledger/evolve.h"

namespace runut {

// Reads the agency's whole history up to a sequence (it is small).
[[nodiscard]] Result<std::shared_ptr<AgencyFacts>> load_agency(const History& history,
                                                               Sequence until);

class LoadedFacts final : public Facts {
 public:
  // Both outlive this object. `agency` may know more than `known_at`: every accessor filters.
  LoadedFacts(const History& history, std::shared_ptr<const AgencyFacts> agency, Sequence known_at);

  // A read that failed makes the facts worthless: ask after computing, before believing.
  [[nodiscard]] const Status& status() const { return status_; }

  // The next event, real or hypothetical; its sequence is above known_at(), which it becomes.
  // The agency's facts are copied before the first change when they are shared.
  [[nodiscard]] Status apply(const Event& event);
  // The same for an event that the history has already: what nobody asked for stays unread.
  [[nodiscard]] Status follow(const Event& event);

  // Forgets months of people that nobody asked for lately, keeping about `months_max`, but none
  // with an event above `indexed`: the history has to have it first. Cheap until there is something
  // to forget again.
  void trim(Sequence indexed, std::size_t months_max);

  [[nodiscard]] Sequence known_at() const override { return known_at_; }
  [[nodiscard]] const AgencyFacts& agency() const override { return *agency_; }
  [[nodiscard]] const PersonFacts& person(PersonId person) const override;
  [[nodiscard]] const MonthFacts& month(PersonId person, Month month) const override;
  [[nodiscard]] std::vector<LateMark> late_daily(PersonId person, Sequence after) const override;

 private:
  struct MonthKey {
    PersonId person;
    Month month;
    friend bool operator==(const MonthKey&, const MonthKey&) = default;
  };
  struct MonthKeyHash {
    std::size_t operator()(const MonthKey& key) const noexcept {
      return std::hash<PersonId>{}(
          PersonId{key.person.value * 4096 + static_cast<std::uint64_t>(key.month.index)});
    }
  };
  struct LoadedMonth {
    MonthFacts facts;
    Sequence last;            // newest event in it
    std::uint64_t asked = 0;  // tick of the last use
  };
  struct LoadedMarks {
    Sequence after;               // nothing was read of what is not later
    std::vector<LateMark> marks;  // all that are
  };

  [[nodiscard]] Status fold(const Event& event, bool unread_too);
  PersonFacts& load(PersonId person) const;
  LoadedMonth& load(const MonthKey& key) const;

  const History& history_;
  std::shared_ptr<const AgencyFacts> agency_;
  std::shared_ptr<AgencyFacts> own_agency_;  // once changed
  Sequence loaded_until_;
  Sequence known_at_;
  // Loading fills caches behind a const interface; one thread only.
  mutable Status status_;
  // Looked up by key, never iterated.
  mutable std::unordered_map<PersonId, std::unique_ptr<PersonFacts>> people_;
  // Looked up by key, never iterated.
  mutable std::unordered_map<PersonId, LoadedMarks> late_daily_;
  // Looked up by key, never iterated to an output: trim() only forgets.
  mutable std::unordered_map<MonthKey, std::unique_ptr<LoadedMonth>, MonthKeyHash> months_;
  mutable std::uint64_t tick_ = 0;
  // What the last trim() left, and knew to be indexed: it would leave the same now.
  std::size_t months_left_ = 0;
  Sequence trimmed_at_;
  // What was asked for last is asked for again: a decision looks at one month several times.
  mutable MonthKey latest_key_{};
  mutable LoadedMonth* latest_ = nullptr;
};

}  // namespace runut
