#include "tools/runut/csv_import.h"

#include <fmt/format.h>

#include <cstdio>

#include "base/sha256.h"
#include "codec/command_json.h"
#include "instance/trial.h"
#include "ledger/loaded_facts.h"
#include "tools/runut/declared_files.h"
#include "tools/runut/line_reader.h"
#include "tools/runut/terminal.h"
#include "write/command_digest.h"

namespace runut::cli {
namespace {

constexpr std::size_t pending_max = 512;

struct CsvCounts {
  std::uint64_t rows = 0;     // that could be read
  std::uint64_t refused = 0;  // lines
  std::uint64_t commands = 0;
  std::uint64_t recorded = 0;
  std::uint64_t repeated = 0;
  std::uint64_t events = 0;
  bool left_out = false;  // a file, for the rows that were refused in it
};

// Up to the limit of a table, and a byte more.
Result<std::string> read_whole(const std::string& path) {
  RUNUT_TRY(LineReader::open(path, 1));  // says why it cannot be read
  std::FILE* const file = path == "-" ? stdin : std::fopen(path.c_str(), "re");
  if (file == nullptr) return fail(ErrorCode::unavailable, "the file cannot be opened: " + path);
  std::string text;
  std::string part(std::size_t{1} << 16, '\0');
  for (std::size_t got = 1; got > 0 && text.size() <= intake::csv_bytes_max;) {
    got = std::fread(part.data(), 1, part.size(), file);
    text.append(part, 0, got);
  }
  const bool failed = std::ferror(file) != 0;
  if (file != stdin) (void)std::fclose(file);
  if (failed) return fail(ErrorCode::unavailable, "the file cannot be read on: " + path);
  return text;
}

class CsvImport {
 public:
  explicit CsvImport(const CsvOptions& options) : options_(options) {}

  Result<Exit> run() {
    RUNUT_TRY(read_options());
    RUNUT_ASSIGN(instance_,
                 options_.dry_run ? open_to_read(options_.ledger) : open_to_write(options_.ledger));
    RUNUT_ASSIGN(keys_, instance_->keys());
    report_ = "file,line,column,value,rule,message\n";
    Status status;
    for (const std::string& file : options_.files) {
      if (counts_.left_out) break;
      status = take(file);
      if (!status) break;
    }
    if (!options_.dry_run) {
      const Status closed = finish();
      if (status) status = closed;
    }
    RUNUT_TRY(write_report());
    if (status) print_counts();
    RUNUT_TRY(status);
    return counts_.refused > 0 ? Exit::refused : Exit::ok;
  }

 private:
  using Known = intake::Known;

  Status read_options() {
    const auto kind = intake::kind_from(options_.kind);
    if (!kind)
      return fail(Error{ErrorCode::invalid_input,
                        {},
                        "table",
                        options_.kind,
                        "one of roster, units, appraisers, attendance, reports, ratings"});
    kind_ = *kind;
    if (options_.encoding == "utf-8") dialect_.encoding = intake::Encoding::utf8;
    if (options_.encoding == "windows-1252") dialect_.encoding = intake::Encoding::windows_1252;
    if (!options_.separator.empty()) dialect_.separator = options_.separator == "comma" ? ',' : ';';
    if (!options_.recorded_at.empty()) {
      RUNUT_ASSIGN(recorded_at_, read_option("recorded-at", options_.recorded_at, parse_instant));
    }
    if (!options_.mapping.empty()) {
      RUNUT_ASSIGN(const std::string text, read_whole(options_.mapping));
      RUNUT_ASSIGN(mapping_, read_option("mapping", options_.mapping, [&](const std::string&) {
                     return intake::parse_mapping(text);
                   }));
    }
    return {};
  }

  // Who declared an import saw this very file.
  Status check_declared(const AgencyFacts& agency, const std::string& text) const {
    if (options_.import_number == 0) return {};
    const auto found = agency.imports.declared.find(options_.import_number);
    if (found == agency.imports.declared.end())
      return reject("import.file", "import", std::to_string(options_.import_number),
                    "no import of this number is declared");
    if (auto other = refusal_of_file(sha256(text), found->second.declared.file))
      return fail(std::move(*other));
    return {};
  }

