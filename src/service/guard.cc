#include "service/guard.h"

#include <algorithm>

#include "base/clock.h"
#include "identity/access.h"
#include "identity/command_actor.h"
#include "service/access_record.h"
#include "service/follow_scope.h"
#include "service/identity_settings.h"
#include "service/scope.h"
#include "service/service_log.h"

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

std::string name_of(const identity::Principal& principal) {
  return principal.issuer + "\n" + principal.name;
}

class LimitedAttempts final : public Attempts {
 public:
  LimitedAttempts(RateLimit& limit, std::string name) : limit_(limit), name_(std::move(name)) {}
  Status may_try() override {
    if (limit_.has(name_)) return {};
    return fail(Error{ErrorCode::exhausted,
                      "service.refusals",
                      {},
                      {},
                      "too many attempts without authority; each leaves an event"});
  }
  void note_refused() override { (void)limit_.take(name_); }

 private:
  RateLimit& limit_;
  const std::string name_;
};

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
        if (is_ready_) (void)authenticator_->reload(system_now());
      }) {}

Result<identity::Principal> Guard::authenticate(const http::Request& request) const {
  return authenticator_->authenticate({request.header("Authorization"), request.certificate},
                                      system_now());
}

Status Guard::authorise(const identity::Principal& principal, const http::Route& route) {
  if (!requests_.take(name_of(principal)))
    return fail(Error{
        ErrorCode::exhausted, "service.rate", {}, {}, "too many requests of " + principal.name});
  RUNUT_TRY(identity::check_access(principal, route.resource, access_of(route)));
  if (!is_whole(route.resource)) return {};
  return check_whole_agency(identity::scope_of(principal, route.resource, access_of(route)));
}

Status Guard::vouch(const Ledger& ledger, Command& command, const identity::Principal& principal) {
  RUNUT_TRY(identity::authenticate_command(command, principal));
  const Scope scope = scope_of_command(principal, command);
  if (scope.everyone) return {};
  if (scope.is_empty())
    return fail(Error{ErrorCode::unauthorised, "access.role", "actor.role",
                      std::string(to_string(command.actor.role)), "this role submits no commands"});
  RUNUT_ASSIGN(const auto facts, ledger.facts());
  Status checked = check_command(principal, command, ledger.today(), *facts);
  RUNUT_TRY(facts->status());
  return checked;
}

// In whatever role the command may come: each may submit about everybody, or nothing.
bool Guard::vouches_at_once(const identity::Principal& principal) const {
  const Scope scope = identity::scope_of(principal, Resource::commands, Access::write);
  return !scope.self && !scope.appraised && scope.units.empty();
}

std::shared_ptr<Attempts> Guard::attempts_of(const identity::Principal& principal) {
  return std::make_shared<LimitedAttempts>(refusals_, name_of(principal));
}

Result<Visible> Guard::visible(const http::Call& call) const {
  Scope scope = identity::scope_of(call.principal, call.resource, Access::read);
  if (scope.everyone) return Visible();
  RUNUT_ASSIGN(const Ledger* const ledger, ledgers_.of(call));
  // What the filter borrows lives as long as it does.
  struct Held {
    identity::Principal principal;
    std::unique_ptr<LoadedFacts> facts;
    std::unique_ptr<RowFilter> filter;
  };
  const auto held = std::make_shared<Held>();
  held->principal = call.principal;
  RUNUT_ASSIGN(held->facts, ledger->facts());
  held->filter =
      std::make_unique<RowFilter>(std::move(scope), held->principal, ledger->today(), *held->facts);
  return Visible([held](PersonId person) { return (*held->filter)(person); });
}

void Guard::note_shown(const http::Call& call, std::set<PersonId> people) const {
  const auto ledger = ledgers_.of(call);
  if (!is_configured() || !ledger) return;
  if (call.principal.person) people.erase(*call.principal.person);
  record_access(**ledger, call.principal, call.resource,
                std::string(call.request.header("Purpose").value_or("")), people);
}

void Guard::note_followed(const http::Call& call, const feed::Filter& filter) const {
  const auto ledger = ledgers_.of(call);
  if (!is_configured() || !ledger || (*ledger)->instance().is_simulated()) return;
  const auto facts = (*ledger)->facts();
  std::set<PersonId> people;
  if (facts) people = people_followed(filter, **facts);
  if (const Status read = facts ? (*facts)->status() : fail(facts.error()); !read)
    return log_event(LogLevel::error, "access", {{"trouble", read.error().describe()}});
  note_shown(call, std::move(people));
}

Status Guard::may_follow(const http::Call& call, identity::Access access,
                         const feed::Filter& filter) const {
  const Scope scope = identity::scope_of(call.principal, call.resource, access);
  if (scope.everyone) return {};
  RUNUT_ASSIGN(const Ledger* const ledger, ledgers_.of(call));
  RUNUT_ASSIGN(const auto facts, ledger->facts());
  Status may = check_follow(scope, call.principal, filter, ledger->today(), *facts);
  RUNUT_TRY(facts->status());
  return may;
}

Status Guard::reload() {
  fetcher_.renew();
  return authenticator_->reload(system_now());
}

}  // namespace runut::service
