#include "intake/rows.h"

#include <algorithm>
#include <set>

#include "intake/cells.h"

namespace runut::intake {
namespace {

constexpr std::uint64_t number_max = UINT32_MAX;
// Systems that bring tables are known by the submitter's word, as every actor of a file is.
constexpr std::uint64_t importing_system = 1;

struct Row {
  Cells& cells;
  const Known& known;
  std::vector<Command>& out;
  std::map<std::string, PersonId>& nips;  // of earlier rows

  PersonId person(std::string_view column) const { return cells.person(column, known.person_of); }

  Command& add(CommandBody body, Actor actor) const {
    Command command;
    command.agency = known.agency;
    command.actor = std::move(actor);
    command.actor.assurance = Assurance::claimed;
    command.recorded_at = known.recorded_at;
    command.import_number = known.import_number;
    command.body = std::move(body);
    out.push_back(std::move(command));
    return out.back();
  }
  Command& add_as(Role role, CommandBody body) const {
    return add(std::move(body),
               Actor{ActorKind::system, importing_system, role, {}, {}, {}, {}, {}});
  }
  Command& add_as(PersonId person, Role role, CommandBody body) const {
    return add(std::move(body), Actor{ActorKind::person, person.value, role, {}, {}, {}, {}, {}});
  }
  // When it was done; nothing where the table does not say.
  std::optional<Instant> moment(std::string_view column) const {
    if (cells.empty(column)) return std::nullopt;
    return cells.moment(column, known.utc_offset_minutes);
  }
  Date day_or(std::string_view column, Date otherwise) const {
    return cells.empty(column) ? otherwise : cells.day(column);
  }
};

void read_roster(const Row& row) {
  Cells& cells = row.cells;
  const PersonId person{cells.id("person", 'P')};
  const auto status = cells.word<EmploymentStatus>("status");
  AssignmentStarted post;
  post.person = person;
  post.assignment = cells.empty("assignment")
                        ? 1
                        : static_cast<std::uint32_t>(cells.number("assignment", number_max));
  post.unit = cells.unit("unit", row.known.unit_of);
  post.post = cells.text("post");
  post.job_class = static_cast<std::uint32_t>(cells.number("job_class", number_max));
  post.echelon = cells.word<Echelon>("echelon");
  post.kind = cells.word<PositionKind>("kind");
  post.role = cells.empty("role") ? AssignmentRole::definitive : cells.word<AssignmentRole>("role");
  post.tpp_eligible = cells.flag("tpp_eligible");
  post.rankable = cells.flag("rankable");
  post.from = cells.day("from");
  if (!cells.empty("until")) post.until = cells.day("until");

  row.add_as(Role::hr, PersonRegistered{person}).text = cells.text("name");
  if (!cells.empty("nip")) {
    const auto kind =
        status == EmploymentStatus::pppk ? IdentifierKind::ni_pppk : IdentifierKind::nip;
    const std::string nip = cells.nip("nip");
    if (row.nips.emplace(nip, person).first->second != person)
      cells.refuse("nip", "nip.twice", "an earlier row of this file has it for somebody else");
    row.add_as(Role::hr, IdentifierAssigned{person, kind, {}, post.from}).text = nip;
  }
  row.add_as(Role::hr, StatusChanged{person, status, row.day_or("status_from", post.from)});
  if (!cells.empty("grade"))
    row.add_as(Role::hr,
               GradeChanged{person, cells.text("grade"), row.day_or("grade_from", post.from)});
  row.add_as(Role::hr, std::move(post));
}

void read_unit(const Row& row) {
  Cells& cells = row.cells;
  UnitCreated unit;
  unit.unit = UnitId{cells.id("unit", 'U')};
  if (!cells.empty("parent")) unit.parent = cells.unit("parent", row.known.unit_of);
  unit.code = cells.text("code");
  unit.name = cells.text("name");
  unit.paying = cells.flag("paying");
  unit.from = cells.day("from");
  row.add_as(Role::hr, std::move(unit));
}

void read_appraiser(const Row& row) {
  AppraiserAssigned body;
  body.person = row.person("person");
  body.appraiser = row.person("appraiser");
  if (!row.cells.empty("superior")) body.superior = row.person("superior");
  body.from = row.cells.day("from");
  row.add_as(Role::hr, body);
}

void read_attendance(const Row& row) {
  AttendanceRecorded body;
  body.person = row.person("person");
  const Instant midnight = start_of(row.cells.day("date"), row.known.utc_offset_minutes);
  body.at = Instant{midnight.micros + std::int64_t{row.cells.second_of_day("time")} * 1'000'000};
  body.direction = row.cells.word<ClockDirection>("direction");
  body.device = row.cells.number("device", INT64_MAX);
  body.device_sequence = row.cells.number("device_sequence", INT64_MAX);
  // A clock that is imported was read when it was pressed.
  Command& clocked = row.add_as(Role::integrator, body);
  if (row.known.import_number) clocked.acted_at = body.at;
}

void read_report(const Row& row) {
  Cells& cells = row.cells;
  const PersonId person = row.person("person");
  const ReportId report{cells.id("report", 'R')};
  const Date date = cells.day("date");
  const Minutes minutes{static_cast<std::int64_t>(cells.number("minutes", number_max))};
  Command& submitted =
      row.add_as(person, Role::employee, DailyReportSubmitted{person, report, date, minutes});
  submitted.text = cells.text("text");
  submitted.acted_at = row.moment("submitted_at");
  if (cells.empty("decision")) return;
  const std::string decision = cells.text("decision");
  if (cells.empty("decided_by"))
    return cells.refuse("decided_by", "cell.missing", "a decision names who decided");
  const PersonId appraiser = row.person("decided_by");
  const auto decided = [&](CommandBody body) {
    row.add_as(appraiser, Role::appraiser, std::move(body)).acted_at = row.moment("decided_at");
  };
  if (decision == "approved") return decided(DailyReportApproved{person, report, date});
  if (decision == "returned") return decided(DailyReportReturned{person, report, date});
  if (decision == "rejected") return decided(DailyReportRejected{person, report, date});
  cells.refuse("decision", "cell.vocabulary", "one of approved, returned, rejected");
}

void read_rating(const Row& row) {
  Cells& cells = row.cells;
  const PersonId person = row.person("person");
  const PersonId appraiser = row.person("appraiser");
  const Period period = cells.parsed("period", parse_period(cells.text("period")));
  row.add_as(appraiser, Role::appraiser, WorkResultRated{person, period, cells.score("result")});
  BehaviourRated behaviour{person, period, {}};
  for (const std::string_view value :
       {"pelayanan", "akuntabel", "kompeten", "harmonis", "loyal", "adaptif", "kolaboratif"})
    behaviour.values.push_back(cells.score(value));
  row.add_as(appraiser, Role::appraiser, std::move(behaviour));
  if (!cells.empty("delivered") && cells.flag("delivered"))
    row.add_as(appraiser, Role::appraiser, EvaluationDelivered{person, period});
  for (Command& command : row.out) command.acted_at = row.moment("rated_at");
}

void read_row(Kind kind, const Row& row) {
  switch (kind) {
    case Kind::roster: return read_roster(row);
    case Kind::units: return read_unit(row);
    case Kind::appraisers: return read_appraiser(row);
    case Kind::attendance: return read_attendance(row);
    case Kind::reports: return read_report(row);
    case Kind::ratings: return read_rating(row);
  }
}

bool is_column(Kind kind, std::string_view name) {
  const auto columns = columns_of(kind);
  return std::any_of(columns.begin(), columns.end(),
                     [&](const Column& column) { return column.name == name; });
}

// Which cell each column is; what keeps the header from being understood goes to `findings`.
class Header {
 public:
  Header(Kind kind, const CsvTable& table, const Mapping& mapping, std::vector<Finding>& findings)
      : kind_(kind), header_(table.header), mapping_(mapping), findings_(findings) {}

