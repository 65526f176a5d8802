// The calculation is written once, generic over a recorder: with NullRecorder it is plain
// arithmetic (the notes are never even formed), with DerivationRecorder it leaves the tree that
// explain shows. So an explanation cannot drift from the payment.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "base/strong.h"
#include "computation/quantity.h"
#include "regulation/parameter.h"

namespace runut {

// A parameter as it was applied: what it says, where it is from, and why it held.
struct AppliedRule {
  Parameter parameter{};
  std::string document;  // id of the regulation document
  Sequence regulation;   // event that enacted or amended it
  Provenance provenance;
  AppliesBy applies_by{};     // the kind of date that decided which document holds ...
  Date applied_on;            // ... and that date
  bool hypothetical = false;  // rules as of another date than the rulebook's
  friend bool operator==(const AppliedRule&, const AppliedRule&) = default;
};

// What a computation says about a quantity it has just computed.
struct Note {
  std::string detail;   // which one: a component, a date, a code, a person (P17), a report (R5)
  std::string formula;  // with the numbers in it: "4.000.000 × 9.650 ÷ 10.000"
  std::optional<Rounding> rounding;
  std::optional<TailRounding> tail_rounding;  // of whole places out of shares
  std::vector<AppliedRule> rules;
  std::vector<Sequence> events;
};

struct Derivation {
  Quantity quantity{};
  std::int64_t value = 0;
  Measure measure{};
  Note note;
  std::vector<Derivation> inputs;  // in the order in which they were computed

  // Depth first, this one included; null when there is none.
  [[nodiscard]] const Derivation* find(Quantity wanted, std::string_view detail = {}) const;
};

// Zero cost: every call is empty and inline.
class NullRecorder {
 public:
  static constexpr bool records = false;
  void open(Quantity) {}
  template <class MakeNote>
  void close(std::int64_t, Measure, MakeNote&&) {}
  template <class MakeNote>
  void leaf(Quantity, std::int64_t, Measure, MakeNote&&) {}
};

// Quantities opened while another is open become its inputs. A computation that fails leaves open
// quantities behind: throw the recorder away with the error.
class DerivationRecorder {
 public:
  static constexpr bool records = true;

  void open(Quantity quantity) {
    stack_.emplace_back();
    stack_.back().quantity = quantity;
  }
  template <class MakeNote>
  void close(std::int64_t value, Measure measure, MakeNote&& make_note) {
    RUNUT_CHECK(!stack_.empty(), "a quantity is closed that was not opened");
    Derivation done = std::move(stack_.back());
    stack_.pop_back();
    done.value = value;
    done.measure = measure;
    done.note = make_note();
    (stack_.empty() ? roots_ : stack_.back().inputs).push_back(std::move(done));
  }
  template <class MakeNote>
  void leaf(Quantity quantity, std::int64_t value, Measure measure, MakeNote&& make_note) {
    open(quantity);
    close(value, measure, std::forward<MakeNote>(make_note));
  }
  // The finished trees, in order.
  [[nodiscard]] std::vector<Derivation> take() { return std::exchange(roots_, {}); }

 private:
  std::vector<Derivation> stack_;
  std::vector<Derivation> roots_;
};

// 1.234.567: Indonesian grouping for formulas.
[[nodiscard]] std::string grouped(std::int64_t value);

// Sorted, each once; zeros (no event) dropped.
[[nodiscard]] std::vector<Sequence> distinct(std::vector<Sequence> events);

}  // namespace runut
