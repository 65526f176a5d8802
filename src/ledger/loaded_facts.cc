#include "ledger/loaded_facts.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace runut {

Result<std::shared_ptr<AgencyFacts>> load_agency(const History& history, Sequence until) {
  auto facts = std::make_shared<AgencyFacts>();
  RUNUT_TRY(
      history.each(agency_subject, std::nullopt, until,
                   [&](const Event& event, const Hash256&) { return evolve(*facts, event); }));
  return facts;
}

LoadedFacts::LoadedFacts(const History& history, std::shared_ptr<const AgencyFacts> agency,
                         Sequence known_at)
    : history_(history), agency_(std::move(agency)), loaded_until_(known_at), known_at_(known_at) {}

Status LoadedFacts::apply(const Event& event) {
  return fold(event, true);
}
Status LoadedFacts::follow(const Event& event) {
  return fold(event, false);
}

Status LoadedFacts::fold(const Event& event, bool unread_too) {
  RUNUT_CHECK(event.sequence > known_at_, "events are applied in order");
  // Until the agency is founded nobody knows its offset; founding itself is filed without a month.
  const int offset = agency_->utc_offset_minutes();
  for (const Touch& touch : touches(event, offset)) {
    // Who read what is no fact: nothing has to be loaded or copied for it.
    if (std::holds_alternative<AccessRecorded>(event.payload)) continue;
    if (touch.subject == agency_subject) {
      if (!own_agency_) {
        own_agency_ = std::make_shared<AgencyFacts>(*agency_);
        agency_ = own_agency_;
      }
      RUNUT_TRY(evolve(*own_agency_, event));
    } else if (touch.month == late_daily_events) {
      const PersonId person{touch.subject.id};
      if (!unread_too && !late_daily_.contains(person)) continue;
      LoadedMarks& late = late_daily_.try_emplace(person, LoadedMarks{known_at_, {}}).first->second;
      evolve(late.marks, event, offset);
    } else if (touch.subject.kind == SubjectKind::person && touch.month) {
      const MonthKey key{PersonId{touch.subject.id}, *touch.month};
      if (!unread_too && !months_.contains(key)) continue;
      LoadedMonth& month = load(key);
      evolve(month.facts, event, offset);
      month.last = event.sequence;
    } else if (touch.subject.kind == SubjectKind::person) {
      const PersonId person{touch.subject.id};
      if (unread_too || people_.contains(person)) evolve(load(person), event, offset);
    }
  }
  known_at_ = event.sequence;
  // A live writer's history grows behind it: whatever is loaded later may read all of it.
  loaded_until_ = event.sequence;
  return status_;
}

PersonFacts& LoadedFacts::load(PersonId person) const {
  auto& slot = people_[person];
  if (!slot) {
    slot = std::make_unique<PersonFacts>();
    slot->person = person;
    const int offset = agency_->utc_offset_minutes();
    Status read = history_.each(subject_of(person), std::nullopt, loaded_until_,
                                [&](const Event& event, const Hash256&) -> Status {
                                  evolve(*slot, event, offset);
                                  return {};
                                });
    if (!read && status_) status_ = std::move(read);
  }
  return *slot;
}

LoadedFacts::LoadedMonth& LoadedFacts::load(const MonthKey& key) const {
  if (latest_ != nullptr && latest_key_ == key) {
    latest_->asked = ++tick_;
    return *latest_;
  }
  auto& slot = months_[key];
  if (!slot) {
    slot = std::make_unique<LoadedMonth>();
    slot->facts.month = key.month;
    const int offset = agency_->utc_offset_minutes();
    Status read = history_.each(subject_of(key.person), key.month, loaded_until_,
                                [&](const Event& event, const Hash256&) -> Status {
                                  evolve(slot->facts, event, offset);
                                  slot->last = event.sequence;
                                  return {};
                                });
    if (!read && status_) status_ = std::move(read);
  }
  slot->asked = ++tick_;
  latest_key_ = key;
  latest_ = slot.get();
  return *slot;
}

const PersonFacts& LoadedFacts::person(PersonId person) const {
  return load(person);
}
const MonthFacts& LoadedFacts::month(PersonId person, Month month) const {
  return load(MonthKey{person, month}).facts;
}

std::vector<LateMark> LoadedFacts::late_daily(PersonId person, Sequence after) const {
  LoadedMarks& late = late_daily_.try_emplace(person, LoadedMarks{loaded_until_, {}}).first->second;
  if (after < late.after) {
    std::vector<LateMark> earlier;
    const int offset = agency_->utc_offset_minutes();
    Status read = history_.each_after(subject_of(person), late_daily_events, after, late.after,
                                      [&](const Event& event, const Hash256&) -> Status {
                                        evolve(earlier, event, offset);
                                        return {};
                                      });
    if (!read && status_) status_ = std::move(read);
    late.marks.insert(late.marks.begin(), earlier.begin(), earlier.end());
    late.after = after;
  }
  const auto first =
      std::upper_bound(late.marks.begin(), late.marks.end(), after,
                       [](Sequence than, const LateMark& mark) { return than < mark.sequence; });
  return {first, late.marks.end()};
}

void LoadedFacts::trim(Sequence indexed, std::size_t months_max) {
  if (months_.size() <= months_max) return;
  if (indexed == trimmed_at_ && months_.size() < months_left_ + months_max / 4) return;
  std::vector<std::uint64_t> asked;
  asked.reserve(months_.size());
  for (const auto& [key, month] : months_) asked.push_back(month->asked);
  latest_ = nullptr;
  const std::size_t surplus = months_.size() - months_max * 2 / 3;
  std::nth_element(asked.begin(), asked.begin() + static_cast<std::ptrdiff_t>(surplus - 1),
                   asked.end());
  const std::uint64_t horizon = asked[surplus - 1];
  std::erase_if(months_, [&](const auto& entry) {
    return entry.second->asked <= horizon && entry.second->last <= indexed;
  });
  months_left_ = months_.size();
  trimmed_at_ = indexed;
}

}  // namespace runut
