// Events in JSON, for golden files and messages.
#pragma once

#include <gtest/gtest.h>

#include "domain/event.h"

namespace runut::codec_test {

// One member a line in a fixed order, the payload as payload_json writes it.
[[nodiscard]] std::string event_text(const Event& event);

// Names a test of one type, for INSTANTIATE_TEST_SUITE_P.
[[nodiscard]] std::string type_name(const ::testing::TestParamInfo<EventType>& info);

}  // namespace runut::codec_test
