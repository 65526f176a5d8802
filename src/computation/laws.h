// What must hold of every commit, whatever was asked for. Each law is one file of laws/, named as
// the law; a breach is an error of code internal whose rule is `law.` and that name, and whose
// message holds the numbers. Checked by decide before anything is committed, and by audit on what
// is recorded.
#pragma once

#include <span>

#include "domain/event.h"

namespace runut::laws {

[[nodiscard]] Status check_payment(const TppPaymentComputed& payment);
[[nodiscard]] Status check_run(const TppRunComputed& run,
                               std::span<const TppPaymentComputed> payments);
// Every law, over the events of one commit in their order.
[[nodiscard]] Status check_commit(std::span<const Payload* const> payloads);

}  // namespace runut::laws
