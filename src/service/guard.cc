#include "service/guard.h"

#include <set>

#include "base/clock.h"
#include "identity/access.h"
#include "identity/command_actor.h"
#include "service/access_record.h"
#include "service/follow_scope.h"
#include "service/identity_settings.h"
#include "service/scope.h"

namespace runut::service {
namespace {

using identity::Access;
using identity::Resource;
using identity::Scope;

Instant system_now() {
  return SystemClock().now();
}

Access access_of(const http::Route& route) {
  return route.method == http::Method::get || route.method == http::Method::head ? Access::read
                                                                                 : Access::write;
}

// Routes that answer for the agency as a whole, and not row by row.
bool is_whole(Resource resource) {
  return resource == Resource::proofs || resource == Resource::audits ||
         resource == Resource::operations;
}

}  // namespace

Result<std::unique_ptr<Guard>> Guard::make(const GuardOptions& options, const Ledgers& ledgers) {
  RUNUT_ASSIGN(identity::AuthenticatorOptions identity, read_identity(options.identity_toml));
  std::unique_ptr<Guard> guard(new Guard(options, ledgers));
  RUNUT_ASSIGN(identity::Authenticator made,
               identity::Authenticator::make(
                   std::move(identity),
                   [raw = guard.get()](const std::string& url) { return raw->fetcher_(url); }));
  guard->authenticator_ = std::make_unique<identity::Authenticator>(std::move(made));
  guard->is_ready_ = true;
  // Keys from a URL begin to be fetched now; a file that cannot be read is told at once.
  if (const Status read = guard->reload(); !read && read.error().code != ErrorCode::unavailable)
    return fail(read.error());
  return guard;
}

Guard::Guard(const GuardOptions& options, const Ledgers& ledgers)
    : ledgers_(ledgers),
      requests_(options.requests_per_second, 2 * options.requests_per_second),
      refusals_(options.refused_per_minute / 60, options.refused_per_minute),
      fetcher_([this] {
        if (is_ready_) (void)reload();
      }) {}

Result<identity::Principal> Guard::authenticate(const http::Request& request) const {
  return authenticator_->authenticate({request.header("Authorization"), request.certificate},
                                      system_now());
}

Status Guard::authorise(const identity::Principal& principal, const http::Route& route) {
  if (!requests_.take(principal.issuer + "\n" + principal.name))
    return fail(Error{
        ErrorCode::exhausted, "service.rate", {}, {}, "too many requests of " + principal.name});
  RUNUT_TRY(identity::check_access(principal, route.resource, access_of(route)));
  if (!is_whole(route.resource)) return {};
  return check_whole_agency(identity::scope_of(principal, route.resource, access_of(route)));
}

Status Guard::vouch(const Ledger& ledger, Command& command, const identity::Principal& principal) {
  if (!refusals_.has(principal.issuer + "\n" + principal.name))
    return fail(Error{ErrorCode::exhausted,
                      "service.refusals",
                      {},
                      {},
                      "too many attempts without authority; each leaves an event"});
  RUNUT_TRY(identity::authenticate_command(command, principal));
  if (identity::scope_of(principal, command.actor.role, Resource::commands, Access::write).everyone)
    return {};
  RUNUT_ASSIGN(const auto facts, ledger.facts());
  const Status checked = check_command(principal, command, ledger.today(), *facts);
  RUNUT_TRY(facts->status());
  return checked;
}

void Guard::note_refusal(const identity::Principal& principal) {
  (void)refusals_.take(principal.issuer + "\n" + principal.name);
}

// What one answer shows of people: asked for each, and told to the ledger when the answer is made.
class Guard::Shown {
 public:
  Shown(Ledger& ledger, const http::Call& call, std::unique_ptr<LoadedFacts> facts, Scope scope)
      : ledger_(ledger),
        principal_(call.principal),
        resource_(call.resource),
        purpose_(call.request.header("Purpose").value_or("")),
        facts_(std::move(facts)) {
    if (facts_)
      filter_ = std::make_unique<RowFilter>(std::move(scope), principal_, ledger.today(), *facts_);
  }
  Shown(const Shown&) = delete;
  Shown& operator=(const Shown&) = delete;
  ~Shown() { record_access(ledger_, principal_, resource_, purpose_, people_); }

  bool operator()(PersonId person) {
    if (filter_ && !(*filter_)(person)) return false;
    if (is_another(principal_, person)) people_.insert(person);
    return true;
  }

 private:
  Ledger& ledger_;
  const identity::Principal principal_;
  const Resource resource_;
  const std::string purpose_;
  const std::unique_ptr<LoadedFacts> facts_;
  std::unique_ptr<RowFilter> filter_;  // none: everyone is seen
  std::set<PersonId> people_;
};

Result<Visible> Guard::visible(const http::Call& call) const {
  Scope scope = identity::scope_of(call.principal, call.resource, Access::read);
  if (!is_configured()) return Visible();
  RUNUT_ASSIGN(Ledger* const ledger, ledgers_.of(call));
  std::unique_ptr<LoadedFacts> facts;
  if (!scope.everyone) {
    RUNUT_ASSIGN(facts, ledger->facts());
  }
  const auto shown = std::make_shared<Shown>(*ledger, call, std::move(facts), std::move(scope));
  return Visible([shown](PersonId person) { return (*shown)(person); });
}

Status Guard::may_follow(const http::Call& call, identity::Access access,
                         const feed::Filter& filter) const {
  const Scope scope = identity::scope_of(call.principal, call.resource, access);
  if (scope.everyone) return {};
  RUNUT_ASSIGN(const Ledger* const ledger, ledgers_.of(call));
  RUNUT_ASSIGN(const auto facts, ledger->facts());
  const Status may = check_follow(scope, call.principal, filter, ledger->today(), *facts);
  RUNUT_TRY(facts->status());
  return may;
}

Status Guard::reload() {
  return authenticator_->reload(system_now());
}

}  // namespace runut::service
