// The service's reference, read by a real browser from the running service: each operation of the
// contract is on it, and nothing else is asked for.
#include <gtest/gtest.h>

#include <cstdlib>
#include <regex>

#include "service/running_service/running_service.h"

namespace runut::testing {
namespace {

std::ptrdiff_t matches(const std::string& text, const char* pattern) {
  const std::regex wanted(pattern);
  return std::distance(std::sregex_iterator(text.begin(), text.end(), wanted),
                       std::sregex_iterator());
}

class ReferencePage : public ServedTown {};

TEST_F(ReferencePage, ShowsEachOperationOfTheContract) {
  ASSERT_EQ(std::system("command -v chromium >/dev/null"), 0)
      << "no chromium: tools/install.sh browser";
  serve();
  const std::string dom_file = directory_ / "dom.html";
  const std::string errors_file = directory_ / "browser.err";
  const std::string command =
      "timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage "
      "--disable-background-networking --no-first-run --virtual-time-budget=10000 "
      "--user-data-dir='" +
      directory_ / "profile" + "' --dump-dom 'http://127.0.0.1:" + std::to_string(port()) +
      "/v1/reference' >'" + dom_file + "' 2>'" + errors_file + "'";
  ASSERT_EQ(std::system(command.c_str()), 0) << read_file(errors_file);
  const std::string dom = read_file(dom_file);
  EXPECT_TRUE(has(dom, "data-ready=\"yes\"")) << read_file(errors_file);
  const std::string contract = read_file(RUNUT_SOURCE_DIR "/schemas/openapi.json");
  const auto operations = matches(contract, "\"operationId\":");
  EXPECT_GT(operations, 40);
  EXPECT_EQ(matches(dom, "<details "), operations);
  EXPECT_TRUE(has(dom, "/v1/{agency}/webhooks"));
  EXPECT_FALSE(has(read_file(errors_file), "Content Security Policy")) << read_file(errors_file);
}

}  // namespace
}  // namespace runut::testing
