#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>

#include "codec/json_writer.h"
#include "json/json.h"

namespace runut {
namespace {

// Whatever stands where: eight bytes are looked at together.
TEST(JsonString, IsReadAsItWasWritten) {
  for (int c = 0; c < 0x80; ++c) {
    for (std::size_t at = 0; at < 20; ++at) {
      for (const std::string_view around : {"a", "é", "\U0001F600", "\x7f", "~!"}) {
        std::string text;
        while (text.size() < 40) text += around;
        const std::size_t place = at * around.size();
        text.insert(std::min(place, text.size()), 1, static_cast<char>(c));
        std::string json;
        codec::append_json_string(json, text);
        const auto read = parse_json(json);
        ASSERT_TRUE(read) << json << ": " << read.error().describe();
        ASSERT_EQ(read->as_string(), text);
      }
    }
  }
}

}  // namespace
}  // namespace runut