  Cells::Places read() {
    for (const auto& [column, header] : mapping_.columns) check_mapped(column);
    for (const auto& [column, words] : mapping_.values) check_mapped(column);
    for (const Column& column : columns_of(kind_)) place(column);
    for (std::size_t i = 0; i < header_.size(); ++i)
      if (!used_.contains(i))
        refuse(1, "column.unknown", header_[i],
               "no column of ours: leave it out, or name it in the mapping file");
    return std::move(places_);
  }

 private:
  void refuse(std::uint64_t line, std::string rule, std::string field, std::string message) {
    findings_.push_back(
        {line,
         Error{
             ErrorCode::invalid_input, std::move(rule), std::move(field), {}, std::move(message)}});
  }
  void check_mapped(const std::string& column) {
    if (!is_column(kind_, column))
      refuse(0, "mapping.column", column, std::string(to_string(kind_)) + " has no such column");
  }
  void place(const Column& column) {
    const std::string header(mapping_.header_of(column.name));
    const auto found = std::find(header_.begin(), header_.end(), header);
    if (found == header_.end()) {
      if (column.required || mapping_.columns.contains(std::string(column.name)))
        refuse(1, "column.missing", header, "the header has no such column");
      return;
    }
    const auto at = static_cast<std::size_t>(found - header_.begin());
    if (!used_.insert(at).second)
      return refuse(0, "mapping.header_twice", header, "one header stands for two columns");
    places_[std::string(column.name)] = at;
    const auto again = std::find(found + 1, header_.end(), header);
    if (again == header_.end()) return;
    used_.insert(static_cast<std::size_t>(again - header_.begin()));
    refuse(1, "column.twice", header, "the header has it twice");
  }