  // As of the ledger's head.
  Result<Known> known(const std::string& text) const {
    RUNUT_ASSIGN(const std::shared_ptr<AgencyFacts> agency,
                 load_agency(instance_->history(), instance_->log().head().sequence));
    RUNUT_TRY(check_declared(*agency, text));
    Known known;
    known.agency = instance_->place().agency;
    known.utc_offset_minutes = agency->utc_offset_minutes();
    known.recorded_at = recorded_at_;
    if (options_.import_number > 0) known.import_number = options_.import_number;
    known.person_of = [agency, keys = keys_](std::string_view nip) -> std::optional<PersonId> {
      const Key256 key = keys->ledger_key(LedgerKey::nip_lookup);
      const Hash256 mac = hmac_sha256(key.view(), nip);
      const auto found = agency->by_identifier.find(Mac128::from(mac.view().substr(0, 16)));
      return found == agency->by_identifier.end() ? std::nullopt : std::optional(found->second);
    };
    known.unit_of = [agency](std::string_view code) -> std::optional<UnitId> {
      for (const auto& [id, unit] : agency->units)
        if (unit.code == code) return id;
      return std::nullopt;
    };
    return known;
  }

  Status take(const std::string& file) {
    RUNUT_ASSIGN(const std::string text, read_whole(file));
    // What the ledger knows is looked up where the trial begins: an earlier file has moved it.
    RUNUT_ASSIGN(std::unique_ptr<Trial> trial, Trial::begin(*instance_));
    RUNUT_ASSIGN(const Known known_now, known(text));
    intake::CsvTable table = intake::read_csv(text, dialect_);
    counts_.rows += table.rows.size();
    for (const intake::Finding& finding : table.findings) refuse(finding.line, finding.error);
    std::vector<intake::RowCommands> rows;
    if (!table.header.empty()) {
      intake::Intake intake = intake::to_commands(kind_, table, mapping_, known_now);
      for (const intake::Finding& finding : intake.findings) refuse(finding.line, finding.error);
      rows = checked(std::move(intake.rows));
      RUNUT_TRY(try_rows(rows, std::move(trial)));
    }
    const bool is_table = !table.header.empty() && !refused_.contains(0) && !refused_.contains(1);
    const bool is_whole = refused_.empty();
    report_refused(file);
    counts_.left_out = !is_table || (!is_whole && !options_.keep_going);
    if (counts_.left_out) return {};
    for (const intake::RowCommands& row : rows) counts_.commands += row.commands.size();
    return options_.dry_run ? Status{} : record(file, std::move(rows));
  }

  void refuse(std::uint64_t line, const Error& error) { refused_[line].push_back(error); }
  void refuse_command(std::uint64_t line, Error error) {
    error.field = intake::header_of_field(kind_, mapping_, error.field);
    refuse(line, error);
  }

  // The commands as NDJSON would have brought them, under the same limits, each with its id.
  std::vector<intake::RowCommands> checked(std::vector<intake::RowCommands> rows) {
    std::vector<intake::RowCommands> good;
    std::map<CommandId, std::uint64_t> lines;  // of the row that has it first
    for (intake::RowCommands& row : rows) {
      std::optional<Error> error;
      std::uint64_t earlier = row.line;
      bool is_new = false;
      for (Command& command : row.commands) {
        command.id = derived_command_id(*keys_, command);
        auto parsed = parse_command(to_json(command));
        if (!parsed) {
          error = std::move(parsed.error());
          break;
        }
        const auto [first, inserted] = lines.emplace(command.id, row.line);
        is_new = is_new || inserted;
        earlier = std::min(earlier, first->second);
      }
      if (!error && !is_new)
        error = Error{ErrorCode::rejected,
                      "row.twice",
                      {},
                      "line " + std::to_string(earlier),
                      "that line says the same: one of them is superfluous"};
      if (error)
        refuse_command(row.line, std::move(*error));
      else
        good.push_back(std::move(row));
    }
    return good;
  }

  // A refused row may have left a part of itself in the trial, and later rows may rest on it: where
  // others are to be recorded, what remains is tried anew until nothing is refused.
  Status try_rows(std::vector<intake::RowCommands>& rows, std::unique_ptr<Trial> trial) {
    for (bool again = true; again;) {
      again = false;
      std::vector<intake::RowCommands> good;
      for (intake::RowCommands& row : rows) {
        RUNUT_ASSIGN(const std::optional<Error> refusal, refusal_of(row, *trial));
        if (refusal) {
          refuse_command(row.line, *refusal);
          again = options_.keep_going;
        } else {
          good.push_back(std::move(row));
        }
      }
      rows = std::move(good);
      if (again) {
        RUNUT_ASSIGN(trial, Trial::begin(*instance_));
      }
    }
    return {};
  }

