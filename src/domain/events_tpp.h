// TPP: ceilings, adjustments, sanctions, runs, payments and corrections (rulebook section 3.5).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "domain/events_ledger.h"

namespace runut {

struct TppCeilingSet {
  Component component{};
  std::uint32_t job_class = 0;
  std::optional<UnitId> unit;       // narrower than the class
  std::optional<std::string> post;  // narrower still; needs `unit`
  Rupiah amount;                    // a month; 0 must be written
  Month effective;
  bool retroactive = false;
  Decree decree;
  RUNUT_FIELDS(TppCeilingSet, component, job_class, unit, post, amount, effective, retroactive,
               decree)
};

struct BudgetSet {
  UnitId unit;
  std::uint32_t year = 0;
  Rupiah amount;
  Decree decree;
  RUNUT_FIELDS(BudgetSet, unit, year, amount, decree)
};

// For one person or for every payee of a kind of employment; rupiah, or bp of a base.
struct DeductionSet {
  std::optional<PersonId> person;
  std::optional<EmploymentStatus> status;
  std::string code;
  std::optional<Rupiah> amount;
  std::optional<BasisPoints> rate;
  std::optional<AmountBase> base;
  std::optional<Rupiah> cap;  // on the base
  Month first;
  std::optional<Month> last;
  RUNUT_FIELDS(DeductionSet, person, status, code, amount, rate, base, cap, first, last)
};

// Pays in exactly the months that it lists. The envelope's `causation` names the cause's event
// (RankingMemberPlaced, EvaluationCorrected); `supersedes` an earlier adjustment of the same cause.
struct TppAdjustmentDecided {
  PersonId person;
  AdjustmentCause cause{};
  Period period;      // the ranked period, or the sanctioned one
  BasisPoints delta;  // signed; 0 = meets expectation after a correction
  std::vector<Month> months;
  std::optional<Decree> decree;  // personal sanctions carry one; rankings carry theirs
  RUNUT_FIELDS(TppAdjustmentDecided, person, cause, period, delta, months, decree)
};

struct UnitSanctionImposed {
  UnitId unit;
  Month first;
  Month last;
  Decree decree;
  RUNUT_FIELDS(UnitSanctionImposed, unit, first, last, decree)
};

// PP 94/2021: 6, 9 or 12 consecutive calendar months.
struct DisciplinarySanctionImposed {
  PersonId person;
  Date effective_on;
  Month first_month;
  std::uint32_t months = 6;
  Decree decree;
  RUNUT_FIELDS(DisciplinarySanctionImposed, person, effective_on, first_month, months, decree)
};

struct DisciplinarySanctionCancelled {
  PersonId person;
  Sequence sanction;
  Month from_month;
  Decree decree;
  RUNUT_FIELDS(DisciplinarySanctionCancelled, person, sanction, from_month, decree)
};

// A run is (paying unit, month, kind, number); written U3/2022-08/regular/1.
struct RunId {
  UnitId unit;
  Month month;
  RunKind kind{};
  std::uint32_t number = 1;
  RUNUT_FIELDS(RunId, unit, month, kind, number)
  friend auto operator<=>(const RunId&, const RunId&) = default;
};

struct PaymentLine {
  LineKind kind{};
  std::optional<Component> component;  // of `earned`, and of the base of an adjustment
  std::string code;                    // of a deduction
  Rupiah amount;                       // signed by what it adds to net
  std::vector<Sequence> causes;        // events that this line came from
  std::optional<Month> for_month;      // of corrections and carried deductions
  RUNUT_FIELDS(PaymentLine, kind, component, code, amount, causes, for_month)
};

// What could not be taken: listed, tried again in the person's next regular run.
struct Outstanding {
  std::string code;
  Rupiah amount;  // positive, still to be taken
  Month for_month;
  RUNUT_FIELDS(Outstanding, code, amount, for_month)
};

struct TppRunComputed {
  RunId run;
  Sequence computed_at;
  std::uint32_t computation_version = 1;
  std::uint32_t payees = 0;
  std::uint32_t left_out = 0;
  Rupiah total;
  std::optional<Rupiah> over_budget;  // reported, not cut
  RUNUT_FIELDS(TppRunComputed, run, computed_at, computation_version, payees, left_out, total,
               over_budget)
};

// One a person. With `left_out` there are no lines and net is 0.
struct TppPaymentComputed {
  PersonId person;
  RunId run;
  std::optional<LeftOutReason> left_out;
  std::optional<UnitId> unit;  // on the last eligible day
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
  RUNUT_FIELDS(TppPaymentComputed, person, run, left_out, unit, required, approved, productivity,
               discipline, performance_factor, gross, taxable, net, lines, outstanding)
};

struct TppRunLocked {
  RunId run;
  Sequence computed;  // the TppRunComputed that is locked
  Rupiah total;
  Decree decree;
  RUNUT_FIELDS(TppRunLocked, run, computed, total, decree)
};

struct TppRunReopened {
  RunId run;
  Decree decree;
  RUNUT_FIELDS(TppRunReopened, run, decree)
};

// In the commit of the lock that posts it, one a person and month.
struct TppCorrectionPosted {
  PersonId person;
  Month for_month;
  RunId run;          // that carries it
  Rupiah recomputed;  // net of the month as known at the run's computed_at
  Rupiah settled;     // nets of locked regular runs + corrections posted before
  Rupiah amount;      // recomputed - settled
  RUNUT_FIELDS(TppCorrectionPosted, person, for_month, run, recomputed, settled, amount)
};

// SPP, SPM, SP2D: the treasury's three documents.
struct PaymentOrdered {
  RunId run;
  Rupiah amount;
  std::string spp;
  std::string spm;
  std::string sp2d;
  Decree decree;
  RUNUT_FIELDS(PaymentOrdered, run, amount, spp, spm, sp2d, decree)
};

struct PaymentConfirmed {
  RunId run;
  std::string reference;
  RUNUT_FIELDS(PaymentConfirmed, run, reference)
};

struct PaymentReturned {
  PersonId person;
  RunId run;
  Rupiah amount;
  std::string cause;
  RUNUT_FIELDS(PaymentReturned, person, run, amount, cause)
};

}  // namespace runut
