#include "tests/support/event_builder.h"

#include "base/sha256.h"

namespace runut::testing {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;

// "07:30" or "07:30:59", as seconds of the day.
std::int64_t seconds_of(std::string_view time) {
  RUNUT_CHECK(time.size() == 5 || time.size() == 8, "a time is written HH:MM or HH:MM:SS");
  const auto two = [&](std::size_t i) { return (time[i] - '0') * 10 + (time[i + 1] - '0'); };
  return two(0) * 3600 + two(3) * 60 + (time.size() == 8 ? two(6) : 0);
}
std::uint32_t minute_of(std::string_view time) {
  return static_cast<std::uint32_t>(seconds_of(time) / 60);
}

constexpr Component listed_components[] = {
    Component::beban_kerja,        Component::prestasi_kerja,
    Component::tempat_bertugas,    Component::kondisi_kerja,
    Component::kelangkaan_profesi, Component::pertimbangan_objektif_lainnya};

}  // namespace

EventBuilder::EventBuilder(std::string agency, int utc_offset_minutes)
    : agency_(agency_tag(agency)), utc_offset_minutes_(utc_offset_minutes) {
  clock(date(2020, 1, 1), "08:00");
  AgencyFounded founded;
  founded.agency = std::move(agency);
  founded.name = "Kota Uji";
  founded.hash_algorithm = "SHA-256";
  founded.tree_algorithm = "RFC6962";
  founded.log_origin = "kota-uji.example";
  founded.utc_offset_minutes = utc_offset_minutes;
  founded.simulated = true;
  add(std::move(founded));
}

Instant EventBuilder::instant(Date day, std::string_view time) const {
  return Instant{start_of(day, utc_offset_minutes_).micros + seconds_of(time) * micros_per_second};
}

EventBuilder& EventBuilder::clock(Date day, std::string_view time) {
  const Instant at = instant(day, time);
  RUNUT_CHECK(events_.empty() || at >= now_, "the clock of a ledger never goes backwards");
  now_ = at;
  return *this;
}

EventBuilder& EventBuilder::not_before(Date day, std::string_view time) {
  now_ = std::max(now_, instant(day, time));
  return *this;
}

Sequence EventBuilder::add(Payload payload, EventOptions options) {
  Event event;
  event.agency = agency_;
  event.sequence = next(head());
  event.occurred_on = options.occurred_on.value_or(local_date(now_, utc_offset_minutes_));
  event.acted_at = now_;
  event.recorded_at = now_;
  event.origin = Origin::simulation;
  event.subject = subject_of(payload);
  event.subject_version = ++versions_[event.subject];
  if (options.actor) {
    event.actor.kind = ActorKind::person;
    event.actor.id = options.actor->value;
    event.actor.role = Role::official;
  } else {
    event.actor.kind = ActorKind::system;
    event.actor.id = 1;
    event.actor.role = Role::operator_;
  }
  if (options.role) event.actor.role = *options.role;
  event.actor.assurance = Assurance::claimed;
  event.actor.method = "test";
  event.actor.on_behalf_of = options.on_behalf_of;
  event.supersedes = options.supersedes;
  event.causation = options.causation;
  event.payload = std::move(payload);
  events_.push_back(std::move(event));
  return head();
}

void EventBuilder::begin_commit() {
  RUNUT_CHECK(!commit_begin_, "a commit is open");
  commit_begin_ = events_.size();
}
void EventBuilder::end_commit() {
  RUNUT_CHECK(commit_begin_.has_value(), "no commit is open");
  const std::size_t begin = *commit_begin_;
  for (std::size_t i = begin; i < events_.size(); ++i) {
    events_[i].commit_index = static_cast<std::uint32_t>(i - begin);
    events_[i].commit_count = static_cast<std::uint32_t>(events_.size() - begin);
  }
  commit_begin_.reset();
}

Decree EventBuilder::decree(std::string number) const {
  Decree out;
  out.number = std::move(number);
  out.date = local_date(now_, utc_offset_minutes_);
  out.signatory = PersonId{1};
  out.office = "Sekretaris Daerah";
  out.document = sha256(out.number);
  return out;
}

void EventBuilder::add_document(const RegulationText& regulation, std::string_view text) {
  add(RegulationSection{regulation.id(), 0, std::string(text)});
}

Sequence EventBuilder::enact(const RegulationText& regulation) {
  const std::string text = regulation.text();
  RegulationEnacted enacted;
  enacted.regulation = regulation.id();
  enacted.text_hash = sha256(text);
  enacted.sections = 1;
  enacted.enacted_on = enacted.promulgated_on = enacted.effective_from =
      regulation.effective_from();
  enacted.decree = decree();
  begin_commit();
  const Sequence header = add(std::move(enacted));
  add_document(regulation, text);
  end_commit();
  return header;
}

