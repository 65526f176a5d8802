#include "write/scripted_log.h"

namespace runut::testing {

Result<TakenOver> ScriptedLog::take_over(const BuildTakeover& build, Millis max_wait) {
  if (failing_takeovers_ > 0) {
    --failing_takeovers_;
    return fail(ErrorCode::unavailable, "no broker answers");
  }
  journal_.emplace_back("takeover");
  return inner_.take_over(build, max_wait);
}

Status ScriptedLog::append(Commit&& commit) {
  if (!inner_.writable()) return inner_.append(std::move(commit));  // no part of the script
  Happens happening = Happens::lands;
  if (!script_.empty()) {
    happening = script_.front();
    script_.pop_front();
  }
  switch (happening) {
    case Happens::lands: break;
    case Happens::lost: inner_.inject(MemoryFault::lost); break;
    case Happens::unreported: inner_.inject(MemoryFault::unreported); break;
    case Happens::landing_late: inner_.inject(MemoryFault::landing_late); break;
    case Happens::overtaken: rival_(); break;
    case Happens::full: return fail(ErrorCode::exhausted, "too many commits are in flight");
  }
  journal_.emplace_back("append");
  return inner_.append(std::move(commit));
}

std::vector<Settled> ScriptedLog::settle(Millis max_wait) {
  if (held_) return {};
  return inner_.settle(max_wait);
}

}  // namespace runut::testing
