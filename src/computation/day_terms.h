// "21 × 3.000.000 × 10.000 × 10.000 + ...": the products of a month's days as a formula shows them,
// equal neighbouring days drawn together.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "computation/recorder.h"

namespace runut {

class DayTerms {
 public:
  void add(std::vector<std::int64_t> factors) {
    if (!terms_.empty() && terms_.back().factors == factors)
      ++terms_.back().days;
    else
      terms_.push_back({1, std::move(factors)});
  }
  [[nodiscard]] bool empty() const { return terms_.empty(); }
  [[nodiscard]] std::string text() const {
    std::string out;
    for (const Term& term : terms_) {
      out += fmt::format("{}{}", out.empty() ? "" : " + ", term.days);
      for (const std::int64_t factor : term.factors) out += fmt::format(" × {}", grouped(factor));
    }
    return out;
  }

 private:
  struct Term {
    std::int64_t days;
    std::vector<std::int64_t> factors;
  };
  std::vector<Term> terms_;
};

}  // namespace runut
