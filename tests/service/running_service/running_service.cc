#include "service/running_service/running_service.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <thread>

namespace runut::testing {
namespace {

Arguments serve_arguments(const std::string& data, const Arguments& more) {
  Arguments out{"serve", "--data", data, "--http-port", "0"};
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

std::string command_text(const std::string& command, const std::string& id,
                         const std::string& data) {
  return fmt::format(
      R"({{"command":"{}",{}"agency":"kota-uji","actor":{{"kind":"system","id":"S1",)"
      R"("role":"{}","assurance":"claimed"}},"data":{}}})",
      command, id.empty() ? "" : "\"id\":\"" + id + "\",",
      command == "FoundAgency" ? "operator" : "hr", data);
}

// Of the process before, the log tells another port.
std::string fresh(const std::string& path) {
  std::remove(path.c_str());
  return path;
}

}  // namespace

RunningService::RunningService(const std::string& data, const std::string& log_file, Arguments more)
    : log_file_(fresh(log_file)), process_(serve_arguments(data, more), false, log_file) {
  bool tls = false;
  for (const std::string& argument : more) tls = tls || argument == "--tls-certificate";
  const std::string before = std::string("\"event\":\"listening\",\"address\":\"") +
                             (tls ? "https" : "http") + "://127.0.0.1:";
  for (int i = 0; i < 3'000 && port_ == 0 && !process_.ended(); ++i) {
    const std::string text = log();
    const std::size_t at = text.find(before);
    const std::size_t end = at == std::string::npos ? at : text.find('"', at + before.size());
    if (end != std::string::npos)
      port_ = static_cast<std::uint16_t>(
          std::stoul(text.substr(at + before.size(), end - at - before.size())));
    else
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

void ServedTown::SetUp() {
  const std::string founding = command_text(
      "FoundAgency", id_of(900'001),
      R"({"agency":"kota-uji","name":"Pemerintah Kota Uji","utc_offset_minutes":420,"simulated":false})");
  const Ran ran = run({"import", "--data", data(),
                       directory_.write("town.ndjson", founding + "\n" + a_command(1) + "\n")});
  ASSERT_EQ(ran.exit, 0) << ran.err;
}

void ServedTown::serve(Arguments more) {
  service_.reset();
  service_ = std::make_unique<RunningService>(data(), directory_ / "serve.log", std::move(more));
  ASSERT_NE(service_->port(), 0) << service_->log();
}

RawAnswer ServedTown::post(const std::string& body, const std::string& headers) {
  RawClient client(port());
  const auto answer = client.ask("POST", "/v1/kota-uji/commands",
                                 "Content-Type: application/json\r\n" + headers, body);
  EXPECT_TRUE(answer) << "no answer";
  return answer.value_or(RawAnswer{});
}

std::string ServedTown::id_of(unsigned number) {
  return fmt::format("018f3a00-0000-7000-8000-{:012x}", number);
}

std::string ServedTown::a_command(unsigned number, const std::string& id) {
  return command_text(
      "CreateUnit", id,
      fmt::format(
          R"({{"unit":"U{0}","code":"u{0}","name":"Unit {0}","paying":true,{1}"from":"2020-01-01"}})",
          number, number == 1 ? "" : R"("parent":"U1",)"));
}

std::string ServedTown::events() const {
  const Ran ran = run({"log", "--data", data(), "--json"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  return ran.out;
}

}  // namespace runut::testing