Sequence EventBuilder::amend(const RegulationText& regulation, std::string amends) {
  const std::string text = regulation.text();
  RegulationAmended amended;
  amended.regulation = regulation.id();
  amended.amends = std::move(amends);
  amended.text_hash = sha256(text);
  amended.sections = 1;
  amended.enacted_on = amended.promulgated_on = amended.effective_from =
      regulation.effective_from();
  amended.decree = decree();
  begin_commit();
  const Sequence header = add(std::move(amended));
  add_document(regulation, text);
  end_commit();
  return header;
}

Sequence EventBuilder::holiday(Date day) {
  return add(HolidaySet{day, HolidayKind::national, "Libur"});
}

Sequence EventBuilder::ceiling(Component component, std::uint32_t job_class, std::int64_t amount,
                               Month effective) {
  TppCeilingSet set;
  set.component = component;
  set.job_class = job_class;
  set.amount = Rupiah{amount};
  set.effective = effective;
  set.decree = decree();
  return add(std::move(set));
}
void EventBuilder::no_ceilings(std::uint32_t job_class, Month effective) {
  for (const Component component : listed_components) ceiling(component, job_class, 0, effective);
}

PersonVerbs EventBuilder::person(std::uint64_t id) {
  return {*this, PersonId{id}};
}
UnitVerbs EventBuilder::unit(std::uint64_t id) {
  return {*this, UnitId{id}};
}

// --- units
// ----------------------------------------------------------------------------------------

Sequence UnitVerbs::created(Unit unit) const {
  UnitCreated created;
  created.unit = unit_;
  if (unit.parent) created.parent = UnitId{*unit.parent};
  created.code = to_string(unit_);
  created.name = "Dinas " + to_string(unit_);
  created.paying = unit.paying;
  created.from = date(2020, 1, 1);
  return ledger_.add(std::move(created));
}

Sequence UnitVerbs::moved(std::uint64_t parent, Date from) const {
  return ledger_.add(UnitMoved{unit_, UnitId{parent}, from});
}

Sequence UnitVerbs::scheduled(Date from, std::optional<Date> until, std::string_view start,
                              std::string_view end, std::int64_t minutes) const {
  ScheduleSet set{unit_, from, until, {}};
  for (std::uint32_t weekday = 1; weekday <= 5; ++weekday)
    set.days.push_back({weekday, minute_of(start), minute_of(end), Minutes{minutes}});
  return ledger_.add(std::move(set));
}

Sequence UnitVerbs::closed_attendance(Month month) const {
  return ledger_.add(AttendanceMonthClosed{unit_, month});
}
Sequence UnitVerbs::sanctioned(Month first, Month last) const {
  return ledger_.add(UnitSanctionImposed{unit_, first, last, ledger_.decree()});
}

// --- people
// ---------------------------------------------------------------------------------------

void PersonVerbs::hired(const Hire& hire) const {
  registered();
  has_status(hire.status, hire.from);
  has_grade(hire.grade, hire.from);
  Post post;
  post.unit = hire.unit;
  post.job_class = hire.job_class;
  post.from = hire.from;
  assigned(1, post);
  if (hire.appraiser) appraised_by(*hire.appraiser, hire.from);
}
Sequence PersonVerbs::registered() const {
  return ledger_.add(PersonRegistered{person_});
}
Sequence PersonVerbs::has_status(EmploymentStatus status, Date from) const {
  return ledger_.add(StatusChanged{person_, status, from});
}
Sequence PersonVerbs::has_grade(std::string grade, Date from) const {
  return ledger_.add(GradeChanged{person_, std::move(grade), from});
}
Sequence PersonVerbs::assigned(std::uint32_t assignment, const Post& post) const {
  AssignmentStarted started;
  started.person = person_;
  started.assignment = assignment;
  started.unit = UnitId{post.unit};
  started.post = post.post;
  started.job_class = post.job_class;
  started.echelon = Echelon::staff;
  started.kind = PositionKind::executor;
  started.role = post.role;
  started.tpp_eligible = post.tpp_eligible;
  started.rankable = post.rankable;
  started.from = post.from;
  started.until = post.until;
  return ledger_.add(std::move(started));
}
Sequence PersonVerbs::ended(std::uint32_t assignment, Date last_day) const {
  return ledger_.add(AssignmentEnded{person_, assignment, last_day});
}
Sequence PersonVerbs::acts(const Post& post, AssignmentRole role, std::uint32_t acting) const {
  return ledger_.add(ActingRoleStarted{person_, acting, UnitId{post.unit}, post.post,
                                       post.job_class, role, post.from, post.until,
                                       ledger_.decree()});
}
Sequence PersonVerbs::stopped_acting(Date from, Date last_day, std::uint32_t acting) const {
  return ledger_.add(ActingRoleEnded{person_, acting, from, last_day});
}
Sequence PersonVerbs::appraised_by(std::uint64_t appraiser, Date from) const {
  return ledger_.add(AppraiserAssigned{person_, PersonId{appraiser}, std::nullopt, from});
}
Sequence PersonVerbs::on_leave(LeaveKind kind, Date from, Date until) const {
  return ledger_.add(LeaveGranted{person_, kind, from, until});
}
Sequence PersonVerbs::separated(Date last_day) const {
  return ledger_.add(PersonSeparated{person_, SeparationCause::retired, last_day});
}

