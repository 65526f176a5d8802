// Runs, payments and corrections: everything that `runut payments --csv` shows.
//
//   'h' run(15) sequence(8)              a computation of the run (TppRunComputed)
//   's' run(15) sequence(8)              what became of the run: locked, reopened, ordered, ...
//   'p' run(15) sequence(8) person(8)    a payment; sequence of the computation that it belongs to
//   'q' person(8) run(15)                the run has a payment of the person
//   'b' run(15) person(8) sequence(8)    a payment that came back
//   'k' person(8) month(2) sequence(8)   a correction posted for that month
//
// where run = month(2) unit(8) kind(1) number(4).
#pragma once

#include <functional>
#include <vector>

#include "projections/projection.h"

namespace runut::payments {

[[nodiscard]] Status fold(const FoldInput& input, Rows& rows);
extern const EventSet events;
inline constexpr Projection projection{"payments", 2, &fold, &events};

// One computation of a run; of several, the last one locked counts, else the last one.
struct Computation {
  Sequence sequence;  // its TppRunComputed
  Sequence computed_at;
  std::uint32_t computation_version = 0;
  std::uint32_t payees = 0;
  std::uint32_t left_out = 0;
  Rupiah total;
  std::optional<Rupiah> over_budget;
  std::optional<Sequence> regulation;  // the document that priced it
  RUNUT_FIELDS(Computation, sequence, computed_at, computation_version, payees, left_out, total,
               over_budget, regulation)
};

struct Order {
  Sequence sequence;
  Rupiah amount;
  std::string spp;
  std::string spm;
  std::string sp2d;
  RUNUT_FIELDS(Order, sequence, amount, spp, spm, sp2d)
};

struct Run {
  RunId run;
  std::vector<Computation> computations;  // in order
  std::optional<Sequence> locked;         // by this TppRunLocked; none after a reopening
  std::optional<Sequence> locked_computation;
  std::vector<Sequence> reopened;
  std::optional<Order> order;
  std::optional<Sequence> confirmed;

  // The computation that pays or would pay; null: none is known.
  [[nodiscard]] const Computation* current() const;
};

// A payment with its lines, in the order of rulebook section 3.5 (8).
struct Payment {
  PersonId person;
  RunId run;
  Sequence computation;  // the TppRunComputed that it belongs to
  Sequence sequence;     // its own event
  std::optional<Sequence> regulation;
  std::optional<LeftOutReason> left_out;  // then without lines
  std::optional<UnitId> unit;
  Minutes required;
  Minutes approved;
  BasisPoints productivity;
  BasisPoints discipline;
  BasisPoints performance_factor;
  Rupiah gross;
  Rupiah taxable;
  Rupiah net;
  std::vector<PaymentLine> lines;
  std::vector<Outstanding> outstanding;
  RUNUT_FIELDS(Payment, person, run, computation, sequence, regulation, left_out, unit, required,
               approved, productivity, discipline, performance_factor, gross, taxable, net, lines,
               outstanding)
};

struct ReturnedPayment {
  PersonId person;
  RunId run;
  Rupiah amount;
  std::string cause;
  Sequence sequence;
  RUNUT_FIELDS(ReturnedPayment, person, run, amount, cause, sequence)
};

struct PostedCorrection {
  PersonId person;
  Month for_month;
  RunId run;
  Rupiah recomputed;
  Rupiah settled;
  Rupiah amount;
  Sequence sequence;
  RUNUT_FIELDS(PostedCorrection, person, for_month, run, recomputed, settled, amount, sequence)
};

// Runs of the month by unit, kind and number.
[[nodiscard]] Result<std::vector<Run>> runs_of(const RowReader& rows, Month month);
[[nodiscard]] Result<std::optional<Run>> find_run(const RowReader& rows, const RunId& run);

// Payments of one computation, by person; an error of `visit` ends the walk and is returned.
using PaymentVisitor = std::function<Status(const Payment&)>;
[[nodiscard]] Status each_payment(const RowReader& rows, const RunId& run, Sequence computation,
                                  const PaymentVisitor& visit);
// The current computation of each run of the month: what `runut payments` lists.
[[nodiscard]] Status each_payment_of(const RowReader& rows, Month month,
                                     const PaymentVisitor& visit);
// The person's payments in the current computations of the month's runs, by run.
[[nodiscard]] Result<std::vector<Payment>> payments_of(const RowReader& rows, PersonId person,
                                                       Month month);
// In the order of the log.
[[nodiscard]] Result<std::vector<PostedCorrection>> corrections_of(const RowReader& rows,
                                                                   PersonId person,
                                                                   Month for_month);
[[nodiscard]] Result<std::vector<ReturnedPayment>> returns_of(const RowReader& rows,
                                                              const RunId& run);

}  // namespace runut::payments
