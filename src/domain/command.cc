#include "domain/command.h"

namespace runut {

CommandBody::CommandBody(const CommandBody&) = default;
CommandBody::CommandBody(CommandBody&&) noexcept = default;
CommandBody& CommandBody::operator=(const CommandBody&) = default;
CommandBody& CommandBody::operator=(CommandBody&&) noexcept = default;
CommandBody::~CommandBody() = default;
bool operator==(const CommandBody& one, const CommandBody& other) {
  return static_cast<const CommandVariant&>(one) == static_cast<const CommandVariant&>(other);
}

std::string_view command_name(const CommandBody& body) {
  static constexpr std::string_view names[] = {"",
#define RUNUT_COMMAND_NAME(name, body) #name,
                                               RUNUT_COMMANDS(RUNUT_COMMAND_NAME)
#undef RUNUT_COMMAND_NAME
  };
  return names[body.index()];
}

CommandBody make_command_body(std::string_view name) {
#define RUNUT_COMMAND_MAKE(command, body) \
  if (name == #command) return body{};
  RUNUT_COMMANDS(RUNUT_COMMAND_MAKE)
#undef RUNUT_COMMAND_MAKE
  return std::monostate{};
}

}  // namespace runut
