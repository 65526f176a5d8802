// All events, in order, and what is known of them at a sequence.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "domain/event.h"
#include "tests/oracle/mutation.h"
#include "tests/oracle/rules.h"

namespace runut::oracle {

template <class P>
struct Recorded {
  const Event* event = nullptr;
  const P* fact = nullptr;
  [[nodiscard]] Sequence sequence() const { return event->sequence; }
};

class History {
 public:
  // Sequences are dense from 1 (checked).
  void append(Event event);
  [[nodiscard]] const std::deque<Event>& events() const { return events_; }
  [[nodiscard]] Sequence head() const { return Sequence{events_.size()}; }
  [[nodiscard]] const Event& at(Sequence sequence) const { return events_[sequence.value - 1]; }
  // The events of the commit that `event` belongs to.
  [[nodiscard]] std::vector<const Event*> commit_of(const Event& event) const;

  [[nodiscard]] const std::vector<const Event*>& of_type(EventType type) const;
  [[nodiscard]] const std::vector<const Event*>& of_type(EventType type, PersonId person) const;
  // The sequence of a later event of the same type, known at `known_at`, that supersedes this one.
  [[nodiscard]] bool is_superseded(const Event& event, Sequence known_at) const;
  [[nodiscard]] const Rules& rules_of(const Event& header) const;

 private:
  std::deque<Event> events_;
  std::map<EventType, std::vector<const Event*>> by_type_;
  std::map<std::pair<PersonId, EventType>, std::vector<const Event*>> by_person_;
  std::map<Sequence, std::vector<const Event*>> superseding_;  // by the superseded sequence
  mutable std::map<Sequence, Rules> rules_;                    // read once a document
};

// The history as known at a sequence, inclusive: first events are selected, then supersession
// (rulebook section 3.6). An event is void when a later one of the same type names it in
// `supersedes`. Reading: that holds for every fact; adjustments replace one another month by month
// (section 3.5 (5)) and computed runs stand as recorded, so these are asked for with `recorded`.
struct View {
  const History* history = nullptr;
  Sequence known_at;
  Mutation mutation = Mutation::none;

  [[nodiscard]] bool with(Mutation planted) const { return mutation == planted; }
  [[nodiscard]] View at(Sequence sequence) const { return View{history, sequence, mutation}; }

  template <class P>
  [[nodiscard]] std::vector<Recorded<P>> all() const {
    return select<P>(history->of_type(event_type_of<P>), true);
  }
  template <class P>
  [[nodiscard]] std::vector<Recorded<P>> of(PersonId person) const {
    return select<P>(history->of_type(event_type_of<P>, person), true);
  }
  template <class P>
  [[nodiscard]] std::vector<Recorded<P>> recorded() const {
    return select<P>(history->of_type(event_type_of<P>), false);
  }
  template <class P>
  [[nodiscard]] std::vector<Recorded<P>> recorded_of(PersonId person) const {
    return select<P>(history->of_type(event_type_of<P>, person), false);
  }

  // Rounded once, as the document says.
  [[nodiscard]] Number divide(Wide numerator, Wide denominator, const Rules& rules) const;

  [[nodiscard]] int utc_offset_minutes() const;
  // The parameter document in force on a date; null in a gap.
  [[nodiscard]] const Rules* rules_on(Date date) const;
  [[nodiscard]] const Rules* rules_of(Month month) const { return rules_on(first_day(month)); }
  [[nodiscard]] std::vector<PersonId> persons() const;

 private:
  template <class P>
  [[nodiscard]] std::vector<Recorded<P>> select(const std::vector<const Event*>& events,
                                                bool without_superseded) const {
    std::vector<Recorded<P>> out;
    for (const Event* event : events) {
      if (event->sequence > known_at) break;
      if (without_superseded && history->is_superseded(*event, known_at)) continue;
      out.push_back({event, &std::get<P>(event->payload)});
    }
    return out;
  }
};

}  // namespace runut::oracle
