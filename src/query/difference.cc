#include "query/difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "computation/ranking.h"
#include "computation/tpp.h"
#include "query/differing_parameters.h"

namespace runut {
namespace {

// One side: its facts, and the agency's as they were known then.
class Side {
 public:
  static Result<Side> open(const Standpoint& at) {
    RUNUT_ASSIGN(std::shared_ptr<const AgencyFacts> agency, load_agency(at.history, at.known_at));
    return Side(std::move(agency), at);
  }
  [[nodiscard]] const LoadedFacts& facts() const { return *facts_; }
  [[nodiscard]] RulesOptions options() const { return {at_.rules_as_of}; }
  // What was read of one person is not needed for the next.
  void forget() { facts_->trim(at_.known_at, 64); }

 private:
  Side(std::shared_ptr<const AgencyFacts> agency, const Standpoint& at)
      : at_(at),
        facts_(std::make_unique<LoadedFacts>(at.history, std::move(agency), at.known_at)) {}
  Standpoint at_;
  std::unique_ptr<LoadedFacts> facts_;
};

// The events between both sides that are about the question.
class EventsBetween {
 public:
  using IsAbout = std::function<bool(const Event&)>;

  static Result<EventsBetween> open(const DifferenceQuestion& question, const LoadedFacts& facts,
                                    IsAbout is_about) {
    EventsBetween out(question, facts, std::move(is_about));
    // Two histories number their events each in its own way.
    if (&question.before.history != &question.after.history) return out;
    out.history_ = &question.after.history;
    RUNUT_TRY(out.history_->each(
        agency_subject, std::nullopt, out.until_, [&](const Event& event, const Hash256&) {
          if (event.subject.kind != SubjectKind::person && out.takes(event))
            out.of_many_.emplace_back(event.sequence, event.subject);
          return Status{};
        }));
    return out;
  }

  [[nodiscard]] Result<std::vector<Sequence>> of(PersonId person,
                                                 const std::vector<Month>& months) const {
    if (history_ == nullptr) return std::vector<Sequence>{};
    std::set<Sequence> found;
    const auto note = [&](const Event& event, const Hash256&) -> Status {
      if (takes(event)) found.insert(event.sequence);
      return {};
    };
    const Subject subject = subject_of(person);
    RUNUT_TRY(history_->each(subject, std::nullopt, until_, note));
    for (const Month month : months) RUNUT_TRY(history_->each(subject, month, until_, note));
    std::set<UnitId> units;
    for (const AssignmentFact& fact : facts_.person(person).assignments)
      for (const Month month : months)
        for (const UnitId unit : facts_.agency().upward(fact.unit, last_day(month), until_))
          units.insert(unit);
    for (const auto& [sequence, of] : of_many_)
      if (of.kind != SubjectKind::unit || units.contains(UnitId{of.id})) found.insert(sequence);
    return std::vector<Sequence>(found.begin(), found.end());
  }

 private:
  EventsBetween(const DifferenceQuestion& question, const LoadedFacts& facts, IsAbout is_about)
      : facts_(facts),
        is_about_(std::move(is_about)),
        from_(std::min(question.before.known_at, question.after.known_at)),
        until_(std::max(question.before.known_at, question.after.known_at)) {}
  [[nodiscard]] bool takes(const Event& event) const {
    return event.sequence > from_ && event.sequence <= until_ && is_about_(event);
  }

