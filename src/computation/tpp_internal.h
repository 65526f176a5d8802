// Steps of compute_month_pay that live in files of their own. Not for other folders.
#pragma once

#include "computation/tpp.h"

namespace runut::internal {

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
