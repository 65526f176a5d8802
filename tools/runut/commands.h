// Every command of the binary. A new one: write command_<name>.cc with its add_<name>, declare it
// here, and call it in main.cc.
#pragma once

#include "tools/runut/app.h"

namespace runut::cli {

void add_audit(App& app);
void add_backup(App& app);
void add_bench(App& app);
void add_checkpoint(App& app);
void add_copy(App& app);
void add_diff(App& app);
void add_doctor(App& app);
void add_exit_codes(App& app);
void add_explain(App& app);
void add_import(App& app);
// "rankings" and the other names of listing/registry.h.
void add_listing(App& app, std::string_view name);
// The same for a command of another name, without its parameters.
[[nodiscard]] Result<Exit> list_of_ledger(std::string_view name, const LedgerOptions& ledger,
                                          const OutputOptions& output);
void add_log(App& app);
void add_person(App& app);
void add_rebuild(App& app);
void add_regulation(App& app);
void add_regulation_drafts(App& app, CLI::App& group);  // its lint and diff
void add_report(App& app);
void add_restore(App& app);
void add_serve(App& app);
void add_simulate(App& app);
void add_snapshot(App& app);
void add_stats(App& app);
void add_token(App& app);
void add_verify(App& app);
void add_webhook(App& app);
void add_what_if(App& app);

}  // namespace runut::cli
