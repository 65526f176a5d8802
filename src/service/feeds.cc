#include "service/feeds.h"

namespace runut::service {

Status Feeds::add(const std::string& agency, EventLog& log, std::string source,
                  const std::string& webhooks) {
  RUNUT_ASSIGN(auto store,
               feed::WebhookStore::open(webhooks, feed::WebhookStore::Access::read_write));
  auto followed = std::make_unique<Followed>(log, std::move(source), options_.feed);
  feed::WebhookOptions options = options_.webhooks;
  options.agency = agency;
  followed->webhooks =
      std::make_unique<feed::Webhooks>(followed->feed, std::move(store), std::move(options));
  followed_.insert_or_assign(agency, std::move(followed));
  return {};
}

Result<Followed*> Feeds::of(const http::Call& call) const {
  const std::string& agency = call.at("agency");
  const auto found = followed_.find(agency);
  if (found != followed_.end()) return found->second.get();
  return fail(Error{ErrorCode::not_found, "agency.unknown", "agency", agency,
                    "this service has no ledger of that agency"});
}

void Feeds::end_subscriptions() {
  for (const auto& [agency, followed] : followed_) followed->feed.stop();
}

void Feeds::stop() {
  end_subscriptions();
  for (const auto& [agency, followed] : followed_) followed->webhooks->stop();
}

}  // namespace runut::service
