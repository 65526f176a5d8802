// How a broken law is told: an error of code internal (it is our bug) whose rule is the law's name.
#pragma once

#include <fmt/format.h>

#include "domain/event.h"

namespace runut::laws {

[[nodiscard]] inline tl::unexpected<Error> breach(std::string_view law, std::string_view field,
                                                  std::string value, std::string message) {
  return fail(Error{ErrorCode::internal, std::string(law), std::string(field), std::move(value),
                    std::move(message)});
}
[[nodiscard]] inline tl::unexpected<Error> breach(std::string_view law,
                                                  const TppPaymentComputed& payment,
                                                  const std::string& message) {
  return breach(
      law, "person", to_string(payment.person),
      fmt::format("{}, {}: {}", to_string(payment.run), to_string(payment.person), message));
}

}  // namespace runut::laws
