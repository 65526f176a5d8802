// The tree keeps its laws, and the check that says so can fail: each law has planted breaches.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/layering/rules.h"
#include "tests/layering/scan.h"

namespace runut::layering {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

std::string slurp(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<fs::path> sources_under(const fs::path& root) {
  std::vector<fs::path> out;
  for (const char* top : {"src", "projections", "tools", "tests"}) {
    if (!fs::exists(root / top)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string extension = entry.path().extension().string();
      const bool source = extension == ".cc" || extension == ".h";
      if (entry.is_regular_file() && source) out.push_back(entry.path());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

TEST(Layering, TheTreeKeepsEveryLaw) {
  const fs::path root = RUNUT_SOURCE_DIR;
  const std::vector<fs::path> sources = sources_under(root);
  ASSERT_GT(sources.size(), 10u) << "the sources were not found under " << root;
  std::string breaches;
  for (const fs::path& source : sources) {
    const std::string path = source.lexically_relative(root).generic_string();
    for (const Violation& violation : check_source(path, slurp(source))) {
      breaches += violation.describe() + "\n";
    }
  }
  EXPECT_THAT(breaches, IsEmpty());
}

struct Planted {
  const char* path;
  const char* text;
  std::size_t line;
  const char* rule;
};

class PlantedBreach : public ::testing::TestWithParam<Planted> {};

TEST_P(PlantedBreach, IsFoundWithItsLineAndRule) {
  const auto found = check_source(GetParam().path, GetParam().text);
  ASSERT_EQ(found.size(), 1u) << GetParam().text;
  EXPECT_EQ(found[0].file, GetParam().path);
  EXPECT_EQ(found[0].line, GetParam().line) << found[0].describe();
  EXPECT_EQ(found[0].rule, GetParam().rule) << found[0].describe();
}

INSTANTIATE_TEST_SUITE_P(
    Layering, PlantedBreach,
    ::testing::Values(
        // who includes whom
        Planted{"src/base/x.h", "#include \"domain/event.h\"\n", 1, "layering.direction"},
        Planted{"src/domain/x.h", "\n#include \"regulation/document.h\"\n", 2,
                "layering.direction"},
        Planted{"src/computation/x.cc", "#include \"ledger/decide.h\"\n", 1, "layering.direction"},
        Planted{"src/ledger/x.cc", "#include \"log/event_log.h\"\n", 1, "layering.direction"},
        Planted{"src/write/x.cc", "#include \"projector/run.h\"\n", 1, "layering.direction"},
        Planted{"src/projector/x.cc", "#include \"write/writer.h\"\n", 1, "layering.direction"},
        Planted{"projections/x.cc", "# include \"store/store.h\"\n", 1, "layering.direction"},
        Planted{"src/http/x.cc", "#include \"tools/main.h\"\n", 1, "layering.direction"},
        Planted{"src/domain/x.cc", "#include \"event.h\"\n", 1, "layering.named_folder"},
        Planted{"src/shiny/x.cc", "int x;\n", 1, "layering.unknown_folder"},
        Planted{"tests/oracle/pay.cc", "#include \"computation/tpp.h\"\n", 1, "layering.oracle"},
        // third-party headers have one home
        Planted{"src/query/x.cc", "#include <rocksdb/db.h>\n", 1, "layering.rocksdb"},
        Planted{"src/log/memory_log.cc", "#include <rocksdb/db.h>\n", 1, "layering.rocksdb"},
        Planted{"src/log/rocksdb_log.cc", "#include <librdkafka/rdkafkacpp.h>\n", 1,
                "layering.kafka"},
        Planted{"src/log/x.cc", "#include <flatbuffers/flatbuffers.h>\n", 1,
                "layering.flatbuffers"},
        Planted{"tools/runut.cc", "#include \"envelope_generated.h\"\n", 1, "layering.flatbuffers"},
        Planted{"src/query/x.cc", "#include <hpdf.h>\n", 1, "layering.office"},
        Planted{"tools/runut/x.cc", "#include <xlsxwriter.h>\n", 1, "layering.office"},
        // the pure folders
        Planted{"src/domain/x.cc", "int a;\nauto t = std::chrono::system_clock::to_time_t(p);\n", 2,
                "pure.clock"},
        Planted{"src/ledger/x.cc", "auto t = time(nullptr);\n", 1, "pure.clock"},
        Planted{"src/ledger/x.cc", "auto t = clock.now();\n", 1, "pure.clock"},
        Planted{"src/ledger/x.h", "#include \"base/clock.h\"\n", 1, "pure.clock"},
        Planted{"src/computation/x.cc", "int r = rand();\n", 1, "pure.randomness"},
        Planted{"src/computation/x.cc", "std::mt19937 engine(1);\n", 1, "pure.randomness"},
        Planted{"src/regulation/x.cc", "#include <random>\n", 1, "pure.randomness"},
        Planted{"src/regulation/x.cc", "void f() { std::printf(\"x\"); }\n", 1, "pure.output"},
        Planted{"projections/x.cc", "std::cout << 1;\n", 1, "pure.output"},
        Planted{"projections/x.cc", "spdlog::info(\"x\");\n", 1, "pure.output"},
        Planted{"src/computation/x.cc", "/* a\n b */ double half(int x);\n", 2, "pure.floating"},
        Planted{"src/computation/x.cc", "auto x = y * 0.95;\n", 1, "pure.floating"},
        Planted{"src/computation/x.cc", "auto x = 1e6;\n", 1, "pure.floating"},
        Planted{"src/ledger/x.h", "std::unordered_map<int, int> by_id;\n", 1, "pure.unordered"},
        Planted{"src/ledger/x.h", "// never iterated\n\n\n\n\n\nstd::unordered_set<int> far;\n", 7,
                "pure.unordered"},
        Planted{"src/ledger/x.h", "std::mutex guard;\n", 1, "pure.threads"},
        // everywhere of ours
        Planted{"src/store/x.cc", "throw std::runtime_error(\"\");\n", 1, "errors.values"}));

class Harmless : public ::testing::TestWithParam<Planted> {};

TEST_P(Harmless, IsLeftAlone) {
  for (const Violation& violation : check_source(GetParam().path, GetParam().text)) {
    ADD_FAILURE() << violation.describe();
  }
}

INSTANTIATE_TEST_SUITE_P(
    Layering, Harmless,
    ::testing::Values(
        Planted{"src/domain/x.h", "#include \"domain/event.h\"\n#include \"base/date.h\"\n", 0, ""},
        Planted{"src/domain/x.h", "// no double, no rand() here \\\n time(nullptr)\nint x;\n", 0,
                ""},
        Planted{"src/domain/x.h", "/* system_clock\n float */ int y = 1'000'000;\n", 0, ""},
        Planted{"src/domain/x.cc", "auto s = \"double \\\" time(\"; char c = '\"'; int z;\n", 0,
                ""},
        Planted{"src/domain/x.cc", "auto s = R\"x(double \" rand() )\" )x\"; int z;\n", 0, ""},
        Planted{"src/domain/x.cc", "auto e = 0x1e5; auto t = report.time(); int timeout(int);\n", 0,
                ""},
        Planted{"src/ledger/x.h", "// looked up, never iterated\nstd::unordered_map<int, int> m;\n",
                0, ""},
        Planted{"src/log/rocksdb_log.cc", "#include <rocksdb/db.h>\n#include \"store/store.h\"\n",
                0, ""},
        Planted{"src/log/kafka_log.cc", "#include <librdkafka/rdkafkacpp.h>\ndouble seconds;\n", 0,
                ""},
        Planted{"src/codec/x.cc", "#include \"envelope_generated.h\"\n", 0, ""},
        Planted{"tests/store/x.cc", "#include <rocksdb/db.h>\n#include \"http/server.h\"\n", 0, ""},
        Planted{"tests/oracle/x.cc", "#include \"domain/event.h\"\n", 0, ""}));

TEST(Layering, AFileOfSixHundredLinesIsTheLongest) {
  std::string text;
  for (std::size_t line = 0; line < lines_max; ++line) text += "int x;\n";
  EXPECT_THAT(check_source("tools/x.cc", text), IsEmpty());
  text += "int x;\n";
  const auto found = check_source("tools/x.cc", text);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].rule, "size.lines");
  EXPECT_EQ(found[0].line, lines_max + 1);
}

TEST(Layering, ABreachIsToldWithFileLineAndRule) {
  const auto found = check_source("src/ledger/x.cc", "int a;\nint b = rand();\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].describe(),
            "src/ledger/x.cc:2: [pure.randomness] rand(): random bytes and ids arrive as inputs");
}

TEST(Layering, BlankedSourceKeepsEveryLineAndColumn) {
  const std::string text = "a /* b\n c */ d \"e\\\"f\" 'g' // h\ni";
  EXPECT_EQ(code_only(text), "a     \n      d \"    \" ' '     \ni");
}

}  // namespace
}  // namespace runut::layering
