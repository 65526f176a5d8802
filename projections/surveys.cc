#include "projections/surveys.h"

#include <algorithm>

#include "projections/folder.h"
#include "projections/lookup.h"

namespace runut::surveys {
namespace {

struct Entry {
  EventType type{};
  std::vector<SurveyRelationSum> relations;  // of an answer its own, without a sum
  RUNUT_FIELDS(Entry, type, relations)
};

Entry entry_of(const SurveyOpened&) {
  return Entry{EventType::SurveyOpened, {}};
}
Entry entry_of(const SurveyAnswered& e) {
  return Entry{EventType::SurveyAnswered, {{e.relation, 0, 1}}};
}
Entry entry_of(const SurveyClosed& e) {
  return Entry{EventType::SurveyClosed, e.relations};
}

void add_entry(Survey& survey, Sequence sequence, Entry entry) {
  survey.last = sequence;
  if (entry.type == EventType::SurveyOpened) survey.opened = sequence;
  if (entry.type == EventType::SurveyClosed) survey.closed = std::move(entry.relations);
  if (entry.type != EventType::SurveyAnswered) return;
  for (const SurveyRelationSum& one : entry.relations) {
    const auto known = std::find_if(
        survey.answered.begin(), survey.answered.end(),
        [&](const SurveyRelationSum& other) { return other.relation == one.relation; });
    if (known == survey.answered.end())
      survey.answered.push_back(one);
    else
      known->answers += one.answers;
  }
}

struct Folder {
  const FoldInput& input;
  Rows& rows;

  template <class P>
  requires requires(const P& e) { entry_of(e); }
  void operator()(const P& e) {
    put_row(rows, Key('s').period(e.period).person(e.person).sequence(input.event.sequence),
            entry_of(e));
  }
};

}  // namespace

std::optional<SurveyRelationSum> Survey::of(SurveyRelation relation) const {
  for (const SurveyRelationSum& one : closed ? *closed : answered)
    if (one.relation == relation) return one;
  return std::nullopt;
}

constexpr EventSet events = events_of<Folder>();

Status fold(const FoldInput& input, Rows& rows) {
  return fold_with<Folder>(input, rows);
}

Result<std::vector<Survey>> in_period(const RowReader& rows, Period period) {
  std::vector<Survey> out;
  RUNUT_TRY(each_row<Entry>(rows, Key('s').period(period), [&](KeyCursor key, Entry entry) {
    (void)key.period();
    const PersonId person = key.person();
    if (out.empty() || out.back().person != person) {
      out.emplace_back();
      out.back().person = person;
    }
    add_entry(out.back(), key.sequence(), std::move(entry));
  }));
  return out;
}

}  // namespace runut::surveys
