#include "projections/evaluations.h"

#include "projections/folder.h"
#include "projections/lookup.h"

namespace runut::evaluations {
namespace {

struct Change {
  EventType type{};
  Instant at;  // action time
  std::uint64_t by = 0;
  std::optional<Score> result;
  std::vector<Score> values;
  std::optional<Sequence> supersedes;
  bool upheld = false;
  std::optional<Date> answered;
  std::optional<Expectation> expectation;  // of a rating
  std::optional<Expectations> expectations;
  std::optional<Predicate> predicate;
  std::optional<std::uint32_t> credit_hundredths;
  RUNUT_FIELDS(Change, type, at, by, result, values, supersedes, upheld, answered, expectation,
               expectations, predicate, credit_hundredths)
};
struct UnitChange {
  std::optional<UnitPredicate> predicate;
  std::optional<UnitEvaluationsClosed> closed;
  RUNUT_FIELDS(UnitChange, predicate, closed)
};
struct Present {
  RUNUT_FIELDS(Present)
};

// What the events of this group have in common: a person and a period.
template <class T>
constexpr bool is_evaluation =
    std::is_same_v<T, WorkResultRated> || std::is_same_v<T, BehaviourRated> ||
    std::is_same_v<T, InnovationRecognised> || std::is_same_v<T, EvaluationDelivered> ||
    std::is_same_v<T, ObjectionFiled> || std::is_same_v<T, ExplanationRequested> ||
    std::is_same_v<T, ExplanationGiven> || std::is_same_v<T, ObjectionDecided> ||
    std::is_same_v<T, EvaluationCorrected> || std::is_same_v<T, EvaluationAcknowledged> ||
    std::is_same_v<T, EvaluationRefused>;

Objection& last_objection(Evaluation& entry) {
  return entry.objections.empty() ? entry.objections.emplace_back() : entry.objections.back();
}

void add_change(Evaluation& entry, Sequence sequence, const Change& change) {
  switch (change.type) {
    case EventType::WorkResultRated:
      entry.results.push_back(
          {change.result.value_or(Score{}), change.expectation, change.by, sequence});
      break;
    case EventType::BehaviourRated:
      entry.behaviours.push_back({change.values, change.expectation, change.by, sequence});
      break;
    case EventType::InnovationRecognised: entry.innovation = sequence; break;
    case EventType::EvaluationDelivered:
      entry.delivered = sequence;
      entry.delivered_at = change.at;
      entry.delivered_predicate = change.predicate;
      entry.delivered_credit_hundredths = change.credit_hundredths;
      break;
    case EventType::EvaluationCorrected:
      entry.corrections.push_back({change.result.value_or(Score{}), change.values,
                                   change.supersedes, change.expectations, change.predicate,
                                   change.credit_hundredths, sequence});
      break;
    case EventType::EvaluationAcknowledged:
    case EventType::EvaluationRefused:
      entry.reply = Reply{change.type == EventType::EvaluationAcknowledged,
                          change.answered.value_or(Date{}), sequence};
      break;
    case EventType::ObjectionFiled:
      entry.objections.emplace_back();
      entry.objections.back().filed = sequence;
      entry.objections.back().filed_at = change.at;
      break;
    case EventType::ExplanationRequested: last_objection(entry).requested = sequence; break;
    case EventType::ExplanationGiven: last_objection(entry).explained = sequence; break;
    case EventType::ObjectionDecided: {
      Objection& objection = last_objection(entry);
      objection.decided = sequence;
      objection.decided_at = change.at;
      objection.upheld = change.upheld;
      break;
    }
    default: break;
  }
}

Key evaluation_key(PersonId person, Period period) {
  Key key('e');
  key.person(person).period(period);
  return key;
}

struct Folder {
  const FoldInput& input;
  Rows& rows;
  const Event& event = input.event;

  template <class P>
  requires is_evaluation<P>
  void operator()(const P& e) {
    Change change;
    change.type = event_type_of<P>;
    change.at = event.action_time();
    change.by = event.actor.id;
    change.supersedes = event.supersedes;
    if constexpr (std::is_same_v<P, EvaluationAcknowledged> || std::is_same_v<P, EvaluationRefused>)
      change.answered = event.occurred_on;
    if constexpr (requires { e.result; }) change.result = e.result;
    if constexpr (requires { e.values; }) change.values = e.values;
    if constexpr (requires { e.expectation; }) change.expectation = e.expectation;
    if constexpr (requires { e.expectations; }) change.expectations = e.expectations;
    if constexpr (requires { e.predicate; }) change.predicate = e.predicate;
    if constexpr (requires { e.credit_hundredths; }) change.credit_hundredths = e.credit_hundredths;
    if constexpr (requires { e.upheld; }) change.upheld = e.upheld;
    put_row(rows, evaluation_key(e.person, e.period).sequence(event.sequence), change);
    put_row(rows, Key('p').period(e.period).person(e.person), Present{});
  }
  void operator()(const UnitPredicateSet& e) {
    put_row(rows, Key('u').period(e.period).unit(e.unit).sequence(event.sequence),
            UnitChange{e.predicate, std::nullopt});
  }
  void operator()(const UnitEvaluationsClosed& e) {
    put_row(rows, Key('u').period(e.period).unit(e.unit).sequence(event.sequence),
            UnitChange{std::nullopt, e});
  }
};

}  // namespace

constexpr EventSet events = events_of<Folder>();

Status fold(const FoldInput& input, Rows& rows) {
  return input.event.is_held() ? Status() : fold_with<Folder>(input, rows);
}

Result<std::optional<Evaluation>> find(const RowReader& rows, PersonId person, Period period) {
  std::optional<Evaluation> out;
  RUNUT_TRY(each_row<Change>(rows, evaluation_key(person, period),
                             [&](KeyCursor key, const Change& change) {
                               if (!out) {
                                 out.emplace();
                                 out->person = person;
                                 out->period = period;
                               }
                               (void)key.person();
                               (void)key.period();
                               add_change(*out, key.sequence(), change);
                             }));
  return out;
}

Result<std::vector<PersonId>> persons_in(const RowReader& rows, Period period) {
  std::vector<PersonId> out;
  RUNUT_TRY(each_row<Present>(rows, Key('p').period(period), [&](KeyCursor key, const Present&) {
    (void)key.period();
    out.push_back(key.person());
  }));
  return out;
}

Result<std::vector<UnitPeriod>> units_in(const RowReader& rows, Period period) {
  std::vector<UnitPeriod> out;
  RUNUT_TRY(each_row<UnitChange>(rows, Key('u').period(period),
                                 [&](KeyCursor key, const UnitChange& change) {
                                   (void)key.period();
                                   const UnitId unit = key.unit();
                                   if (out.empty() || out.back().unit != unit) {
                                     out.emplace_back();
                                     out.back().unit = unit;
                                   }
                                   UnitPeriod& entry = out.back();
                                   const Sequence sequence = key.sequence();
                                   if (change.predicate) {
                                     entry.predicate = change.predicate;
                                     entry.predicate_set = sequence;
                                   }
                                   if (change.closed) {
                                     entry.closed = change.closed;
                                     entry.closed_at = sequence;
                                   }
                                 }));
  return out;
}

}  // namespace runut::evaluations
