#include "computation/laws.h"

#include <vector>

#include "computation/laws/corrections_are_differences.h"
#include "computation/laws/every_line_cites.h"
#include "computation/laws/everybody_has_one_place.h"
#include "computation/laws/left_out_gets_nothing.h"
#include "computation/laws/lines_sum_to_net.h"
#include "computation/laws/merit_total_is_the_sum.h"
#include "computation/laws/net_not_negative.h"
#include "computation/laws/payments_sum_to_run.h"
#include "computation/laws/signs.h"
#include "computation/laws/survey_sums_are_of_answers.h"
#include "computation/laws/taxable_is_the_sum.h"

namespace runut::laws {
namespace {

// The rows that belong to a header: those of the same commit up to the next header.
template <class Header, class Row>
struct Headed {
  const Header* header = nullptr;
  std::vector<Row> rows;

  template <class Check>
  Status take(const Payload& payload, Check&& check) {
    if (const auto* next = std::get_if<Header>(&payload)) {
      RUNUT_TRY(end(check));
      header = next;
    } else if (const auto* row = std::get_if<Row>(&payload)) {
      rows.push_back(*row);
    }
    return {};
  }
  template <class Check>
  Status end(Check&& check) {
    if (header == nullptr) return {};
    Status held = check(*header, std::span<const Row>(rows));
    header = nullptr;
    rows.clear();
    return held;
  }
};

}  // namespace

Status check_payment(const TppPaymentComputed& payment) {
  RUNUT_TRY(left_out_gets_nothing(payment));
  RUNUT_TRY(lines_sum_to_net(payment));
  RUNUT_TRY(net_not_negative(payment));
  RUNUT_TRY(every_line_cites(payment));
  RUNUT_TRY(signs(payment));
  return taxable_is_the_sum(payment);
}

Status check_run(const TppRunComputed& run, std::span<const TppPaymentComputed> payments) {
  for (const TppPaymentComputed& payment : payments) RUNUT_TRY(check_payment(payment));
  return payments_sum_to_run(run, payments);
}

Status check_commit(std::span<const Payload* const> payloads) {
  Headed<TppRunComputed, TppPaymentComputed> run;
  Headed<RankingPublished, RankingMemberPlaced> group;
  for (const Payload* const payload : payloads) {
    RUNUT_TRY(run.take(*payload, check_run));
    RUNUT_TRY(group.take(*payload, everybody_has_one_place));
    if (const auto* posted = std::get_if<TppCorrectionPosted>(payload))
      RUNUT_TRY(corrections_are_differences(*posted));
    if (const auto* assessed = std::get_if<MeritSelfAssessed>(payload))
      RUNUT_TRY(merit_total_is_the_sum(*assessed));
    if (const auto* closed = std::get_if<SurveyClosed>(payload))
      RUNUT_TRY(survey_sums_are_of_answers(*closed));
  }
  RUNUT_TRY(run.end(check_run));
  return group.end(everybody_has_one_place);
}

}  // namespace runut::laws
