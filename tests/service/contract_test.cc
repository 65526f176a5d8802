// The service against its contract, by a client that shares nothing with it; and the contract
// itself.
#include <gtest/gtest.h>

#include <cstdlib>

#include "service/running_service/running_service.h"

namespace runut::testing {
namespace {

std::string shell(const std::string& command, int& exit) {
  std::string out;
  FILE* const pipe = ::popen((command + " 2>&1").c_str(), "r");
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) out += static_cast<char>(c);
  exit = ::pclose(pipe);
  return out;
}

TEST(Contract, IsItsPartsJoinedAndSound) {
  int exit = 0;
  const std::string said =
      shell(std::string("python3 ") + RUNUT_SOURCE_DIR + "/tools/openapi/join.py --check", exit);
  EXPECT_EQ(exit, 0) << said;
}

TEST(Contract, EveryAnswerIsInIt) {
  const TemporaryDirectory directory;
  const std::string data = directory / "data";
  const std::string file = directory / "city.ndjson";
  ASSERT_EQ(run({"simulate", "--people", "100", "--from", "2022-01", "--to", "2022-08", "--seed",
                 "3", "--out", file})
                .exit,
            0);
  ASSERT_EQ(run({"import", "--data", data, "--errors", directory / "refused.tsv", file}).exit, 3);
  const Ran routes = run({"serve", "--data", data, "--http-port", "0", "--print-routes"});
  ASSERT_EQ(routes.exit, 0) << routes.err;
  const RunningService service(data, directory / "serve.log");
  ASSERT_NE(service.port(), 0) << service.log();
  int exit = 0;
  const std::string said =
      shell(std::string("python3 ") + RUNUT_SOURCE_DIR + "/tests/service/contract.py " +
                std::to_string(service.port()) + " kota-kediri " +
                directory.write("routes.tsv", routes.out),
            exit);
  EXPECT_EQ(exit, 0) << said;
  std::printf("%s", said.substr(0, said.find('\n') + 1).c_str());
}

TEST(Contract, MetricsAreClean) {
  const TemporaryDirectory directory;
  const std::string data = directory / "data";
  CommandFile town;
  ASSERT_EQ(
      run({"import", "--data", data, directory.write("town.ndjson", town.town().text())}).exit, 0);
  const RunningService service(data, directory / "serve.log");
  ASSERT_NE(service.port(), 0) << service.log();
  RawClient client(service.port());
  EXPECT_EQ(client.ask("GET", "/v1/kota-uji/payments?month=2022-08")->status, 200);
  EXPECT_EQ(client.ask("GET", "/nowhere")->status, 404);
  const std::string text = client.ask("GET", "/metrics")->body;
  EXPECT_TRUE(has(text, "runut_ledger_head_sequence{agency=\"kota-uji\"}")) << text;
  int exit = 0;
  const std::string said =
      shell("promtool check metrics < " + directory.write("metrics.txt", text), exit);
  EXPECT_EQ(exit, 0) << said;
  EXPECT_FALSE(has(text, "P1")) << "nobody's id is a label";
}

}  // namespace
}  // namespace runut::testing
