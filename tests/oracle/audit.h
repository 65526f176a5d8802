// Recorded decisions beside what the oracle makes of the events known where each was decided.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "tests/oracle/history.h"

namespace runut::oracle {

[[nodiscard]] std::vector<std::string> audit_rankings(const View& view);
[[nodiscard]] std::vector<std::string> audit_predicates(const View& view);
[[nodiscard]] std::vector<std::string> audit_pay(const View& view);

// Collects one line a difference: "P17 2022-08 net: recorded 5, expected 7 (#412)".
class Findings {
 public:
  explicit Findings(std::vector<std::string>& out) : out_(out) {}

  void about(std::string subject, Sequence where) {
    subject_ = std::move(subject);
    where_ = where;
  }
  void add(std::string_view text) {
    out_.push_back(fmt::format("{} {} (#{})", subject_, text, where_.value));
  }
  template <class A, class B>
  void compare(std::string_view field, const A& recorded, const B& expected) {
    const std::string a = fmt::format("{}", recorded);
    const std::string b = fmt::format("{}", expected);
    if (a != b) add(fmt::format("{}: recorded {}, expected {}", field, a, b));
  }

 private:
  std::vector<std::string>& out_;
  std::string subject_;
  Sequence where_;
};

}  // namespace runut::oracle