ReportId PersonVerbs::last_report(Date day) const {
  const YearMonthDay d = civil(day);
  const std::uint64_t number = ledger_.reports_a_day_[person_][day];
  return ReportId{(static_cast<std::uint64_t>(d.year) * 10'000 +
                   static_cast<std::uint64_t>(d.month) * 100 + static_cast<std::uint64_t>(d.day)) *
                      100 +
                  number};
}

Sequence PersonVerbs::reported(Date day, std::int64_t minutes, EventOptions options) const {
  ++ledger_.reports_a_day_[person_][day];
  options.occurred_on = day;
  options.actor = person_;
  return ledger_.add(DailyReportSubmitted{person_, last_report(day), day, Minutes{minutes}},
                     options);
}
Sequence PersonVerbs::approved(Date day) const {
  return ledger_.add(DailyReportApproved{person_, last_report(day), day});
}
Sequence PersonVerbs::returned(Date day) const {
  return ledger_.add(DailyReportReturned{person_, last_report(day), day});
}
Sequence PersonVerbs::rejected(Date day) const {
  return ledger_.add(DailyReportRejected{person_, last_report(day), day});
}

Sequence PersonVerbs::clocked(Date day, ClockDirection direction, std::string_view time) const {
  AttendanceRecorded recorded;
  recorded.person = person_;
  recorded.at = ledger_.instant(day, time);
  recorded.direction = direction;
  recorded.device = 1;
  recorded.device_sequence = ++ledger_.clock_ins_;
  EventOptions options;
  options.occurred_on = day;
  return ledger_.add(std::move(recorded), options);
}
void PersonVerbs::attended(Date day, std::string_view in, std::string_view out) const {
  clocked(day, ClockDirection::in, in);
  clocked(day, ClockDirection::out, out);
}
Sequence PersonVerbs::excused(std::uint64_t excuse, Date day, bool approved) const {
  ledger_.add(AttendanceExcused{person_, excuse, day});
  return ledger_.add(ExcuseDecided{person_, excuse, day, approved});
}

Sequence PersonVerbs::rated(Period period, std::uint64_t by, std::int64_t result) const {
  EventOptions options;
  options.actor = PersonId{by};
  return ledger_.add(WorkResultRated{person_, period, Score{result}}, options);
}
Sequence PersonVerbs::behaved(Period period, std::uint64_t by,
                              std::vector<std::int64_t> values) const {
  EventOptions options;
  options.actor = PersonId{by};
  BehaviourRated rated{person_, period, {}};
  for (const std::int64_t value : values) rated.values.push_back(Score{value});
  return ledger_.add(std::move(rated), options);
}
Sequence PersonVerbs::surveyed(Period period, std::vector<SurveyRelationSum> relations) const {
  ledger_.add(SurveyOpened{person_, period});
  return ledger_.add(SurveyClosed{person_, period, std::move(relations)});
}
Sequence PersonVerbs::delivered(Period period) const {
  return ledger_.add(EvaluationDelivered{person_, period});
}
void PersonVerbs::evaluated(Period period, std::uint64_t by, std::int64_t result,
                            std::int64_t behaviour) const {
  rated(period, by, result);
  behaved(period, by, std::vector<std::int64_t>(behaviour_values, behaviour));
  delivered(period);
}

Sequence PersonVerbs::sanctioned(Month first, std::uint32_t months) const {
  DisciplinarySanctionImposed imposed;
  imposed.person = person_;
  imposed.effective_on = first_day(first) - 1;
  imposed.first_month = first;
  imposed.months = months;
  imposed.decree = ledger_.decree();
  return ledger_.add(std::move(imposed));
}

}  // namespace runut::testing
