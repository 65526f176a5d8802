// Who is let in, how often, and what of it they see: identity, the table of access and the ledger's
// own facts, put together for the routes.
#pragma once

#include "feed/filter.h"
#include "identity/access.h"
#include "identity/authenticator.h"
#include "service/command_routes.h"
#include "service/key_fetcher.h"
#include "service/rate_limit.h"
#include "service/reading.h"

namespace runut::service {

struct GuardOptions {
  std::string identity_toml;       // Settings::identity_toml()
  double requests_per_second = 0;  // of each principal; 0: no limit
  double refused_per_minute = 60;  // attempts without authority; each leaves an event
};

// Thread-safe.
class Guard final : public Vouching {
 public:
  // invalid_input: the table `identity` has something that it should not have, or lacks something;
  // otherwise errors as Authenticator::make.
  [[nodiscard]] static Result<std::unique_ptr<Guard>> make(const GuardOptions& options,
                                                           const Ledgers& ledgers);

  [[nodiscard]] bool is_configured() const { return authenticator_->is_configured(); }
  [[nodiscard]] Result<identity::Principal> authenticate(const http::Request& request) const;
  // By role and resource, and by rate. What is about the whole agency (the log, proofs, audits)
  // needs a grant without a unit.
  [[nodiscard]] Status authorise(const identity::Principal& principal, const http::Route& route);
  [[nodiscard]] Status vouch(const Ledger& ledger, Command& command,
                             const identity::Principal& principal) override;
  [[nodiscard]] bool vouches_at_once(const identity::Principal& principal) const override;
  [[nodiscard]] std::shared_ptr<Attempts> attempts_of(
      const identity::Principal& principal) override;
  // Whose rows the caller sees; null: everybody's.
  [[nodiscard]] Result<Visible> visible(const http::Call& call) const;
  // The answer shows data of these people: of others than who asks, that is recorded
  // (access_record.h), with the request's header Purpose. Nothing without configured identity.
  void note_shown(const http::Call& call, std::set<PersonId> people) const;
  // The caller begins to follow what passes the filter: recorded as a read of its people's data.
  void note_followed(const http::Call& call, const feed::Filter& filter) const;
  // Who does not reach everyone follows only whom they name and reach.
  [[nodiscard]] Status may_follow(const http::Call& call, identity::Access access,
                                  const feed::Filter& filter) const;
  // Keys of the issuers, fetched anew; those of a URL beside what goes on.
  [[nodiscard]] Status reload();

 private:
  Guard(const GuardOptions& options, const Ledgers& ledgers);

  const Ledgers& ledgers_;
  RateLimit requests_;
  RateLimit refusals_;
  std::unique_ptr<identity::Authenticator> authenticator_;
  std::atomic<bool> is_ready_{false};
  KeyFetcher fetcher_;  // last: its thread uses the others
};

}  // namespace runut::service
