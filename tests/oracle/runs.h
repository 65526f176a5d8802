// What earlier runs have locked, ordered and posted, as known in a view.
#pragma once

#include <vector>

#include "tests/oracle/history.h"

namespace runut::oracle {

// A payment of a regular run whose lock stands: locked, and not reopened since.
struct LockedPayment {
  const TppPaymentComputed* payment = nullptr;
  Sequence computed_at;  // of its run
  Sequence locked;
  bool ordered = false;
};

// Of one person, in the order of the locks; those left out are not among them.
[[nodiscard]] std::vector<LockedPayment> locked_payments(const View& view, PersonId person);
[[nodiscard]] std::vector<LockedPayment> locked_payments(const View& view, PersonId person,
                                                         Month month);

// A regular run of the unit and month is locked and ordered.
[[nodiscard]] bool regular_run_ordered(const View& view, UnitId unit, Month month);

// Corrections posted for the month by runs whose lock stands.
[[nodiscard]] Number posted_for(const View& view, PersonId person, Month month);

// The net that a month itself paid: without correction lines and lines of another month.
[[nodiscard]] Number own_net(const View& view, const TppPaymentComputed& payment);

}  // namespace runut::oracle
