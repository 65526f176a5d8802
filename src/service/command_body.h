// The body of a request, taken apart into commands.
#pragma once

#include "domain/command.h"
#include "http/message.h"

namespace runut::service {

enum class BodyForm : std::uint8_t { one, array, lines };

struct CommandText {
  std::size_t number = 0;  // item of the array, or line, from 1
  std::string_view text;   // borrows the body or `held`
};

struct CommandBody {
  BodyForm form{};
  std::vector<CommandText> items;
  std::vector<std::string> held;
};

// unsupported (http.media_type): neither JSON nor NDJSON. exhausted (commands.too_many).
// invalid_input: the array is none.
[[nodiscard]] Result<CommandBody> split_body(const http::Request& request, std::size_t items_max);

// `{"id":"…",` put before the members of an object that names no id.
[[nodiscard]] Result<std::string> with_id(std::string_view text, const CommandId& id);

}  // namespace runut::service
