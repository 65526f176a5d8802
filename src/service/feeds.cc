#include "service/feeds.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace runut::service {
namespace {

constexpr std::int64_t micros_a_day = 86'400'000'000;
constexpr std::size_t told_max = 100'000;

// Who asks for what and to what purpose, as one text.
std::string asked_for(const http::Call& call, const feed::Filter& filter) {
  const feed::FilterText text = to_text(filter);
  return fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}", call.at("agency"), to_string(call.resource),
                     call.principal.issuer, call.principal.name,
                     call.request.header("Purpose").value_or(""), fmt::join(text.types, ","),
                     fmt::join(text.units, ","), fmt::join(text.persons, ","));
}

}  // namespace

Status Feeds::add(const std::string& agency, EventLog& log, std::string source,
                  const std::string& webhooks, std::unique_ptr<feed::PersonEvents> people) {
  RUNUT_ASSIGN(auto store,
               feed::WebhookStore::open(webhooks, feed::WebhookStore::Access::read_write));
  auto followed =
      std::make_unique<Followed>(log, std::move(source), options_.feed, std::move(people));
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

void Feeds::tell_polled(const http::Call& call, const feed::Filter& filter) const {
  const std::int64_t day = SystemClock().now().micros / micros_a_day;
  {
    const std::lock_guard lock(told_mutex_);
    if (day != told_day_ || told_.size() >= told_max) told_.clear();
    told_day_ = day;
    if (!told_.insert(asked_for(call, filter)).second) return;
  }
  tell_followed(call, filter);
}

void Feeds::end_subscriptions() {
  for (const auto& [agency, followed] : followed_) followed->feed.stop();
}

void Feeds::stop() {
  end_subscriptions();
  for (const auto& [agency, followed] : followed_) followed->webhooks->stop();
}

}  // namespace runut::service
