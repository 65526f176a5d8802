#include "listing/supposition.h"

#include "listing/alternatives.h"
#include "regulation/document_json.h"

namespace runut::listing {

Result<Supposition> Supposition::open(const Source& source, const std::string& at) {
  Supposition out(source);
  out.until_ = source.head().sequence;
  if (!at.empty()) {
    auto moment = moment_of(source.instance(), at);
    if (!moment) {
      if (moment.error().field == as_known_at_name) moment.error().field = "at";
      return fail(std::move(moment).error());
    }
    if (moment->sequence > out.until_)
      return fail(
          Error{ErrorCode::unavailable, "view.behind", "at", at,
                "the views have reached event " + std::to_string(out.until_.value) + " only"});
    RUNUT_ASSIGN(const Event last, event_at(source.log(), moment->sequence));
    out.until_ = end_of_commit(last);
  }
  RUNUT_ASSIGN(const Event last, event_at(source.log(), out.until_));
  out.simulated_ = source.instance().is_simulated();
  out.now_ = last.recorded_at;
  if (!out.at_head()) {
    RUNUT_ASSIGN(const Event following, event_at(source.log(), next(out.until_)));
    out.next_recorded_ = following.recorded_at;
  } else if (!out.simulated_) {
    out.now_ = std::max(out.now_, SystemClock{}.now());
  }
  RUNUT_ASSIGN(out.alternative_, alternative_after(source, out.until_));
  return out;
}

Result<HypotheticalOptions> Supposition::time_of(const Command& command) {
  const Origin origin = simulated_ ? Origin::simulation : Origin::live;
  if (!command.recorded_at) return HypotheticalOptions{now_, origin};
  const std::string given = to_string(*command.recorded_at);
  if (!simulated_)
    return reject("recorded_at.not_simulated", "recorded_at", given,
                  "only a simulated ledger takes its time from the input");
  if (*command.recorded_at < now_)
    return reject("recorded_at.decreasing", "recorded_at", given,
                  "earlier than what stands before it, at " + to_string(now_));
  if (next_recorded_ && *command.recorded_at > *next_recorded_)
    return reject("what_if.recorded_at", "recorded_at", given,
                  "later than what is recorded next, at " + to_string(*next_recorded_));
  now_ = *command.recorded_at;
  return HypotheticalOptions{now_, origin};
}

Status Supposition::suppose(const Command& command) {
  RUNUT_ASSIGN(const HypotheticalOptions options, time_of(command));
  return alternative_->suppose(command, options);
}

Status Supposition::suppose_draft(const std::string& text) {
  const auto document = read_document(text);
  if (!document) return fail(document.error().front());
  std::optional<std::string> amends;
  if (const auto held = alternative_->facts().agency().timeline.in_force(
          document->header.effective_from, alternative_->known_at()))
    amends = (*held)->header.id;
  RUNUT_ASSIGN(const HypotheticalOptions options, time_of(Command{}));
  return alternative_->suppose_document(text, amends, options);
}

Status Supposition::follow() {
  return follow_to_head(*source_, *alternative_, until_);
}

DifferenceQuestion Supposition::question(Told told) const {
  return {{source_->history(), source_->head().sequence, {}},
          {alternative_->history(), alternative_->known_at(), {}},
          std::move(told)};
}

Result<DifferenceReport> Supposition::payments(Month month, Told told) const {
  return payments_difference(question(std::move(told)), month);
}

Result<DifferenceReport> Supposition::rankings(Period period, Told told) const {
  return rankings_difference(question(std::move(told)), period);
}

}  // namespace runut::listing
