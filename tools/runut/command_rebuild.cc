#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <map>

#include "base/sha256.h"
#include "projections/registry.h"
#include "tools/runut/commands.h"
#include "tools/runut/decreed.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

constexpr std::uint64_t shown_max = 20;  // rows of a view on stderr; the list has all

struct RebuildArguments {
  LedgerOptions ledger;
  OutputOptions output;
  std::vector<std::string> projections;
  std::string list;
  bool promote = false;
  DecreeOptions decree;
};

// Every row that differs, a JSON object a line: what an official approves.
class DifferenceList {
 public:
  // Nowhere, with an empty path: the hash is taken all the same.
  [[nodiscard]] Status open(const std::string& path) {
    if (path.empty()) return {};
    path_ = path;
    file_.open(path, std::ios::binary | std::ios::trunc);
    return written();
  }
  [[nodiscard]] Status add(std::string_view projection, const ViewState::Difference& row) {
    const auto hex = [](const std::optional<Bytes>& value) {
      return value ? fmt::format("\"{}\"", to_hex(*value)) : std::string("null");
    };
    const std::string line =
        fmt::format("{{\"projection\":\"{}\",\"key\":\"{}\",\"old\":{},\"new\":{}}}\n", projection,
                    to_hex(row.key), hex(row.left), hex(row.right));
    hash_.add(line);
    if (shown_[std::string(projection)]++ < shown_max) show(projection, row);
    if (path_.empty()) return {};
    file_ << line;
    return written();
  }
  [[nodiscard]] Result<Hash256> finish() {
    file_.flush();
    if (!path_.empty()) RUNUT_TRY(written());
    return hash_.finish();
  }

 private:
  static void show(std::string_view projection, const ViewState::Difference& row) {
    const auto beginning = [](const std::optional<Bytes>& value) {
      return value ? to_hex(*value).substr(0, 120) : std::string("(none)");
    };
    std::fprintf(stderr, "%s: row %s: %s -> %s\n", std::string(projection).c_str(),
                 to_hex(row.key).c_str(), beginning(row.left).c_str(),
                 beginning(row.right).c_str());
  }
  [[nodiscard]] Status written() {
    if (file_) return {};
    return fail(
        Error{ErrorCode::unavailable, {}, "differences", path_, "the file cannot be written"});
  }
  std::string path_;
  std::ofstream file_;
  Sha256Stream hash_;
  std::map<std::string, std::uint64_t> shown_;
};

// Of one view only, and only the rows that the decree's document lists.
Status check_promotion(const RebuildArguments& options) {
  if (!options.promote) return {};
  if (options.projections.size() != 1)
    return fail(Error{ErrorCode::invalid_input,
                      {},
                      "projection",
                      std::to_string(options.projections.size()),
                      "--promote is for one --projection at a time"});
  return {};
}

Status approve(Instance& instance, const RebuildArguments& options, const Rebuilt& view,
               const Hash256& list) {
  RUNUT_ASSIGN(Decree decree, read_decree(options.decree));
  if (decree.document != list)
    return fail(Error{ErrorCode::rejected, "projection.list", "decree-document",
                      to_hex(decree.document.view()),
                      "the rows that differ now are another list, " + to_hex(list.view()) +
                          ": write it with --differences, and have it approved"});
  RUNUT_ASSIGN(
      const Answer answer,
      record_decided(instance, options.decree,
                     ProjectionPromoted{view.projection, Sequence{view.events}, view.digest_old,
                                        view.digest_new, view.differences, std::move(decree)}));
  RUNUT_TRY(instance.projector()->promote(view.projection));
  std::fprintf(stderr, "%s: approved by event %llu\n", view.projection.c_str(),
               static_cast<unsigned long long>(answer.first.value));
  return instance.sign_checkpoint().map([](const auto&) {});
}

