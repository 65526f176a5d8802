// Audit: replays the log and decides everything again. For each commit the command is put together
// from what was recorded and given to the same decide() with the facts as they were; what comes out
// has to be what was recorded, payload for payload. So every rule, authority and computation of the
// ledger is checked a second time, independently of what its indexes say.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "domain/history.h"
#include "ledger/loaded_facts.h"
#include "query/objection_terms.h"

namespace runut {

struct Finding {
  enum class Kind : std::uint8_t {
    mismatch,         // what is recorded is not what the rules give: exit 1
    refused_attempt,  // somebody tried what they had no authority for
    late_approval,    // acted at or after the approval cut-off
    late_excuse,      // filed after the month was closed, or decided after the cut-off
    mid_month_move,   // a post began within a month, after another
    tie,              // found at a cut-off
    tie_resolved,
    objection,
    objection_decided,
    late_objection,  // filed, explained or decided after its time limit
    evaluation_corrected,
    correction_posted,
  };
  Kind kind{};
  Sequence sequence;
  Subject subject;
  std::string rule;    // of mismatches and refusals
  std::string detail;  // what is recorded, what was expected
};
[[nodiscard]] std::string_view to_string(Finding::Kind kind);

struct AuditReport {
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
  [[nodiscard]] const AuditReport& report() const { return report_; }

 private:
  void audit_commit();
  void observe(const Event& event);
  void find(Finding::Kind kind, const Event& event, std::string detail, std::string rule = {});

  std::unique_ptr<History> nothing_;
  std::unique_ptr<LoadedFacts> facts_;
  std::vector<Event> commit_;
  std::map<Sequence, PersonId> grantors_;  // by DelegationGranted
  ObjectionTerms objection_terms_;
  AuditReport report_;
};

}  // namespace runut
