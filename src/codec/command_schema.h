// schemas/commands.schema.json, made from the same field lists that the reader and writer of
// commands use (domain/fields.h), so that the published contract cannot drift from the code.
#pragma once

#include <string>
#include <string_view>

namespace runut {

// JSON Schema 2020-12, ending in a newline; the same text every time.
[[nodiscard]] std::string command_schema();

// What the command asks for, in one sentence or two; empty for an unknown name.
[[nodiscard]] std::string_view describe_command(std::string_view name);

}  // namespace runut
