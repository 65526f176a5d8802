// A small office whose log is followed, and its routes as a service has them.
#pragma once

#include <boost/json.hpp>
#include <future>

#include "http/dispatcher.h"
#include "http/target.h"
#include "json/json.h"
#include "service/feed_routes.h"
#include "service/webhook_routes.h"
#include "tests/feed/recorded_log.h"
#include "tests/support/temporary_directory.h"

namespace runut::service {

struct FollowedOffice {
  explicit FollowedOffice(FeedRouteOptions options = {}, FeedsOptions feeds_options = quick())
      : feeds(std::move(feeds_options)) {
    const Status added =
        feeds.add("kota-uji", log.log(), "kota-uji.example", directory / "webhooks");
    RUNUT_CHECK(added.has_value(), "the feed opens");
    std::vector<http::Route> routes = feed_routes(feeds, options);
    for (http::Route& route : webhook_routes(feeds)) routes.push_back(std::move(route));
    dispatcher = std::make_unique<http::Dispatcher>(http::DispatcherOptions{}, std::move(routes));
  }
  ~FollowedOffice() {
    feeds.end_subscriptions();
    dispatcher.reset();
  }

  static FeedsOptions quick() {
    FeedsOptions options;
    options.feed.tick = Millis{5};
    options.webhooks.backoff_first = Millis{1};
    options.webhooks.backoff_max = Millis{2};
    options.webhooks.attempts_max = 2;
    options.webhooks.client.total_max = Millis{500};
    return options;
  }

  void work(int day) {
    testing::work_a_day(ledger, date(2022, 8, day), 2);
    log.record(ledger);
  }
  [[nodiscard]] std::uint64_t head() const { return log.events().size(); }

  [[nodiscard]] std::future<http::Response> asking(http::Method method, const std::string& target,
                                                   std::vector<http::Field> headers = {},
                                                   std::string body = {}) {
    http::Request request;
    request.method = method;
    request.target = target;
    request.headers = std::move(headers);
    request.body = std::move(body);
    RUNUT_CHECK(http::parse_target(target, request).has_value(), "the target is one");
    const auto promised = std::make_shared<std::promise<http::Response>>();
    dispatcher->serve(std::move(request), [promised](http::Response response) {
      promised->set_value(std::move(response));
    });
    return promised->get_future();
  }
  [[nodiscard]] http::Response get(const std::string& target,
                                   std::vector<http::Field> headers = {}) {
    return asking(http::Method::get, target, std::move(headers)).get();
  }

  testing::EventBuilder ledger = testing::small_office(2);
  testing::RecordedLog log{ledger};
  testing::TemporaryDirectory directory;
  Feeds feeds;
  std::unique_ptr<http::Dispatcher> dispatcher;
};

inline std::string header_of(const http::Response& response, std::string_view name) {
  for (const http::Field& field : response.headers)
    if (field.name == name) return field.value;
  return "";
}

inline boost::json::value json_of(const http::Response& response) {
  auto value = parse_json(response.body);
  return value ? std::move(*value) : boost::json::value();
}

}  // namespace runut::service
