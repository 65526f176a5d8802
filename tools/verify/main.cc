// runut-verify: what a ledger hands out, verified by whoever received it, with nothing but the
// ledger's public key.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>

#include "tools/runut/exit_code.h"
#include "tools/verify/checks.h"
#include "tools/verify/files.h"

namespace runut::verify {
namespace {

using cli::Exit;

constexpr const char* about =
    "runut-verify: what a ledger hands out, verified offline.\n"
    "Needs its public key alone, from whoever founded it: runut checkpoint key.";
constexpr const char* exit_codes =
    "Exit codes: 0 it holds; 1 it does not, and stderr says why; 2 arguments or files that cannot "
    "be\nused; 5 a newer format than this program knows.";

struct Arguments {
  std::string key;
  std::string file;
  std::string later;
  std::string proof;
};

// A verifier key, or a file that holds one.
Result<CheckpointTrust> read_trust(const std::string& given) {
  auto key = parse_verifier_key(given);
  if (!key) {
    RUNUT_ASSIGN(const auto file, read_if_there(given));
    if (!file) return fail(key.error());
    const std::string_view text = *file;
    key = parse_verifier_key(text.substr(0, text.find_last_not_of(" \r\n") + 1));
    if (!key) return fail(key.error());
  }
  return CheckpointTrust{key->name, {*key}};
}

int tell(const Error& error, Exit code) {
  // Values may come from the file that is judged.
  std::string text = error.describe().substr(0, 2'000);
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  std::fprintf(stderr, "runut-verify: %s\n", text.c_str());
  return static_cast<int>(code);
}

// What was found about a file: whatever is wrong with its bytes is the finding.
int end_with(const Result<std::string>& found) {
  if (!found)
    return tell(found.error(),
                found.error().code == ErrorCode::unsupported ? Exit::corrupt : Exit::finding);
  if (std::fwrite(found->data(), 1, found->size(), stdout) != found->size() ||
      std::fflush(stdout) != 0)
    return tell(Error{ErrorCode::unavailable, {}, {}, {}, "the answer could not be written"},
                Exit::unavailable);
  return static_cast<int>(Exit::ok);
}

using Check = std::function<Result<std::string>(const std::string& text, const CheckpointTrust&)>;

int check_file(const Arguments& arguments, const Check& check) {
  const auto trust = read_trust(arguments.key);
  if (!trust) return tell(trust.error(), Exit::usage);
  const auto text = read_file(arguments.file);
  if (!text) return tell(text.error(), Exit::usage);
  return end_with(check(*text, *trust));
}

int run_consistency(const Arguments& arguments) {
  const auto later = read_file(arguments.later);
  if (!later) return tell(later.error(), Exit::usage);
  const auto proof = read_file(arguments.proof);
  if (!proof) return tell(proof.error(), Exit::usage);
  return check_file(arguments, [&](const std::string& earlier, const CheckpointTrust& trust) {
    return check_consistency({earlier, *later}, *proof, trust);
  });
}

int run_tiles(const Arguments& arguments) {
  const auto trust = read_trust(arguments.key);
  if (!trust) return tell(trust.error(), Exit::usage);
  if (const auto there = read_file(arguments.file + "/checkpoint"); !there)
    return tell(there.error(), Exit::usage);
  return end_with(check_mirror(arguments.file, *trust));
}

int run_event(const Arguments& arguments) {
  const auto text = read_file(arguments.file);
  if (!text) return tell(text.error(), Exit::usage);
  return end_with(show_event(*text));
}

class Commands {
 public:
  Commands() : root_(about, "runut-verify") {
    root_.require_subcommand(1);
    root_.set_version_flag("--version", "runut-verify " RUNUT_VERSION);
    root_.footer(exit_codes);
    CLI::App& receipt =
        add("receipt", "A receipt, or several in one file: the event is in the log",
            "runut-verify receipt kota-kediri-48213.tlog-proof --key kediri.vkey",
            [](const Arguments& given) { return check_file(given, check_receipts); });
    add_file(receipt, "A receipt; - reads it from stdin");
    add_key(receipt);
    CLI::App& checkpoint =
        add("checkpoint", "A checkpoint: the log signed it",
            "runut-verify checkpoint kept-by-the-auditor --key kediri.vkey",
            [](const Arguments& given) { return check_file(given, check_checkpoint); });
    add_file(checkpoint, "A checkpoint; - reads it from stdin");
    add_key(checkpoint);
    CLI::App& consistency =
        add("consistency", "Two checkpoints: the later log begins with the earlier one",
            "curl -H 'Accept: text/plain' "
            "'https://…/v1/kota-kediri/log/proof/consistency?from=1200&to=48213' > proof\n"
            "  runut-verify consistency kept-by-the-auditor checkpoint proof --key kediri.vkey",
            run_consistency);
    add_file(consistency, "The earlier checkpoint");
    consistency.add_option("LATER", arguments_.later, "The later checkpoint")->required();
    consistency.add_option("PROOF", arguments_.proof, "A hash in base64 a line")->required();
    add_key(consistency);
    CLI::App& tiles =
        add("tiles", "A downloaded log: its entries are what was signed, each in its place",
            "runut-verify tiles mirror/ --key kediri.vkey", run_tiles);
    tiles
        .add_option("DIR", arguments_.file,
                    "checkpoint, tile/entries/… and tile/… as they are below /v1/AGENCY/log/")
        ->required();
    add_key(tiles);
    CLI::App& event = add("event", "What an event says; nothing is proved",
                          "runut-verify event kota-kediri-48213.tlog-proof", run_event);
    add_file(event, "An event's stored bytes, or a receipt; - reads it from stdin");
  }

  int main(int argc, char** argv) {
    try {
      root_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return static_cast<int>(root_.exit(error) == 0 ? Exit::ok : Exit::usage);
    }
    return run_(arguments_);
  }

 private:
  using Run = std::function<int(const Arguments&)>;
  CLI::App& add(const char* name, const char* summary, const std::string& example, Run run) {
    CLI::App& command = *root_.add_subcommand(name, summary);
    command.footer("Examples:\n  " + example);
    command.callback([this, run = std::move(run)] { run_ = run; });
    return command;
  }
  void add_file(CLI::App& command, const char* what) {
    command.add_option("FILE", arguments_.file, what)->required();
  }
  void add_key(CLI::App& command) {
    command
        .add_option("--key", arguments_.key,
                    "The log's public key, NAME+ID+BASE64, or a file that holds it")
        ->required();
  }

  CLI::App root_;
  Arguments arguments_;
  Run run_;
};

}  // namespace
}  // namespace runut::verify

int main(int argc, char** argv) {
  return runut::verify::Commands().main(argc, argv);
}