  static Result<std::optional<Error>> refusal_of(const intake::RowCommands& row, Trial& trial) {
    for (const Command& command : row.commands) {
      RUNUT_ASSIGN(const Answer answer, trial.decide(command));
      if (answer.rejection) return answer.rejection;
    }
    return std::optional<Error>{};
  }

  Status record(const std::string& file, std::vector<intake::RowCommands> rows) {
    std::vector<std::uint64_t> lines;  // of what is pending, in order
    const auto drain = [&]() -> Status {
      RUNUT_ASSIGN(const std::vector<Answer> answers, instance_->drain_all());
      for (std::size_t i = 0; i < answers.size(); ++i) {
        const Answer& answer = answers[i];
        if (answer.rejection)
          refuse_command(lines[i], *answer.rejection);
        else
          ++(answer.repeated ? counts_.repeated : counts_.recorded);
        if (!answer.repeated) counts_.events += answer.count;
      }
      lines.clear();
      report_refused(file);
      return {};
    };
    for (intake::RowCommands& row : rows)
      for (Command& command : row.commands) {
        RUNUT_TRY(instance_->submit(std::move(command)));
        lines.push_back(row.line);
        if (lines.size() == pending_max) RUNUT_TRY(drain());
      }
    return drain();
  }

  Status finish() {
    if (counts_.events > 0) RUNUT_TRY(instance_->sign_checkpoint());
    return instance_->close();
  }

  void report_refused(const std::string& file) {
    counts_.refused += refused_.size();
    for (const auto& [line, errors] : refused_)
      for (const Error& error : errors) report(file, line, error);
    refused_.clear();
  }

  void report(const std::string& file, std::uint64_t line, const Error& error) {
    const std::string cells[] = {file == "-" ? "stdin" : file,
                                 std::to_string(line),
                                 error.field,
                                 error.value,
                                 error.rule,
                                 error.message};
    for (std::size_t i = 0; i < std::size(cells); ++i)
      report_ += (i > 0 ? "," : "") + intake::csv_cell(cells[i]);
    report_ += '\n';
    if (options_.errors.empty())
      std::fprintf(stderr, "%s:%llu: %s\n", printable(cells[0]).c_str(),
                   static_cast<unsigned long long>(line),
                   printable(error.describe(), 1'000).c_str());
  }

  Status write_report() const {
    if (options_.errors.empty()) return {};
    std::FILE* const file = std::fopen(options_.errors.c_str(), "we");
    bool written = file != nullptr;
    if (written) written = std::fwrite(report_.data(), 1, report_.size(), file) == report_.size();
    if (file != nullptr) written = std::fclose(file) == 0 && written;
    if (written) return {};
    return fail(Error{ErrorCode::unavailable,
                      {},
                      "errors",
                      options_.errors,
                      "the report could not be written whole"});
  }

  void print_counts() const {
    const Format format = format_of(options_.output);
    if (format == Format::terminal) {
      print_banner(*instance_, format);
      print(fmt::format(
          "{} rows, {} lines refused, {} commands; {} recorded ({} events), {} repeated\n",
          spaced(counts_.rows), spaced(counts_.refused), spaced(counts_.commands),
          spaced(counts_.recorded), spaced(counts_.events), spaced(counts_.repeated)));
      if (options_.dry_run) print("dry run: nothing was recorded\n");
      if (counts_.left_out)
        print("a file with a refused row imports nothing; --keep-going takes the others\n");
      return;
    }
    Table table(format, {{"agency"},
                         {"rows", true},
                         {"refused", true},
                         {"commands", true},
                         {"recorded", true},
                         {"events", true},
                         {"repeated", true},
                         {"dry_run"}});
    table.row({instance_->place().agency, std::to_string(counts_.rows),
               std::to_string(counts_.refused), std::to_string(counts_.commands),
               std::to_string(counts_.recorded), std::to_string(counts_.events),
               std::to_string(counts_.repeated), options_.dry_run ? "true" : "false"});
    table.finish();
  }

  const CsvOptions& options_;
  intake::Kind kind_{};
  intake::CsvDialect dialect_;
  intake::Mapping mapping_;
  std::optional<Instant> recorded_at_;
  std::unique_ptr<Instance> instance_;
  KeyStore* keys_ = nullptr;  // of the instance
  CsvCounts counts_;
  std::map<std::uint64_t, std::vector<Error>> refused_;  // by line, of the file at hand
  std::string report_;
};

}  // namespace

Result<Exit> import_csv(const CsvOptions& options) {
  return CsvImport(options).run();
}

}  // namespace runut::cli
