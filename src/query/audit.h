// Audit: replays the log and decides everything again. For each commit the command is put together
// from what was recorded and given to the same decide() with the facts as they were; what comes out
// has to be what was recorded, payload for payload. So every rule, authority and computation of the
// ledger is checked a second time, independently of what its indexes say. What agrees leaves
// nothing but a count: memory follows the facts and the findings.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/history.h"
#include "ledger/decide.h"
#include "ledger/loaded_facts.h"
#include "query/audit_marks.h"
#include "query/audit_watch.h"

namespace runut {

struct AuditReport {
  std::string agency;  // its name, as founded
  bool simulated = false;
  int utc_offset_minutes = 0;
  Instant until;  // recorded_at of the last event
  std::uint64_t events = 0;
  std::uint64_t commits = 0;
  std::uint64_t rankings = 0;   // groups published, placed again
  std::uint64_t payments = 0;   // computed again
  std::uint64_t decisions = 0;  // commands decided again
  std::vector<Finding> findings;
  [[nodiscard]] bool agrees() const;
};

class Auditor {
 public:
  Auditor();
  ~Auditor();
  // The next event of the log, in order from sequence 1. corrupt: the order or the commits are
  // broken.
  [[nodiscard]] Status add(Event event);
  // After the last event: what only the end shows, such as an objection that nobody decided.
  void finish();
  [[nodiscard]] const AuditReport& report() const { return report_; }

 private:
  void audit_commit();
  void compare(const std::vector<NewEvent>& decided);
  void check_tie(const Event& event, const TieAtCutoffFound& found);
  void refused(const Error& error);
  // A mismatch of that event.
  void differs(const Event& event, std::string detail, std::string rule);
  void found(Finding finding);

  std::unique_ptr<History> nothing_;
  std::unique_ptr<LoadedFacts> facts_;
  std::vector<Event> commit_;
  std::map<Sequence, PersonId> grantors_;  // by DelegationGranted
  AuditMarks marks_;
  AuditWatch watch_;
  AuditReport report_;
};

}  // namespace runut
