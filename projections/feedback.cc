#include "projections/feedback.h"

#include "projections/folder.h"
#include "projections/lookup.h"

namespace runut::feedback {
namespace {

struct Entry {
  EventType type{};
  Date on;
  RUNUT_FIELDS(Entry, type, on)
};

template <class T>
constexpr bool is_feedback = std::is_same_v<T, FeedbackGiven> || std::is_same_v<T, DialogueHeld> ||
                             std::is_same_v<T, CoachingPlanned>;

void add_entry(Person& person, const Entry& entry) {
  switch (entry.type) {
    case EventType::FeedbackGiven: ++person.given; break;
    case EventType::DialogueHeld: person.dialogues.push_back(entry.on); break;
    case EventType::CoachingPlanned: ++person.coachings; break;
    default: break;
  }
}

struct Folder {
  const FoldInput& input;
  Rows& rows;

  template <class P>
  requires is_feedback<P>
  void operator()(const P& e) {
    put_row(rows, Key('f').period(e.period).person(e.person).sequence(input.event.sequence),
            Entry{event_type_of<P>, input.event.occurred_on});
  }
};

}  // namespace

constexpr EventSet events = events_of<Folder>();

Status fold(const FoldInput& input, Rows& rows) {
  return fold_with<Folder>(input, rows);
}

Result<std::vector<Person>> in_period(const RowReader& rows, Period period) {
  std::vector<Person> out;
  RUNUT_TRY(each_row<Entry>(rows, Key('f').period(period), [&](KeyCursor key, const Entry& entry) {
    (void)key.period();
    const PersonId person = key.person();
    if (out.empty() || out.back().person != person) {
      out.emplace_back();
      out.back().person = person;
    }
    add_entry(out.back(), entry);
    out.back().last = key.sequence();
  }));
  return out;
}

}  // namespace runut::feedback
