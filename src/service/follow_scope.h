// Which events somebody may follow.
#pragma once

#include <set>

#include "feed/filter.h"
#include "http/route.h"
#include "service/scope.h"

namespace runut::service {

// Asked before anything of the log is given out. None: everybody may follow everything.
using MayFollow = std::function<Status(const http::Call&, identity::Access, const feed::Filter&)>;

// Whoever does not reach everyone names whom they follow: people, each of whom is reached on the
// day, or else units, each of which is. It is asked when a subscription, a request or a webhook
// begins; a stream ends by itself after a while (EventStreamOptions::lifetime), and is asked again.
// unauthorised: access.scope.
[[nodiscard]] Status check_follow(const identity::Scope& scope,
                                  const identity::Principal& principal, const feed::Filter& filter,
                                  Date day, const Facts& facts);

// Whose data such a filter lets pass, of those whom the facts know: the people that it names; of
// units, who has or had a post in one of them; without either, everybody.
[[nodiscard]] std::set<PersonId> people_followed(const feed::Filter& filter, const Facts& facts);

// What one event is about, as the filter that lets it pass.
[[nodiscard]] feed::Filter about(const feed::EventKeys& keys);

}  // namespace runut::service
