#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <optional>

#include "proof/receipt.h"
#include "query/explain.h"
#include "query/explain_page.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct ExplainArguments {
  LedgerOptions ledger;
  std::string person;
  std::string month;
  std::string language = "id";
  std::string html;
  std::optional<std::string> proof;  // empty: asked for without a file
  std::string as_known_at;
  TimesOptions times;
  bool json = false;
  bool brief = false;
};

Status write_file(const char* option, const std::string& path, std::string_view text) {
  errno = 0;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  const bool usage = !out.is_open() && errno != EACCES && errno != ENOSPC;
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (out) return {};
  return fail(Error{usage ? ErrorCode::invalid_input : ErrorCode::unavailable,
                    {},
                    option,
                    path,
                    std::string("the file cannot be written: ") + std::strerror(errno)});
}

Result<PersonId> person_asked_for(Instance& instance, const Explainer& explainer,
                                  const std::string& text) {
  if (parse_person_id(text)) return explainer.find_person(text, {});
  RUNUT_ASSIGN(const Mac128 lookup, nip_lookup(instance, text));
  return explainer.find_person(text, lookup);
}

// The person's id, not what was asked with: a NIP does not belong into the name of a file.
std::string proof_file(const std::string& asked, PersonId person, Month month) {
  if (!asked.empty()) return asked;
  const std::string name = to_string(person) + "-" + to_string(month) + ".tlog-proof";
  std::fprintf(stderr, "receipts: %s\n", name.c_str());
  return name;
}

// One receipt a leaf event: the event, its inclusion in the tree, the signed head. Each verifies
// offline.
Result<std::string> receipts(Instance& instance, const Explanation& explanation) {
  RUNUT_ASSIGN(const auto sizes, instance.checkpoints().sizes());
  if (sizes.empty())
    return fail(ErrorCode::not_found, "no signed checkpoint yet: import or lock signs one");
  const std::uint64_t size = sizes.back();
  RUNUT_ASSIGN(const std::string checkpoint, instance.checkpoints().read(size));
  std::string out;
  for (const EventRef& event : explanation.events) {
    if (event.sequence.value > size) continue;
    RUNUT_ASSIGN(const EventBatch batch, instance.log().read(event.sequence, {.events = 1}));
    Receipt receipt;
    receipt.event = Bytes(batch.events.front().bytes);
    receipt.index = event.sequence.value - 1;
    receipt.checkpoint = checkpoint;
    RUNUT_ASSIGN(receipt.inclusion, instance.tree().inclusion({receipt.index, size}));
    RUNUT_TRY(verify_receipt(receipt, instance.trust()).map([](const Checkpoint&) {}));
    out += to_string(receipt) + "\n";
  }
  return out;
}

Result<Exit> run_explain(const ExplainArguments& options) {
  if (options.language != "id" && options.language != "en")
    return fail(Error{ErrorCode::invalid_input, {}, "lang", options.language, "id or en"});
  RUNUT_ASSIGN(const Month month, read_option("month", options.month, parse_month));
  RUNUT_ASSIGN(const OtherTimes times, read_times(options.times));
  if (times.asked() && options.proof)
    return fail(Error{ErrorCode::invalid_input,
                      {},
                      "proof",
                      *options.proof,
                      "what is hypothetical has no proof"});
  RUNUT_ASSIGN(const auto instance, open_to_read(options.ledger));
  RUNUT_ASSIGN(const Head head, head_for(*instance, options.as_known_at));
  note_times(times);
  RUNUT_ASSIGN(const Explainer explainer,
               Explainer::open(instance->history(), {head.sequence, head.leaf}));
  RUNUT_ASSIGN(const PersonId person, person_asked_for(*instance, explainer, options.person));
  RUNUT_ASSIGN(const Explanation explanation, explainer.explain(person, month, times));
  const Page page = explanation_page(
      explanation, options.language == "id" ? Language::indonesian : Language::english);
  if (!options.html.empty()) RUNUT_TRY(write_file("html", options.html, to_html(page)));
  if (options.proof) {
    RUNUT_ASSIGN(const std::string text, receipts(*instance, explanation));
    RUNUT_TRY(write_file("proof", proof_file(*options.proof, person, month), text));
  }
  if (options.json) {
    print(explanation_json(explanation) + "\n");
  } else if (options.html.empty()) {
    Page shown = page;
    // The summary and the two branches, as far as there are any.
    const std::size_t brief = 1U + (explanation.rank || explanation.unranked ? 1 : 0) +
                              (explanation.payment.left_out ? 0 : 1);
    if (options.brief) shown.sections.resize(brief);
    print(to_text(shown, {.colour = is_terminal(1)}));
  }
  return explanation.reproduced ? Exit::ok : Exit::finding;
}

}  // namespace

void add_explain(App& app) {
  const auto options = std::make_shared<ExplainArguments>();
  CLI::App& command =
      app.add({"explain",
               "Why a person was paid what they were paid, down to each event, clause and rupiah",
               "runut explain --data data --person P17 --month 2022-08\n"
               "runut explain --data data --person 198503152009021003 --month 2022-08 --lang en\n"
               "runut explain --data data --person P17 --month 2022-08 --as-known-at 2022-09-05\n"
               "runut explain --data data --person P17 --month 2022-08 --rules-as-of 2022-07-01\n"
               "runut explain --data data --person P17 --month 2022-08 --html why.html --proof "
               "why.tlog-proof\n"
               "runut explain --data data --person P17 --month 2022-08 --proof    # "
               "P17-2022-08.tlog-proof"},
              [options] { return run_explain(*options); });
  add_ledger_options(command, options->ledger);
  command.add_option("--person", options->person, "Person id (P17) or NIP")->required();
  command.add_option("--month", options->month, "Month, e.g. 2022-08")->required();
  add_moment_option(command, options->as_known_at);
  add_times_options(command, options->times);
  command.add_option("--lang", options->language, "id (default) or en");
  command.add_flag("--json", options->json, "Every value as JSON");
  command.add_flag("--brief", options->brief, "Summary and the two branches only");
  command.add_option("--html", options->html, "Write one printable page to this file")
      ->type_name("FILE");
  command
      .add_option_function<std::string>(
          "--proof", [options](const std::string& file) { options->proof = file; },
          "Write a receipt for each event to this file (by default PERSON-MONTH.tlog-proof); each "
          "verifies offline")
      ->expected(0, 1)
      ->type_name("[FILE]");
}

}  // namespace runut::cli