  const History* history_ = nullptr;
  const LoadedFacts& facts_;
  IsAbout is_about_;
  Sequence from_;
  Sequence until_;
  std::vector<std::pair<Sequence, Subject>> of_many_;
};

struct Worth {
  Quantities quantities;
  std::optional<UnitId> paying_unit;
};

Result<Worth> worth(Side& side, PersonId person, Month month, const Rules& rules) {
  RUNUT_ASSIGN(const PersonMonth days, person_month(side.facts(), person, month, rules));
  NullRecorder none;
  RUNUT_ASSIGN(const MonthPay pay, compute_month_pay(side.facts(), days, Counting::as_known, none));
  RUNUT_TRY(side.facts().status());
  Worth worth;
  if (!pay.eligible) return worth;
  if (pay.unit)
    worth.paying_unit =
        side.facts().agency().paying_unit(*pay.unit, last_day(month), side.facts().known_at());
  Quantities& out = worth.quantities;
  out.push_back({{"productivity", ""}, percent_value(pay.work.productivity)});
  out.push_back({{"discipline", ""}, percent_value(pay.work.discipline)});
  for (const PaymentLine& line : pay.lines)
    add_amount(out,
               {std::string(to_string(line.kind)),
                line.component ? std::string(to_string(*line.component)) : line.code},
               line.amount.value);
  std::int64_t left = pay.left.value;
  for (const DueDeduction& due : pay.due) {
    const std::int64_t taken = std::min(due.due.value, left);
    left -= taken;
    if (taken > 0) add_amount(out, {"deduction", due.code}, -taken);
  }
  add_amount(out, {"net", ""}, left);
  return worth;
}

// Rupiah alone have a total; factors have none.
class UnitTotals {
 public:
  void add(const Worth& of_person) {
    if (!of_person.paying_unit) return;
    Quantities& total = units_[*of_person.paying_unit];
    for (const auto& [name, value] : of_person.quantities)
      if (value.number && value.decimals == 0) add_amount(total, name, *value.number);
  }
  [[nodiscard]] static std::vector<UnitTotal> compare(const UnitTotals& before,
                                                      const UnitTotals& after) {
    std::set<UnitId> units;
    for (const UnitTotals* side : {&before, &after})
      for (const auto& [unit, total] : side->units_) units.insert(unit);
    std::vector<UnitTotal> out;
    for (const UnitId unit : units) {
      UnitTotal total{unit, compare_sides(before.of(unit), after.of(unit))};
      // Lines stand as they first came up among its people; what they sum to stands last.
      std::stable_partition(total.quantities.begin(), total.quantities.end(),
                            [](const ChangedQuantity& each) { return each.line != "net"; });
      if (!total.quantities.empty()) out.push_back(std::move(total));
    }
    return out;
  }

