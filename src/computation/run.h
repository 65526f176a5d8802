// A whole run: who is paid, who is left out and why, and what must hold before it is locked.
#pragma once

#include "computation/payment.h"

namespace runut {

struct ComputedRun {
  TppRunComputed header;
  std::vector<ComputedPayment> payments;  // payees and left out, by person
};

// Computes a run as known at the facts' sequence, which becomes its `computed_at`. `now` is the
// action time of the computing. Payees of a regular run: everybody whose paying unit for the month
// is the run's, unless a locked regular run has paid them. Everybody else who was assigned below
// that unit on any day of the month is listed with the reason. Rejected, in this order: run.unit
// (unknown, or not a paying unit), run.locked (this run is locked), regulation.none,
// run.before_cutoff (a regular run before the approval cut-off of its month), run.month_not_ordered
// (a correction run before its unit's regular run of the month is ordered), and what the payments
// reject: one person's missing ceiling stops the run, naming the person.
[[nodiscard]] Result<ComputedRun> compute_run(const Facts& facts, const RunId& run, Instant now);

// What a lock still needs of the last computation of the run, which every later lock could have
// changed. Rejected: run.not_computed, run.locked, run.stale_payment (a payee of a regular run has
// been paid by another locked run since), run.stale_correction (another locked run has posted for
// one of the same person and month since), run.stale_carried (an amount that it carries was dealt
// with since).
[[nodiscard]] Status check_lockable(const Facts& facts, const RunId& run);

// The TppPaymentComputed events of the run's last computation, payees only, by person.
[[nodiscard]] std::vector<const PaymentFact*> last_computation(const Facts& facts,
                                                               const RunId& run);

// What the lock of the run's last computation posts, by person and month: what its payments settle
// beyond what they carry. Call it on facts that passed check_lockable: until the lock nothing that
// the amounts rest on can then have changed.
[[nodiscard]] std::vector<TppCorrectionPosted> corrections_to_post(const Facts& facts,
                                                                   const RunId& run);

}  // namespace runut
