// See compare_tool.h; called by tools/bench/compare.
#include <cstdio>
#include <span>
#include <string>
#include <vector>

#include "tools/bench/compare_tool.h"

int main(int argc, char** argv) {
  using namespace runut;
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto is = [&](const char* name, std::size_t count) {
    return words.size() == count && words.front() == name;
  };
  Status status =
      fail(ErrorCode::invalid_input,
           "runut_compare rank MEMBERS ROWS RANKED | export DATA DIR | sqlite DATA DIR");
  if (is("rank", 4))
    status = bench::compare_ranking(static_cast<std::uint32_t>(std::stoul(words[1])),
                                    {words[2], words[3]});
  else if (is("export", 3))
    status = bench::compare_export(words[1], words[2]);
  else if (is("sqlite", 3))
    status = bench::compare_sqlite(words[1], words[2]);
  if (status) return 0;
  std::fprintf(stderr, "runut_compare: %s %s %s: %s\n", status.error().rule.c_str(),
               status.error().field.c_str(), status.error().value.c_str(),
               status.error().message.c_str());
  return 1;
}
