#include "projections/reports.h"

#include "projections/lookup.h"

namespace runut::reports {
namespace {

struct Change {
  EventType type{};
  ReportId report;
  Minutes minutes;  // of a submission
  Instant at;       // action time
  std::uint64_t by = 0;
  std::optional<Sequence> supersedes;
  RUNUT_FIELDS(Change, type, report, minutes, at, by, supersedes)
};

template <class T>
constexpr bool is_report =
    std::is_same_v<T, DailyReportSubmitted> || std::is_same_v<T, DailyReportApproved> ||
    std::is_same_v<T, DailyReportReturned> || std::is_same_v<T, DailyReportRejected> ||
    std::is_same_v<T, DailyReportWithdrawn>;

State state_after(EventType decision) {
  switch (decision) {
    case EventType::DailyReportApproved:
      return State::approved;
    case EventType::DailyReportReturned:
      return State::returned;
    case EventType::DailyReportRejected:
      return State::rejected;
    case EventType::DailyReportWithdrawn:
      return State::withdrawn;
    default:
      return State::submitted;
  }
}

// The changes of one person in the order of date and sequence, as entries.
class Assembly {
 public:
  explicit Assembly(PersonId person) : person_(person) {}

  void add(Date date, Sequence sequence, const Change& change) {
    Report* const current = last(date, change.report);
    if (change.type != EventType::DailyReportSubmitted) {
      if (current == nullptr) return;
      current->state = state_after(change.type);
      current->decided = sequence;
      current->decided_at = change.at;
      current->decided_by = change.by;
      return;
    }
    if (current != nullptr && current->state == State::returned) current->state = State::superseded;
    for (Report& entry : entries_)
      if (entry.submitted == change.supersedes) entry.state = State::superseded;
    Report entry;
    entry.person = person_;
    entry.date = date;
    entry.report = change.report;
    entry.minutes = change.minutes;
    entry.submitted = sequence;
    entry.submitted_at = change.at;
    entries_.push_back(entry);
  }
  std::vector<Report> take() { return std::move(entries_); }

 private:
  Report* last(Date date, ReportId report) {
    for (auto at = entries_.rbegin(); at != entries_.rend() && at->date == date; ++at)
      if (at->report == report) return &*at;
    return nullptr;
  }
  PersonId person_;
  std::vector<Report> entries_;
};

Key day_key(PersonId person, Date date) {
  Key key('r');
  key.person(person).date(date);
  return key;
}

}  // namespace

Status fold(const FoldInput& input, Rows& rows) {
  const Event& event = input.event;
  std::visit(
      [&]<class P>(const P& payload) {
        if constexpr (is_report<P>) {
          Change change;
          change.type = event_type_of<P>;
          change.report = payload.report;
          if constexpr (std::is_same_v<P, DailyReportSubmitted>) change.minutes = payload.minutes;
          change.at = event.action_time();
          change.by = event.actor.id;
          change.supersedes = event.supersedes;
          put_row(rows, day_key(payload.person, payload.date).sequence(event.sequence), change);
        }
      },
      event.payload);
  return {};
}

Result<std::vector<Report>> of_person(const RowReader& rows, PersonId person, Date first,
                                      Date last) {
  Assembly assembly(person);
  RUNUT_TRY(each_row<Change>(rows, day_key(person, first), day_key(person, last + 1),
                             [&](KeyCursor key, const Change& change) {
                               (void)key.person();
                               const Date date = key.date();
                               assembly.add(date, key.sequence(), change);
                             }));
  return assembly.take();
}

}  // namespace runut::reports
