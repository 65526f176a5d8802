#include "tests/service/proofs/live_ledger.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "codec/command_json.h"

namespace runut::testing {
namespace {

constexpr const char* agency = "kota-uji";

std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    parts.emplace_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return parts;
}

// Whether the pattern takes the path, and what it names of it.
bool matches(const std::string& pattern, const std::string& path, http::Call& call) {
  const std::vector<std::string> wanted = parts_of(pattern);
  const std::vector<std::string> given = parts_of(path);
  call.path.clear();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const std::string& part = wanted[i];
    if (i >= given.size()) return false;
    if (part.ends_with("...}")) {
      std::string rest = given[i];
      for (std::size_t j = i + 1; j < given.size(); ++j) rest += "/" + given[j];
      call.path[part.substr(1, part.size() - 5)] = rest;
      return true;
    }
    if (part.starts_with('{'))
      call.path[part.substr(1, part.size() - 2)] = given[i];
    else if (part != given[i])
      return false;
  }
  return wanted.size() == given.size();
}

std::vector<Command> parse(const std::string& lines) {
  std::vector<Command> out;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = lines.find('\n', begin);
    auto command = parse_command(std::string_view(lines).substr(begin, end - begin));
    RUNUT_CHECK(command.has_value(), command.error().describe());
    out.push_back(std::move(*command));
    begin = end + 1;
  }
  return out;
}

}  // namespace

LiveLedger::LiveLedger(service::SignedHeadsOptions options) : options_(options) {
  InstanceOptions wanted;
  wanted.place = *place_of(directory_ / "data", directory_ / "keys", agency);
  wanted.create = true;
  auto founding = Instance::open(wanted, Instance::Access::read_write);
  RUNUT_CHECK(founding.has_value(), founding.error().describe());
  for (Command& command : parse(commands_.town().text()))
    EXPECT_TRUE((*founding)->submit(std::move(command)));
  EXPECT_TRUE((*founding)->drain_all());
  EXPECT_TRUE((*founding)->close());
  founding->reset();
  open();
}

void LiveLedger::open() {
  InstanceOptions wanted;
  wanted.place = *place_of(directory_ / "data", directory_ / "keys", agency);
  auto opened = service::Ledger::open(std::move(wanted), {.queued_max = 100'000});
  RUNUT_CHECK(opened.has_value(), opened.error().describe());
  ledgers_ = std::make_unique<service::Ledgers>();
  ledgers_->add(std::move(*opened));
  routes_ = service::proof_routes(*ledgers_, options_);
  // The session begins with an event of its own, before anybody counts.
  record(commands_.line({.command = "RegisterPerson",
                         .data = fmt::format(R"({{"person":"P{}"}})", 900 + size()),
                         .text = "Pegawai"}));
}

void LiveLedger::end_writer() {
  EXPECT_TRUE(ledger().stop(Millis{10'000}));
}

void LiveLedger::restart(const std::function<void(const Place&)>& in_between) {
  const Place place = instance().place();
  routes_.clear();
  ledgers_.reset();
  if (in_between) in_between(place);
  open();
}

void LiveLedger::in_writer(const std::function<void(Instance&)>& work) {
  std::promise<void> done;
  ASSERT_TRUE(ledger().in_writer([&](Instance& instance) {
    work(instance);
    done.set_value();
  }));
  done.get_future().wait();
}

void LiveLedger::hold_writer(std::shared_future<void> until) {
  std::promise<void> begun;
  ASSERT_TRUE(ledger().in_writer([&begun, until = std::move(until)](Instance&) {
    begun.set_value();
    until.wait();
  }));
  begun.get_future().wait();
}

Answer LiveLedger::record(const std::string& lines) {
  std::vector<service::Ledger::Submission> batch;
  std::promise<Result<Answer>> last;
  for (Command& command : parse(lines))
    batch.push_back({std::move(command), std::nullopt, 0, [](const Result<Answer>& answer) {
                       EXPECT_TRUE(answer) << answer.error().describe();
                     }});
  batch.back().answered = [&](Result<Answer> answer) { last.set_value(std::move(answer)); };
  EXPECT_TRUE(ledger().submit(batch));
  const Result<Answer> answer = last.get_future().get();
  EXPECT_TRUE(answer) << answer.error().describe();
  return answer.value_or(Answer{});
}

void LiveLedger::grow_to(std::uint64_t events) {
  std::string lines;
  for (std::uint64_t at = size(); at < events; ++at)
    lines += commands_.line({.command = "RegisterPerson",
                             .data = fmt::format(R"({{"person":"P{}"}})", 1'000 + at),
                             .text = "Pegawai"});
  if (!lines.empty()) record(lines);
  ASSERT_EQ(size(), events);
}

std::string LiveLedger::sign() {
  std::string note;
  in_writer([&](Instance& instance) {
    auto signed_now = instance.sign_checkpoint();
    ASSERT_TRUE(signed_now) << signed_now.error().describe();
    note = std::move(*signed_now);
  });
  return note;
}

std::future<http::Response> LiveLedger::begin(const std::string& behind_agency,
                                              std::vector<http::Field> headers) {
  http::Call call;
  call.request.method = http::Method::get;
  call.request.target = "/v1/" + std::string(agency) + "/" + behind_agency;
  call.request.headers = std::move(headers);
  const std::size_t question = call.request.target.find('?');
  const std::string path = call.request.target.substr(0, question);
  if (question != std::string::npos) {
    std::string_view query = std::string_view(call.request.target).substr(question + 1);
    while (!query.empty()) {
      const std::size_t end = std::min(query.find('&'), query.size());
      const std::size_t equal = query.find('=');
      call.request.query.push_back({std::string(query.substr(0, equal)),
                                    std::string(query.substr(equal + 1, end - equal - 1))});
      query.remove_prefix(std::min(end + 1, query.size()));
    }
  }
  auto promise = std::make_shared<std::promise<http::Response>>();
  std::future<http::Response> answer = promise->get_future();
  call.reply = [promise](http::Response response) { promise->set_value(std::move(response)); };
  for (const http::Route& route : routes_)
    if (matches(route.pattern, path, call)) {
      route.handler(std::move(call));
      return answer;
    }
  ADD_FAILURE() << "no route takes " << path;
  promise->set_value({});
  return answer;
}

http::Response LiveLedger::get(const std::string& behind_agency, std::vector<http::Field> headers) {
  return begin(behind_agency, std::move(headers)).get();
}

}  // namespace runut::testing
