#include "projections/senior_posts.h"

#include "projections/folder.h"
#include "projections/lookup.h"

namespace runut::senior_posts {
namespace {

struct Change {
  EventType type{};
  Date date;  // first day, review, next review, last day
  std::optional<UnitId> unit;
  std::string post;
  bool passed = false;
  std::uint8_t cause = 0;
  RUNUT_FIELDS(Change, type, date, unit, post, passed, cause)
};

Change of(const SeniorPostFilled& e) {
  return {{}, e.from, e.unit, e.post, false, 0};
}
Change of(const SeniorPostReviewed& e) {
  return {{}, e.date, {}, {}, e.passed, 0};
}
Change of(const SeniorPostExtended& e) {
  return {{}, e.until, {}, {}, false, 0};
}
Change of(const SeniorPostEnded& e) {
  return {{}, e.last_day, {}, {}, false, static_cast<std::uint8_t>(e.cause)};
}

void apply(Tenure& tenure, Sequence sequence, Change change) {
  switch (change.type) {
    case EventType::SeniorPostFilled:
      tenure.unit = change.unit.value_or(UnitId{});
      tenure.post = std::move(change.post);
      tenure.from = change.date;
      tenure.filled = sequence;
      break;
    case EventType::SeniorPostReviewed:
      tenure.reviews.push_back({change.date, change.passed, sequence});
      break;
    case EventType::SeniorPostExtended: tenure.extensions.push_back({change.date, sequence}); break;
    case EventType::SeniorPostEnded:
      tenure.ended = End{static_cast<SeniorPostEndCause>(change.cause), change.date, sequence};
      break;
    default: break;
  }
}

Result<std::vector<Tenure>> tenures_from(const RowReader& rows, BytesView prefix) {
  std::vector<Tenure> out;
  RUNUT_TRY(each_row<Change>(rows, prefix, [&](KeyCursor key, Change change) {
    const PersonId person = key.person();
    const std::uint32_t number = key.u32();
    if (out.empty() || out.back().person != person || out.back().tenure != number) {
      out.emplace_back();
      out.back().person = person;
      out.back().tenure = number;
    }
    apply(out.back(), key.sequence(), std::move(change));
  }));
  return out;
}

struct Folder {
  const FoldInput& input;
  Rows& rows;

  template <class P>
  requires requires(const P& e) { of(e); }
  void operator()(const P& e) {
    Change change = of(e);
    change.type = event_type_of<P>;
    put_row(rows, Key('s').person(e.person).u32(e.tenure).sequence(input.event.sequence), change);
  }
};

}  // namespace

constexpr EventSet events = events_of<Folder>();

Status fold(const FoldInput& input, Rows& rows) {
  return fold_with<Folder>(input, rows);
}

Result<std::vector<Tenure>> of_person(const RowReader& rows, PersonId person) {
  return tenures_from(rows, Key('s').person(person));
}
Result<std::vector<Tenure>> all(const RowReader& rows) {
  return tenures_from(rows, Key('s'));
}

}  // namespace runut::senior_posts
