// write_seeds DIR: one stored event of each released type in DIR/envelope, one command of each kind
// in DIR/command.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "codec/command_json.h"
#include "codec/envelope_codec.h"
#include "tests/codec/generator.h"

namespace {

using runut::codec_test::Generator;

bool write(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << bytes;
  out.close();
  return static_cast<bool>(out);
}

bool write_all(const std::filesystem::path& root) {
  std::filesystem::create_directories(root / "envelope");
  std::filesystem::create_directories(root / "command");
  Generator generator(1);
  for (const runut::EventType type : runut::codec_test::released_types()) {
    const auto stored = runut::encode_event(generator.event(type));
    const std::string name = std::to_string(static_cast<unsigned>(type));
    if (!stored || !write(root / "envelope" / name, *stored)) return false;
  }
#define RUNUT_WRITE_COMMAND(name, body)                                           \
  if (!write(root / "command" / #name,                                            \
             runut::to_json(generator.command(runut::make_command_body(#name))))) \
    return false;
  RUNUT_COMMANDS(RUNUT_WRITE_COMMAND)
#undef RUNUT_WRITE_COMMAND
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 || !write_all(argv[1])) {
    std::fprintf(stderr, "usage: write_seeds DIR (which has to be writable)\n");
    return 1;
  }
  return 0;
}
