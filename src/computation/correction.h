// What a past month should have paid, what was settled for it, and the difference (rulebook section
// 3.5, Corrections).
#pragma once

#include <optional>
#include <vector>

#include "computation/tpp.h"

namespace runut {

// The payment of this event belongs to the computation that is locked as known.
[[nodiscard]] bool is_locked_payment(const Facts& facts, const PaymentFact& payment);
// The person's payments of locked regular runs of the month; left-out entries are none.
[[nodiscard]] std::vector<const PaymentFact*> locked_payments(const Facts& facts, PersonId person,
                                                              Month month);

// Net of a payment as far as it belongs to its own month: without correction lines and without
// every line that names a month (deductions carried over or taken out of a correction).
[[nodiscard]] Rupiah own_net(const TppPaymentComputed& payment);

// Corrections posted for the month by runs that are locked as known.
[[nodiscard]] Rupiah posted_corrections(const Facts& facts, PersonId person, Month month);

struct Settlement {
  Month month;
  Rupiah recomputed;               // net of the month from the facts known now, without cut-offs
  Rupiah settled;                  // own nets of locked regular runs + corrections posted
  Rupiah amount;                   // recomputed - settled
  std::vector<Sequence> causes;    // events that the locked run did not know or did not count
  std::vector<Sequence> too_late;  // of these: decided at or after the approval cut-off
  std::vector<PaymentLine> lines;  // of the month; their sum is `recomputed`
};

// The outstanding difference of one past month; empty while it may not be settled: a month is
// settled once every locked regular run that paid the person for it is ordered, and for somebody
// whom none paid, once a regular run of the unit that should have (recomputed) is ordered. A month
// without a regulation document is not settled. The amount may be 0.
//
// A fixed deduction that the lock knew and that still stands takes exactly what the lock took from
// the month's own lines, even where the month now yields less; one recorded later, or of a month
// that nobody was paid for, is taken up to what is left. One that is a share of a base is computed
// again, less what the locked run left outstanding of it or took out of a correction: that part is
// collected on its own, and taking it here as well would take it twice.
template <class Recorder>
[[nodiscard]] Result<std::optional<Settlement>> compute_settlement(const Facts& facts,
                                                                   PersonId person, Month month,
                                                                   Recorder& recorder);

// The months before `before` that may have a difference: some regular run of them is ordered, and
// an event about them came after what the locked run knew, or was decided at or after its approval
// cut-off. Not those that the person's latest locked payment has settled, where nothing about them
// has come since, no run of theirs was locked or ordered since, and none of any month reopened:
// what is read does not grow with the months that once had a difference.
[[nodiscard]] std::vector<Month> months_to_settle(const Facts& facts, PersonId person,
                                                  Month before);

}  // namespace runut