  Kind kind_;
  const std::vector<std::string>& header_;
  const Mapping& mapping_;
  std::vector<Finding>& findings_;
  Cells::Places places_;
  std::set<std::size_t> used_;
};

}  // namespace

std::string header_of_field(Kind kind, const Mapping& mapping, const std::string& field) {
  std::string column = field.starts_with("data.") ? field.substr(5) : field;
  if (field == "text" && kind == Kind::roster) column = "nip";
  if (field == "data.at") column = "time";
  if (field == "actor.id" && kind == Kind::ratings) column = "appraiser";
  if (field == "actor.id" && kind == Kind::reports) column = "decided_by";
  if (column.starts_with("values[") && column.size() == 9) {
    constexpr std::string_view values[] = {"pelayanan", "akuntabel", "kompeten",   "harmonis",
                                           "loyal",     "adaptif",   "kolaboratif"};
    const auto at = static_cast<std::size_t>(column[7] - '0');
    if (at < std::size(values)) column = values[at];
  }
  return is_column(kind, column) ? std::string(mapping.header_of(column)) : field;
}

Intake to_commands(Kind kind, const CsvTable& table, const Mapping& mapping, const Known& known) {
  Intake intake;
  const Cells::Places places = Header(kind, table, mapping, intake.findings).read();
  if (!intake.findings.empty()) return intake;
  // Units of earlier rows are parents of later ones.
  std::map<std::string, UnitId, std::less<>> codes;
  Known with_rows = known;
  with_rows.unit_of = [&](std::string_view code) -> std::optional<UnitId> {
    const auto found = codes.find(code);
    return found == codes.end() ? known.unit_of(code) : std::optional(found->second);
  };
  DateForm dates = DateForm::unseen;
  std::map<std::string, PersonId> nips;
  for (const CsvRow& row : table.rows) {
    RowCommands commands{row.line, {}};
    Cells cells(row, places, mapping, dates);
    for (const Column& column : columns_of(kind))
      if (column.required && cells.empty(column.name))
        cells.refuse(column.name, "cell.missing", "a cell of this column may not be empty");
    read_row(kind, {cells, with_rows, commands.commands, nips});
    for (const Error& error : cells.errors()) intake.findings.push_back({row.line, error});
    if (!cells.errors().empty()) continue;
    if (kind == Kind::units)
      codes[cells.text("code")] = std::get<UnitCreated>(commands.commands[0].body).unit;
    intake.rows.push_back(std::move(commands));
  }
  return intake;
}

}  // namespace runut::intake