Result<Exit> run_rebuild(const RebuildArguments& options) {
  RUNUT_TRY(check_promotion(options));
  RUNUT_ASSIGN(const auto instance, open_to_write(options.ledger));
  std::vector<std::string> wanted = options.projections;
  if (wanted.empty())
    for (const Projection& projection : all_projections) wanted.emplace_back(projection.name);
  DifferenceList list;
  RUNUT_TRY(list.open(options.list));
  Progress progress("rebuild", "events");
  RebuildOptions rebuild;
  rebuild.progress = [&](Sequence folded, Sequence until) {
    progress.at(folded.value, until.value);
  };
  rebuild.difference = [&](std::string_view projection, const ViewState::Difference& row) {
    progress.clear();
    return list.add(projection, row);
  };
  RUNUT_ASSIGN(const std::vector<Rebuilt> views, instance->projector()->rebuild(wanted, rebuild));
  progress.clear();
  RUNUT_ASSIGN(const Hash256 listed, list.finish());
  const Format format = format_of(options.output);
  print_banner(*instance, format);
  Table table(format, {{"projection"},
                       {"events", true},
                       {"rows", true},
                       {"seconds", true},
                       {"digest_old"},
                       {"digest_new"},
                       {"result"}});
  Exit exit = Exit::ok;
  std::optional<Error> refused;
  for (const Rebuilt& view : views) {
    std::string result = !view.old_damage.empty() ? "replaced"
                         : view.promoted          ? "equal"
                                                  : "different";
    if (!view.old_damage.empty())
      std::fprintf(stderr, "%s: the old view was damaged: %s\n", view.projection.c_str(),
                   printable(view.old_damage).c_str());
    if (!view.promoted) {
      std::fprintf(stderr, "%s: %llu rows differ; the list of all has SHA-256 %s\n",
                   view.projection.c_str(), static_cast<unsigned long long>(view.differences),
                   to_hex(listed.view()).c_str());
      Status approved;
      if (options.promote) approved = approve(*instance, options, view, listed);
      if (options.promote && approved) {
        result = "replaced";
      } else {
        if (!approved) refused = approved.error();
        RUNUT_TRY(instance->projector()->discard(view.projection));
        exit = Exit::finding;
      }
    }
    table.row({view.projection, std::to_string(view.events), std::to_string(view.rows),
               fmt::format("{:.3f}", view.seconds), to_hex(view.digest_old.view()),
               to_hex(view.digest_new.view()), result});
  }
  table.finish();
  RUNUT_TRY(instance->close());
  if (refused) return fail(*std::move(refused));
  return exit;
}

}  // namespace

void add_rebuild(App& app) {
  const auto options = std::make_shared<RebuildArguments>();
  CLI::App& command =
      app.add({"rebuild",
               "Folds views anew from the log beside the live ones and compares their digests; "
               "exit 1 when they\n"
               "differ: then the rows that do are listed and the old view stays, until an official "
               "approves\n"
               "the list and --promote names the decree",
               "runut rebuild --data data\n"
               "runut rebuild --data data --projection payments --projection rankings\n"
               "runut rebuild --data data --projection payments --differences payments.ndjson\n"
               "runut rebuild --data data --projection payments --promote --decree-number "
               "800/12/2023 \\\n"
               "    --decree-date 2023-01-05 --decree-signatory P1 --decree-office 'Wali Kota "
               "Kediri' \\\n"
               "    --decree-document payments.ndjson"},
              [options] { return run_rebuild(*options); });
  add_ledger_options(command, options->ledger);
  add_output_options(command, options->output);
  std::vector<std::string> names;
  for (const Projection& projection : all_projections) names.emplace_back(projection.name);
  command.add_option("--projection", options->projections, "Only this one; may be repeated")
      ->check(CLI::IsMember(names));
  command
      .add_option("--differences", options->list,
                  "Where to write every row that differs, a JSON object a line")
      ->type_name("FILE");
  CLI::Option* const promote =
      command.add_flag("--promote", options->promote,
                       "Let the view that differs serve from here on, by the decree whose document "
                       "is the list of the differences");
  add_decree_options(command, options->decree, "The list of the differences, as signed", false);
  promote->needs("--decree-number");
}

}  // namespace runut::cli
