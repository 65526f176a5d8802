// What if: commands that nobody gave, or a draft regulation, supposed somewhere in a ledger's
// history, and everything that followed decided again. Nothing is recorded.
#pragma once

#include "listing/source.h"
#include "query/alternative.h"
#include "query/difference.h"

namespace runut::listing {

// One thread; the source outlives it.
class Supposition {
 public:
  // Behind the commit of that moment (instance/moment.h), which errors name `at`; empty: behind the
  // last event.
  [[nodiscard]] static Result<Supposition> open(const Source& source, const std::string& at);

  // Commands first, or a draft; then follow(). Errors as Alternative::suppose and, of the command's
  // own time, recorded_at.not_simulated, recorded_at.decreasing, what_if.recorded_at.
  [[nodiscard]] Status suppose(const Command& command);
  // As the amendment of the document in force on its first day, or enacted where none is.
  [[nodiscard]] Status suppose_draft(const std::string& text);
  // Decides again what followed, up to the source's moment.
  [[nodiscard]] Status follow();

  [[nodiscard]] Sequence until() const { return until_; }
  // Nothing follows behind the last event: only a month or a period can differ.
  [[nodiscard]] bool at_head() const { return until_ == source_->head().sequence; }
  [[nodiscard]] const Alternative& alternative() const { return *alternative_; }

  using Told = std::function<void(std::size_t done, std::size_t total)>;
  [[nodiscard]] Result<DifferenceReport> payments(Month month, Told told = {}) const;
  [[nodiscard]] Result<DifferenceReport> rankings(Period period, Told told = {}) const;

 private:
  explicit Supposition(const Source& source) : source_(&source) {}
  [[nodiscard]] Result<HypotheticalOptions> time_of(const Command& command);
  [[nodiscard]] DifferenceQuestion question(Told told) const;

  const Source* source_;
  Sequence until_;
  std::unique_ptr<Alternative> alternative_;
  // As of the place where it is supposed, or as the commands say on a simulated ledger.
  bool simulated_ = false;
  Instant now_;
  std::optional<Instant> next_recorded_;
};

}  // namespace runut::listing
