// The published schema is the one that the code reads and writes by.
#include "codec/command_schema.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "domain/command.h"

namespace runut {
namespace {

TEST(CommandSchema, IsTheOneThatIsPublished) {
  const std::filesystem::path published = RUNUT_SOURCE_DIR "/schemas/commands.schema.json";
  const std::filesystem::path generated = RUNUT_BINARY_DIR "/commands.schema.json";
  std::ofstream(generated, std::ios::binary) << command_schema();
  std::ostringstream text;
  text << std::ifstream(published, std::ios::binary).rdbuf();
  EXPECT_TRUE(text.str() == command_schema())
      << published << " is not what the code says: copy " << generated << " over it";
}

TEST(CommandSchema, DescribesEveryCommandAndItsData) {
  const auto schema = boost::json::parse(command_schema()).as_object();
  const auto& definitions = schema.at("$defs").as_object();
#define RUNUT_EXPECT_DESCRIBED(name, body)                                            \
  EXPECT_FALSE(describe_command(#name).empty()) << #name;                             \
  ASSERT_TRUE(definitions.contains(#name)) << #name;                                  \
  EXPECT_EQ(definitions.at(#name).at("properties").at("command").at("const"), #name); \
  EXPECT_FALSE(                                                                       \
      definitions.at(#name).at("properties").at("data").at("properties").as_object().empty());
  RUNUT_COMMANDS(RUNUT_EXPECT_DESCRIBED)
#undef RUNUT_EXPECT_DESCRIBED
  EXPECT_TRUE(describe_command("FireEverybody").empty());
}

TEST(CommandSchema, LeavesToTheLedgerWhatItComputes) {
  const auto schema = boost::json::parse(command_schema());
  const auto& identifier =
      schema.at("$defs").at("AssignIdentifier").at("properties").at("data").as_object();
  EXPECT_FALSE(identifier.at("properties").as_object().contains("lookup"));
  const auto& order = schema.at("$defs").at("OrderPayment").at("properties").at("data").as_object();
  EXPECT_TRUE(order.at("properties").as_object().contains("amount"));
  for (const auto& name : order.at("required").as_array()) EXPECT_NE(name, "amount");
  const auto& cancel =
      schema.at("$defs").at("CancelDisciplinarySanction").at("properties").at("data").as_object();
  for (const auto& name : cancel.at("required").as_array()) EXPECT_NE(name, "sanction");
}

}  // namespace
}  // namespace runut
