#include <CLI/CLI.hpp>

#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct CheckpointArguments {
  LedgerOptions ledger;
  OutputOptions output;
  std::uint64_t size = 0;  // 0: the newest
};

Result<std::vector<std::uint64_t>> sizes_of(const Instance& instance) {
  RUNUT_ASSIGN(std::vector<std::uint64_t> sizes, instance.checkpoints().sizes());
  if (sizes.empty())
    return fail(Error{ErrorCode::not_found,
                      {},
                      "directory",
                      instance.checkpoints().directory(),
                      "no checkpoint was signed yet"});
  return sizes;
}

Result<Exit> list_checkpoint(const CheckpointArguments& options) {
  RUNUT_ASSIGN(const auto instance, open_to_read(options.ledger, false));
  RUNUT_ASSIGN(const std::vector<std::uint64_t> sizes, instance->checkpoints().sizes());
  const Format format = format_of(options.output);
  print_banner(*instance, format);
  Table table(format, {{"size", true}, {"root"}, {"signature"}, {"file"}});
  bool good = true;
  for (const std::uint64_t size : sizes) {
    const auto note = instance->checkpoints().read(size);
    const auto opened =
        note ? open_checkpoint(*note, instance->trust()) : Result<Checkpoint>(fail(note.error()));
    good = good && opened.has_value();
    table.row({std::to_string(size), opened ? to_hex(opened->tree.root.view()) : "",
               opened ? "good" : opened.error().describe(), instance->checkpoints().path(size)});
  }
  table.finish();
  return good ? Exit::ok : Exit::finding;
}

// The note itself: what an auditor keeps, and `verify --against` takes.
Result<Exit> show_checkpoint(const CheckpointArguments& options) {
  RUNUT_ASSIGN(const auto instance, open_to_read(options.ledger, false));
  RUNUT_ASSIGN(const std::vector<std::uint64_t> sizes, sizes_of(*instance));
  const std::uint64_t size = options.size == 0 ? sizes.back() : options.size;
  RUNUT_ASSIGN(const std::string note, instance->checkpoints().read(size));
  // Whoever keeps it relies on it for years.
  if (const auto good = open_checkpoint(note, instance->trust()); !good)
    return fail(Error{ErrorCode::corrupt, "checkpoint.damaged", "file",
                      instance->checkpoints().path(size), good.error().message});
  print(note);
  return Exit::ok;
}

Result<Exit> sign(const CheckpointArguments& options) {
  RUNUT_ASSIGN(const auto instance, open_to_write(options.ledger));
  RUNUT_ASSIGN(const std::string note, instance->sign_checkpoint());
  RUNUT_TRY(instance->close());
  print(note);
  return Exit::ok;
}

// "origin+id+key", as witnesses and other tools of transparency logs take it.
Result<Exit> key(const CheckpointArguments& options) {
  RUNUT_ASSIGN(const auto instance, open_to_read(options.ledger, false));
  if (instance->founded() == nullptr) return fail(ErrorCode::not_found, "this ledger is empty");
  print(to_string(instance->trust().keys.front()) + "\n");
  return Exit::ok;
}

}  // namespace

void add_checkpoint(App& app) {
  CLI::App& group = app.add_group(
      {"checkpoint",
       "The signed heads of the log: keep one elsewhere, and no rewriting goes unnoticed",
       "runut checkpoint list --data data\n"
       "runut checkpoint show --data data > kept-by-the-auditor"});
  const auto options = std::make_shared<CheckpointArguments>();
  CLI::App& all = app.add(group,
                          {"list", "Every checkpoint, and whether its signature is good",
                           "runut checkpoint list --data data"},
                          [options] { return list_checkpoint(*options); });
  add_ledger_options(all, options->ledger);
  add_output_options(all, options->output);
  CLI::App& one = app.add(group,
                          {"show", "One checkpoint as a signed note; the newest by default",
                           "runut checkpoint show --data data --size 1200"},
                          [options] { return show_checkpoint(*options); });
  add_ledger_options(one, options->ledger);
  one.add_option("--size", options->size, "Events that it covers")
      ->check(whole_number(1))
      ->type_name("N");
  add_ledger_options(
      app.add(group, {"sign", "Signs the log as it is now", "runut checkpoint sign --data data"},
              [options] { return sign(*options); }),
      options->ledger);
  add_ledger_options(
      app.add(group,
              {"key", "The public key, as a verifier key", "runut checkpoint key --data data"},
              [options] { return key(*options); }),
      options->ledger);
}

}  // namespace runut::cli
