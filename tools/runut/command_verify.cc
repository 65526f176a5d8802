#include <unistd.h>

#include <CLI/CLI.hpp>

#include "codec/json_writer.h"
#include "instance/verification.h"
#include "tools/runut/commands.h"
#include "tools/runut/damage_report.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct VerifyArguments {
  LedgerOptions ledger;
  OutputOptions output;
  std::string against;
};

// What was found, in order; nothing: the ledger is what it says it is.
class Findings {
 public:
  explicit Findings(Format format)
      : format_(format), table_(format, {{"finding"}, {"from", true}, {"to", true}, {"message"}}) {}

  void add(const char* kind, std::string from, std::string to, const std::string& message) {
    if (format_ == Format::terminal) {
      print(coloured("DAMAGED", Colour::red, STDOUT_FILENO) + " " + printable(message, 2'000) +
            "\n");
    } else {
      table_.row({kind, std::move(from), std::move(to), message});
    }
    ++count_;
  }
  void add(const Error& error) {
    const bool names = error.field == "sequence" || error.field == "checkpoint";
    add(error.rule.empty() ? "corrupt" : error.rule.c_str(), names ? error.value : "",
        names ? error.value : "", error.describe());
  }
  void add(const Damage& damage) {
    add("storage", std::to_string(damage.from.value), std::to_string(damage.to.value),
        range_text(damage) + ": " + damage.why);
  }
  Exit end() {
    if (format_ != Format::terminal) table_.finish();
    return count_ == 0 ? Exit::ok : Exit::finding;
  }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  Format format_;
  Table table_;
  std::size_t count_ = 0;
};

// Why reading failed, in sequences: the smallest ranges that the damage holds.
void locate_damage(const std::string& directory, const Error& error, Findings& findings) {
  const auto damage = damage_in(directory);
  if (damage)
    for (const Damage& each : *damage) findings.add(each);
  if (!damage || damage->empty()) findings.add(error);
}

struct Kept {
  std::string name;
  Checkpoint checkpoint;
};

// The ledger's own checkpoints, and the one that somebody kept.
Status read_checkpoints(const Instance& instance, const std::string& against,
                        std::vector<Kept>& kept, Findings& findings) {
  RUNUT_ASSIGN(const std::vector<std::uint64_t> sizes, instance.checkpoints().sizes());
  std::vector<std::string> paths;
  for (const std::uint64_t size : sizes) paths.push_back(instance.checkpoints().path(size));
  if (!against.empty()) paths.push_back(against);
  for (const std::string& path : paths) {
    const auto note = read_checkpoint_file(path);
    if (!note && path == against) return fail(note.error());
    const auto opened =
        note ? open_checkpoint(*note, instance.trust()) : Result<Checkpoint>(fail(note.error()));
    if (opened) {
      kept.push_back({path, *opened});
      continue;
    }
    // What was never a checkpoint says nothing about the ledger.
    if (note && path == against && opened.error().code == ErrorCode::invalid_input)
      return fail(Error{ErrorCode::invalid_input, "checkpoint.form", "against", against,
                        opened.error().message});
    const bool stranger = opened.error().code == ErrorCode::unauthorised;
    findings.add("checkpoint", "", "",
                 "checkpoint " + path + ": " +
                     (stranger ? "not signed by the key that this ledger pins at its founding"
                               : opened.error().describe()));
  }
  return {};
}

// Whether the log is whole; otherwise what is wrong has been added.
bool read_log(Instance& instance, Verification& verification, Findings& findings) {
  Progress progress("verify", "events");
  const Status whole = verification.read(instance.log(), [&](Sequence reached, Sequence head) {
    progress.at(reached.value, head.value);
  });
  if (whole) return true;
  progress.clear();
  if (whole.error().rule.empty()) {
    locate_damage(instance.place().directory(), whole.error(), findings);
  } else {
    findings.add(whole.error());
  }
  return false;
}

Status check_tiles(Instance& instance, const TreeHead& head, Findings& findings) {
  RUNUT_TRY(instance.tree().catch_up(Sequence{head.size}));
  if (instance.tree().head() != head)
    findings.add("tree", "", "",
                 "the stored tree is not that of the log; proofs from it would not verify");
  return {};
}

Result<Exit> run_verify(const VerifyArguments& options) {
  const Format format = format_of(options.output);
  auto opened = open_to_read(options.ledger, false);
  if (!opened) {
    if (opened.error().code != ErrorCode::corrupt) return fail(std::move(opened).error());
    RUNUT_ASSIGN(const Place place,
                 locate(options.ledger.data, options.ledger.keys, options.ledger.agency));
    Findings findings(format);
    locate_damage(place.directory(), opened.error(), findings);
    return findings.end();
  }
  Instance& instance = **opened;
  if (instance.founded() == nullptr) return fail(ErrorCode::not_found, "this ledger is empty");
  print_banner(instance, format);
  Findings findings(format);
  std::vector<Kept> kept;
  RUNUT_TRY(read_checkpoints(instance, options.against, kept, findings));
  std::vector<std::uint64_t> sizes;
  for (const Kept& each : kept) sizes.push_back(each.checkpoint.tree.size);

  Verification verification(sizes);
  if (read_log(instance, verification, findings)) {
    for (const Kept& each : kept)
      if (const Status fine = verification.check(each.checkpoint); !fine)
        findings.add(fine.error().rule.c_str(), std::to_string(each.checkpoint.tree.size), "",
                     "checkpoint " + each.name + ": " + fine.error().message);
    RUNUT_TRY(check_tiles(instance, verification.head(), findings));
    for (const std::string& family : damaged_families(*instance.store()))
      findings.add("view", "", "",
                   "the log is whole; beside it, made anew by runut rebuild: " + family);
  }
  const TreeHead head = verification.head();
  if (findings.count() == 0)
    std::fprintf(
        stderr,
        "%s %s events: every hash, the chain, the tree and %zu signed checkpoints; root %s\n",
        coloured("intact:", Colour::green, STDERR_FILENO).c_str(), spaced(head.size).c_str(),
        kept.size(), to_hex(head.root.view()).c_str());
  return findings.end();
}

}  // namespace

void add_verify(App& app) {
  const auto options = std::make_shared<VerifyArguments>();
  CLI::App& command = app.add({"verify",
                               "Hashes, chain, tree and signed checkpoints; exit 1 names the first "
                               "wrong event, or the smallest\n"
                               "range of events that a damaged block holds",
                               "runut verify --data data\n"
                               "runut verify --data data --against checkpoint-of-last-year"},
                              [options] { return outlive([&] { return run_verify(*options); }); });
  add_ledger_options(command, options->ledger);
  add_output_options(command, options->output);
  command
      .add_option("--against", options->against,
                  "A checkpoint that somebody kept: proves that nothing before it was rewritten")
      ->type_name("FILE");
}

}  // namespace runut::cli