 private:
  [[nodiscard]] Quantities of(UnitId unit) const {
    const auto found = units_.find(unit);
    return found == units_.end() ? Quantities{} : found->second;
  }
  std::map<UnitId, Quantities> units_;
};

Error named(Error error, PersonId person, const LoadedFacts& facts) {
  error.message +=
      fmt::format(" ({} as known at event {})", to_string(person), facts.known_at().value);
  return error;
}

struct PlacedSide {
  std::map<PersonId, Quantities> people;
  std::set<const Document*> documents;
};

Result<PlacedSide> place(const Side& side, Period period) {
  PlacedSide out;
  const auto& rankings = side.facts().agency().rankings;
  const auto ranking = rankings.find(period);
  if (ranking == rankings.end()) return out;
  NullRecorder none;
  for (const auto& [name, group] : ranking->second.groups) {
    const Date day = group.published ? group.published_on : ranking->second.frozen_on;
    RUNUT_ASSIGN(const Rules rules, ranking_rules(side.facts(), day, side.options()));
    out.documents.insert(rules.document);
    RUNUT_ASSIGN(const GroupRanking ranked, rank_group(side.facts(), period, name, rules, none));
    for (const PlacedMember& member : ranked.cut.members)
      out.people[member.person] = {
          {{"group", ""}, text_value(name)},
          {{"rank", ""}, number_value(member.rank)},
          {{"tier", ""}, text_value(member.tier == Tier{} ? "tied" : to_string(member.tier))},
          {{"score", ""}, score_value(member.key.score)},
          {{"result", ""}, score_value(member.key.result)},
          {{"behaviour", ""}, score_value(member.key.behaviour)},
          {{"discipline", ""}, percent_value(member.key.discipline)}};
  }
  RUNUT_TRY(side.facts().status());
  return out;
}

// Ratings and corrections of the period, and whatever moves the discipline of its months.
bool is_about_period(const Event& event, Period period, int utc_offset_minutes) {
  const bool of_period = std::visit(
      [&](const auto& payload) {
        if constexpr (requires {
                        { payload.period } -> std::convertible_to<Period>;
                      })
          return payload.period == period;
        else
          return false;
      },
      event.payload);
  if (of_period) return event.type() != EventType::TppAdjustmentDecided;
  const auto months = affected_months(event, utc_offset_minutes);
  return months && event.type() != EventType::TppAdjustmentDecided &&
         months->first <= period.last() && period.first <= months->last;
}

}  // namespace

Result<DifferenceReport> payments_difference(const DifferenceQuestion& question, Month month) {
  RUNUT_ASSIGN(Side before, Side::open(question.before));
  RUNUT_ASSIGN(Side after, Side::open(question.after));
  RUNUT_ASSIGN(const Rules rules_before, payment_rules(before.facts(), month, before.options()));
  RUNUT_ASSIGN(const Rules rules_after, payment_rules(after.facts(), month, after.options()));
  DifferenceReport out;
  out.parameters = differing_parameters(*rules_before, *rules_after, true);
  Side& later = question.before.known_at < question.after.known_at ? after : before;
  const int offset = later.facts().agency().utc_offset_minutes();
  RUNUT_ASSIGN(const EventsBetween events,
               EventsBetween::open(question, later.facts(), [&](const Event& event) {
                 const auto months = affected_months(event, offset);
                 return months && months->first <= month && month <= months->last;
               }));
  std::set<PersonId> people;
  for (const Side* side : {&before, &after})
    for (const auto& [unit, assigned] : side->facts().agency().ever_assigned)
      people.insert(assigned.begin(), assigned.end());
  UnitTotals total_before;
  UnitTotals total_after;
  for (const PersonId person : people) {
    auto was = worth(before, person, month, rules_before);
    if (!was) return fail(named(std::move(was).error(), person, before.facts()));
    auto is = worth(after, person, month, rules_after);
    if (!is) return fail(named(std::move(is).error(), person, after.facts()));
    ++out.asked;
    if (question.progress) question.progress(out.asked, people.size());
    total_before.add(*was);
    total_after.add(*is);
    ChangedPerson changed{person, compare_sides(was->quantities, is->quantities), {}};
    if (!changed.quantities.empty()) {
      RUNUT_ASSIGN(changed.events, events.of(person, {month}));
      out.people.push_back(std::move(changed));
    }
    before.forget();
    after.forget();
  }
  out.units = UnitTotals::compare(total_before, total_after);
  return out;
}

Result<DifferenceReport> rankings_difference(const DifferenceQuestion& question, Period period) {
  RUNUT_ASSIGN(const Side before, Side::open(question.before));
  RUNUT_ASSIGN(const Side after, Side::open(question.after));
  RUNUT_ASSIGN(const PlacedSide was, place(before, period));
  RUNUT_ASSIGN(const PlacedSide is, place(after, period));
  DifferenceReport out;
  std::set<std::string> parameters;
  for (const Document* a : was.documents)
    for (const Document* b : is.documents)
      for (std::string& name : differing_parameters(*a, *b, false))
        parameters.insert(std::move(name));
  out.parameters.assign(parameters.begin(), parameters.end());
  const Side& later = question.before.known_at < question.after.known_at ? after : before;
  const int offset = later.facts().agency().utc_offset_minutes();
  RUNUT_ASSIGN(const EventsBetween events,
               EventsBetween::open(question, later.facts(), [&](const Event& event) {
                 return is_about_period(event, period, offset);
               }));
  std::vector<Month> months;
  for (Month at = period.first; at <= period.last(); at = at + 1) months.push_back(at);
  std::set<PersonId> people;
  for (const PlacedSide* side : {&was, &is})
    for (const auto& [person, quantities] : side->people) people.insert(person);
  out.asked = people.size();
  const auto of = [](const PlacedSide& side, PersonId person) {
    const auto found = side.people.find(person);
    return found == side.people.end() ? Quantities{} : found->second;
  };
  for (const PersonId person : people) {
    ChangedPerson changed{person, compare_sides(of(was, person), of(is, person)), {}};
    if (changed.quantities.empty()) continue;
    RUNUT_ASSIGN(changed.events, events.of(person, months));
    out.people.push_back(std::move(changed));
  }
  return out;
}

}  // namespace runut
