// Schemas as plain values, from the code's own field lists and from *.fbs files, to be compared.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/fields.h"

namespace runut::codec_test {

struct Field {
  std::string name;
  std::string type;        // "ulong", "[PaymentLine]", "RunKind"
  std::string presence;    // "", "= null" or "(required)"
  std::size_t offset = 0;  // of a struct's field
  friend bool operator==(const Field&, const Field&) = default;
};

struct Schema {
  std::map<std::string, std::vector<Field>> tables;  // fields by id
  std::map<std::string, std::vector<Field>> structs;
  std::map<std::string, std::vector<std::string>> enums;  // by number, from 0
};

// Of every released payload and the records inside.
[[nodiscard]] Schema schema_of_the_code();
// Text of one .fbs file and what it includes from `directory`; `error` on failure.
[[nodiscard]] Schema parse_schema(const std::string& text, const std::string& directory,
                                  std::string& error);
// DIRECTORY/envelope.fbs and DIRECTORY/events/*.fbs.
[[nodiscard]] Schema read_schemas(const std::string& directory, std::string& error);

// One line a difference, naming table and field.
[[nodiscard]] std::vector<std::string> drift(const Schema& code, const Schema& files);
// What an old reader's bytes would no longer mean: one line a released thing that changed or went.
[[nodiscard]] std::vector<std::string> broken_promises(const Schema& released, const Schema& now);

[[nodiscard]] std::string read_text_file(const std::string& path);

}  // namespace runut::codec_test
