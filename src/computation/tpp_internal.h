// Steps of compute_month_pay that live in files of their own. Not for other folders.
#pragma once

#include "computation/tpp.h"

namespace runut::internal {

// A component before the performance factor, and the events that priced its days.
struct EligiblePay {
  ComponentPay pay;
  std::vector<Sequence> events;
};
// Records Quantity::eligible (computation/acting.h).
template <class Recorder>
Result<EligiblePay> eligible_of_acting(const Facts& facts, const PersonMonth& month,
                                       const std::vector<Sequence>& standing, Recorder& recorder);

template <class Recorder>
Status add_adjustments(const Facts& facts, const PersonMonth& month, MonthPay& pay,
                       Recorder& recorder);
template <class Recorder>
Status add_sanctions(const Facts& facts, const PersonMonth& month, MonthPay& pay,
                     Recorder& recorder);
template <class Recorder>
Status add_due_deductions(const Facts& facts, const PersonMonth& month, MonthPay& pay,
                          Recorder& recorder);

}  // namespace runut::internal
