// What a service has for those who follow its ledgers: of each a feed, and its webhooks.
#pragma once

#include <map>
#include <set>

#include "feed/webhooks.h"
#include "service/follow_scope.h"

namespace runut::service {

struct FeedsOptions {
  feed::FeedOptions feed{};
  feed::WebhookOptions webhooks{};  // the agency is each ledger's own
  MayFollow may_follow{};
  // Told that somebody begins to follow these events.
  std::function<void(const http::Call&, const feed::Filter&)> followed{};
};

// What one ledger's followers use.
struct Followed {
  Followed(EventLog& log, std::string source, const feed::FeedOptions& options,
           std::unique_ptr<feed::PersonEvents> person_events)
      : people(std::move(person_events)), feed(log, std::move(source), options, people.get()) {}
  const std::unique_ptr<feed::PersonEvents> people;
  feed::Feed feed;
  std::unique_ptr<feed::Webhooks> webhooks;
};

// Thread-safe once everything is added.
class Feeds {
 public:
  explicit Feeds(FeedsOptions options = {}) : options_(std::move(options)) {}
  ~Feeds() { stop(); }

  // `log` outlives this; `source` is its origin; `webhooks` the directory of the webhook store,
  // which is made when it is missing; `people` may be null (Feed). Deliveries begin. Errors as
  // WebhookStore::open.
  [[nodiscard]] Status add(const std::string& agency, EventLog& log, std::string source,
                           const std::string& webhooks,
                           std::unique_ptr<feed::PersonEvents> people = nullptr);
  // Of the pattern's {agency}; not_found: agency.unknown.
  [[nodiscard]] Result<Followed*> of(const http::Call& call) const;

  // FeedsOptions::may_follow.
  [[nodiscard]] Status may_follow(const http::Call& call, identity::Access access,
                                  const feed::Filter& filter) const {
    return options_.may_follow ? options_.may_follow(call, access, filter) : Status{};
  }

  // FeedsOptions::followed. Of polls, streams and tiles, which are asked for again and again: of
  // the same caller, resource, filter and purpose once a day (UTC), as far as memory goes.
  void tell_followed(const http::Call& call, const feed::Filter& filter) const {
    if (options_.followed) options_.followed(call, filter);
  }
  void tell_polled(const http::Call& call, const feed::Filter& filter) const;

  // Subscriptions end and requests that wait are answered; what arrives later is answered at once.
  // Before the server stops, for it waits for answers.
  void end_subscriptions();
  // That, and deliveries end; the one under way is waited for. Before the logs are closed.
  void stop();

 private:
  const FeedsOptions options_;
  mutable std::mutex told_mutex_;
  mutable std::int64_t told_day_ = 0;
  mutable std::set<std::string> told_;  // on that day
  std::map<std::string, std::unique_ptr<Followed>, std::less<>> followed_;
};

}  // namespace runut::service
