#include "service/access_record.h"

#include "identity/access_record.h"
#include "service/service_log.h"

namespace runut::service {
namespace {

void note_trouble(const Error& error) {
  log_event(LogLevel::error, "access", {{"trouble", error.describe()}});
}

}  // namespace

void record_access(Ledger& ledger, const identity::Principal& principal,
                   identity::Resource resource, const std::string& purpose,
                   const std::set<PersonId>& people) {
  if (people.empty() || ledger.instance().is_simulated()) return;
  SystemClock clock;
  SystemRandomness randomness;
  std::vector<Ledger::Submission> batch;
  for (Command& command :
       identity::access_commands(principal, {people.begin(), people.end()}, resource, purpose)) {
    command.id = make_uuid_v7(clock.now(), randomness);
    command.agency = ledger.agency();
    batch.push_back({std::move(command), std::nullopt, 0, [](const Result<Answer>& answer) {
                       if (!answer)
                         note_trouble(answer.error());
                       else if (answer->rejection)
                         note_trouble(*answer->rejection);
                     }});
  }
  if (const Status queued = ledger.submit(batch); !queued) note_trouble(queued.error());
}

}  // namespace runut::service
