#include "projections/reports.h"

#include <algorithm>

#include "projections/folder.h"
#include "projections/lookup.h"

namespace runut::reports {
namespace {

struct Change {
  Sequence sequence;
  EventType type{};
  Date date;
  ReportId report;
  Minutes minutes;  // of a submission
  Instant at;       // action time
  std::uint64_t by = 0;
  std::optional<Sequence> supersedes;
  RUNUT_FIELDS(Change, sequence, type, date, report, minutes, at, by, supersedes)
};

template <class T>
constexpr bool is_report =
    std::is_same_v<T, DailyReportSubmitted> || std::is_same_v<T, DailyReportApproved> ||
    std::is_same_v<T, DailyReportReturned> || std::is_same_v<T, DailyReportRejected> ||
    std::is_same_v<T, DailyReportWithdrawn>;

State state_after(EventType decision) {
  switch (decision) {
    case EventType::DailyReportApproved: return State::approved;
    case EventType::DailyReportReturned: return State::returned;
    case EventType::DailyReportRejected: return State::rejected;
    case EventType::DailyReportWithdrawn: return State::withdrawn;
    default: return State::submitted;
  }
}

// The changes of one person in the order of sequence, as entries.
class Assembly {
 public:
  explicit Assembly(PersonId person) : person_(person) {}

  void add(const Change& change) {
    Report* const current = last(change.date, change.report);
    if (change.type != EventType::DailyReportSubmitted) {
      if (current == nullptr) return;
      current->state = state_after(change.type);
      current->decided = change.sequence;
      current->decided_at = change.at;
      current->decided_by = change.by;
      return;
    }
    if (current != nullptr && current->state == State::returned) current->state = State::superseded;
    for (Report& entry : entries_)
      if (entry.submitted == change.supersedes) entry.state = State::superseded;
    Report entry;
    entry.person = person_;
    entry.date = change.date;
    entry.report = change.report;
    entry.minutes = change.minutes;
    entry.submitted = change.sequence;
    entry.submitted_at = change.at;
    entries_.push_back(entry);
  }
  // By date, within a date in the order of submission.
  std::vector<Report> take() {
    std::stable_sort(entries_.begin(), entries_.end(),
                     [](const Report& a, const Report& b) { return a.date < b.date; });
    return std::move(entries_);
  }

 private:
  Report* last(Date date, ReportId report) {
    for (auto at = entries_.rbegin(); at != entries_.rend(); ++at)
      if (at->date == date && at->report == report) return &*at;
    return nullptr;
  }
  PersonId person_;
  std::vector<Report> entries_;
};

Key month_key(PersonId person, Month month) {
  Key key('r');
  key.person(person).month(month);
  return key;
}

struct Folder {
  const FoldInput& input;
  Rows& rows;

  template <class P>
  requires is_report<P>
  void operator()(const P& e) {
    Change change;
    change.sequence = input.event.sequence;
    change.type = event_type_of<P>;
    change.date = e.date;
    change.report = e.report;
    if constexpr (std::is_same_v<P, DailyReportSubmitted>) change.minutes = e.minutes;
    change.at = input.event.action_time();
    change.by = input.event.actor.id;
    change.supersedes = input.event.supersedes;
    append_row(rows, month_key(e.person, month_of(e.date)), change);
  }
};

}  // namespace

constexpr EventSet events = events_of<Folder>();

Status fold(const FoldInput& input, Rows& rows) {
  return input.event.is_held() ? Status() : fold_with<Folder>(input, rows);
}

Result<std::vector<Report>> of_person(const RowReader& rows, PersonId person, Date first,
                                      Date last) {
  std::vector<Change> changes;
  RUNUT_TRY(each_entry<Change>(rows, month_key(person, month_of(first)),
                               month_key(person, month_of(last) + 1),
                               [&](KeyCursor, const Change& change) {
                                 if (change.date >= first && change.date <= last)
                                   changes.push_back(change);
                               }));
  // A report may supersede one of another month.
  std::sort(changes.begin(), changes.end(),
            [](const Change& a, const Change& b) { return a.sequence < b.sequence; });
  Assembly assembly(person);
  for (const Change& change : changes) assembly.add(change);
  return assembly.take();
}

}  // namespace runut::reports
