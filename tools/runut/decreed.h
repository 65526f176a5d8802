// What a command line says of an official decision that it records: the decree, and who enters it.
#pragma once

#include "tools/runut/app.h"

namespace runut::cli {

struct DecreeOptions {
  std::string number;
  std::string date;
  std::string signatory;
  std::string office;
  std::string document;
  std::string actor = "S1";
  std::string role = "operator";
  std::string id;
};

// --decree-number, -date, -signatory, -office, -document, --actor, --role, --id. `document` says
// what is signed. The five of the decree come together; `required`: they always must.
void add_decree_options(CLI::App& command, DecreeOptions& options, const std::string& document,
                        bool required);

[[nodiscard]] Result<Decree> read_decree(const DecreeOptions& options);
// 64 hexadecimal digits, or a file whose SHA-256 is taken.
[[nodiscard]] Result<Hash256> document_hash(const std::string& text);

// Records it and waits until it is durable. Its id is new unless --id gives one, its time that of
// the last event where a simulated ledger's clock stands still.
[[nodiscard]] Result<Answer> record_decided(Instance& instance, const DecreeOptions& options,
                                            CommandBody body);

}  // namespace runut::cli
