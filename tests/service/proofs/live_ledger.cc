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

}  // namespace

LiveLedger::LiveLedger(service::SignedHeadsOptions options) : options_(options) {
  open();
}

LiveLedger::~LiveLedger() {
  close();
}

void LiveLedger::open() {
  InstanceOptions wanted;
  wanted.place = *place_of(directory_ / "data", directory_ / "keys", agency);
  wanted.create = true;
  auto opened = Instance::open(std::move(wanted), Instance::Access::read_write);
  RUNUT_CHECK(opened.has_value(), opened.error().describe());
  instance_ = std::move(*opened);
  ending_ = false;
  writer_ = std::thread([this] { write(); });
  if (instance_->founded() == nullptr) {
    // Proofs are of a founded ledger.
    record(commands_.town().text());
  }
  proofs_ = std::make_shared<service::Proofs>(
      service::LedgerPorts{
          *instance_, [this](std::function<void(Instance&)> work) { return post(std::move(work)); },
          [this](Sequence sequence, Millis max_wait) -> Status {
            const auto until = std::chrono::steady_clock::now() + max_wait;
            while (instance_->known_at().value_or(Sequence{}) < sequence) {
              if (std::chrono::steady_clock::now() > until)
                return fail(ErrorCode::unavailable, "the views are behind");
              std::this_thread::sleep_for(Millis{1});
            }
            return {};
          }},
      options_);
  routes_ = service::proof_routes({{agency, proofs_}});
}

void LiveLedger::close() {
  routes_.clear();
  proofs_.reset();
  end_writer();
  EXPECT_TRUE(instance_->close());
  instance_.reset();
}

void LiveLedger::end_writer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  moved_.notify_all();
  if (writer_.joinable()) writer_.join();
}

void LiveLedger::restart(const std::function<void(const Place&)>& in_between) {
  const Place place = instance_->place();
  close();
  if (in_between) in_between(place);
  open();
}

void LiveLedger::write() {
  std::unique_lock lock(mutex_);
  for (;;) {
    moved_.wait(lock, [this] { return ending_ || !work_.empty(); });
    if (ending_) break;
    auto work = std::move(work_.front());
    work_.pop_front();
    lock.unlock();
    work(*instance_);
    work = nullptr;
    lock.lock();
  }
  work_.clear();
}

Status LiveLedger::post(std::function<void(Instance&)> work) {
  const std::lock_guard lock(mutex_);
  if (ending_) return fail(ErrorCode::unavailable, "the writer has ended");
  work_.push_back(std::move(work));
  moved_.notify_all();
  return {};
}

void LiveLedger::in_writer(const std::function<void(Instance&)>& work) {
  std::promise<void> done;
  ASSERT_TRUE(post([&](Instance& instance) {
    work(instance);
    done.set_value();
  }));
  done.get_future().wait();
}

void LiveLedger::hold_writer(std::shared_future<void> until) {
  ASSERT_TRUE(post([until = std::move(until)](Instance&) { until.wait(); }));
}

Answer LiveLedger::record(const std::string& lines) {
  Answer last;
  in_writer([&](Instance& instance) {
    std::vector<Command> parsed;
    for (std::size_t begin = 0; begin < lines.size();) {
      const std::size_t end = lines.find('\n', begin);
      auto command = parse_command(std::string_view(lines).substr(begin, end - begin));
      ASSERT_TRUE(command) << command.error().describe();
      parsed.push_back(std::move(*command));
      begin = end + 1;
    }
    for (std::size_t i = 0; i < parsed.size(); ++i) {
      const auto ticket = instance.submit(std::move(parsed[i]));
      ASSERT_TRUE(ticket) << ticket.error().describe();
      if (i % 5'000 != 4'999 && i + 1 < parsed.size()) continue;
      const auto answers = instance.drain_all();
      ASSERT_TRUE(answers) << answers.error().describe();
      last = answers->back();
    }
  });
  return last;
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
