#include "projections/payments.h"

#include <algorithm>
#include <map>

#include "projections/folder.h"
#include "projections/lookup.h"

namespace runut::payments {
namespace {

// What became of a run, beside its computations.
struct RunChange {
  EventType type{};
  std::optional<Sequence> computation;  // that a lock names
  std::optional<Order> order;
  RUNUT_FIELDS(RunChange, type, computation, order)
};
struct Present {
  RUNUT_FIELDS(Present)
};

Key run_key(char space, const RunId& run) {
  Key key(space);
  key.run(run);
  return key;
}

struct Folder {
  const FoldInput& input;
  Rows& rows;
  const Event& event = input.event;

  void change(const RunId& run, const RunChange& row) {
    put_row(rows, run_key('s', run).sequence(event.sequence), row);
  }

  void operator()(const TppRunComputed& e) {
    put_row(rows, run_key('h', e.run).sequence(event.sequence),
            Computation{event.sequence, e.computed_at, e.computation_version, e.payees, e.left_out,
                        e.total, e.over_budget, event.regulation});
  }
  // The payments follow their header in its commit.
  void operator()(const TppPaymentComputed& e) {
    const Sequence computation = event.commit();
    put_row(rows, run_key('p', e.run).sequence(computation).person(e.person),
            Payment{e.person, e.run, computation, event.sequence, event.regulation, e.left_out,
                    e.unit, e.required, e.approved, e.productivity, e.discipline,
                    e.performance_factor, e.gross, e.taxable, e.net, e.lines, e.outstanding});
    put_row(rows, Key('q').person(e.person).run(e.run), Present{});
  }
  void operator()(const TppRunLocked& e) {
    change(e.run, {EventType::TppRunLocked, e.computed, std::nullopt});
  }
  void operator()(const TppRunReopened& e) {
    change(e.run, {EventType::TppRunReopened, std::nullopt, std::nullopt});
  }
  void operator()(const PaymentOrdered& e) {
    change(e.run, {EventType::PaymentOrdered, std::nullopt,
                   Order{event.sequence, e.amount, e.spp, e.spm, e.sp2d}});
  }
  void operator()(const PaymentConfirmed& e) {
    change(e.run, {EventType::PaymentConfirmed, std::nullopt, std::nullopt});
  }
  void operator()(const PaymentReturned& e) {
    put_row(rows, run_key('b', e.run).person(e.person).sequence(event.sequence),
            ReturnedPayment{e.person, e.run, e.amount, e.cause, event.sequence});
  }
  void operator()(const TppCorrectionPosted& e) {
    put_row(rows, Key('k').person(e.person).month(e.for_month).sequence(event.sequence),
            PostedCorrection{e.person, e.for_month, e.run, e.recomputed, e.settled, e.amount,
                             event.sequence});
  }
};

void apply(Run& run, Sequence sequence, RunChange change) {
  switch (change.type) {
    case EventType::TppRunLocked:
      run.locked = sequence;
      run.locked_computation = change.computation;
      break;
    case EventType::TppRunReopened:
      run.locked.reset();
      run.locked_computation.reset();
      run.reopened.push_back(sequence);
      break;
    case EventType::PaymentOrdered: run.order = std::move(change.order); break;
    case EventType::PaymentConfirmed: run.confirmed = sequence; break;
    default: break;
  }
}

// `key` ends 'h' and 's' keys at some part of a run: a month, or a whole run.
Result<std::vector<Run>> collect_runs(const RowReader& rows, const std::function<Key(char)>& key) {
  std::map<RunId, Run> runs;
  const auto at = [&](const RunId& id) -> Run& {
    Run& run = runs[id];
    run.run = id;
    return run;
  };
  RUNUT_TRY(each_row<Computation>(rows, key('h'), [&](KeyCursor cursor, const Computation& row) {
    at(cursor.run()).computations.push_back(row);
  }));
  RUNUT_TRY(each_row<RunChange>(rows, key('s'), [&](KeyCursor cursor, RunChange row) {
    Run& run = at(cursor.run());
    apply(run, cursor.sequence(), std::move(row));
  }));
  std::vector<Run> out;
  for (auto& [id, run] : runs) out.push_back(std::move(run));
  return out;
}

Result<std::vector<Payment>> collect_payments(const RowReader& rows, const Run& run,
                                              PersonId person) {
  std::vector<Payment> out;
  const Computation* const current = run.current();
  if (current == nullptr) return out;
  RUNUT_ASSIGN(
      std::optional<Payment> payment,
      one_row<Payment>(rows, run_key('p', run.run).sequence(current->sequence).person(person)));
  if (payment) out.push_back(std::move(*payment));
  return out;
}

}  // namespace

const Computation* Run::current() const {
  if (computations.empty()) return nullptr;
  if (!locked_computation) return &computations.back();
  const auto found = std::find_if(computations.begin(), computations.end(), [&](const auto& one) {
    return one.sequence == *locked_computation;
  });
  return found == computations.end() ? nullptr : &*found;
}

constexpr EventSet events = events_of<Folder>();

Status fold(const FoldInput& input, Rows& rows) {
  return fold_with<Folder>(input, rows);
}

Result<std::vector<Run>> runs_of(const RowReader& rows, Month month) {
  return collect_runs(rows, [&](char space) {
    Key key(space);
    key.month(month);
    return key;
  });
}

Result<std::optional<Run>> find_run(const RowReader& rows, const RunId& run) {
  RUNUT_ASSIGN(std::vector<Run> runs,
               collect_runs(rows, [&](char space) { return run_key(space, run); }));
  if (runs.empty()) return std::optional<Run>();
  return std::optional<Run>(std::move(runs.front()));
}

Status each_payment(const RowReader& rows, const RunId& run, Sequence computation,
                    const PaymentVisitor& visit) {
  const Key prefix = run_key('p', run).sequence(computation);
  return rows.scan(prefix, prefix_end(prefix), [&](BytesView, BytesView value) -> Status {
    RUNUT_ASSIGN(const Payment payment, read_row<Payment>(value));
    return visit(payment);
  });
}

Status each_payment_of(const RowReader& rows, Month month, const PaymentVisitor& visit) {
  RUNUT_ASSIGN(const std::vector<Run> runs, runs_of(rows, month));
  for (const Run& run : runs)
    if (const Computation* const current = run.current())
      RUNUT_TRY(each_payment(rows, run.run, current->sequence, visit));
  return {};
}

Result<std::vector<Payment>> payments_of(const RowReader& rows, PersonId person, Month month) {
  std::vector<RunId> runs;
  RUNUT_TRY(each_row<Present>(rows, Key('q').person(person).month(month),
                              [&](KeyCursor key, const Present&) {
                                (void)key.person();
                                runs.push_back(key.run());
                              }));
  std::vector<Payment> out;
  for (const RunId& id : runs) {
    RUNUT_ASSIGN(const std::optional<Run> run, find_run(rows, id));
    if (!run) continue;
    RUNUT_ASSIGN(std::vector<Payment> paid, collect_payments(rows, *run, person));
    out.insert(out.end(), paid.begin(), paid.end());
  }
  return out;
}

Result<std::vector<PostedCorrection>> corrections_of(const RowReader& rows, PersonId person,
                                                     Month for_month) {
  std::vector<PostedCorrection> out;
  RUNUT_TRY(each_row<PostedCorrection>(
      rows, Key('k').person(person).month(for_month),
      [&](KeyCursor, const PostedCorrection& row) { out.push_back(row); }));
  return out;
}

Result<std::vector<ReturnedPayment>> returns_of(const RowReader& rows, const RunId& run) {
  std::vector<ReturnedPayment> out;
  RUNUT_TRY(each_row<ReturnedPayment>(rows, run_key('b', run), [&](KeyCursor, ReturnedPayment row) {
    out.push_back(std::move(row));
  }));
  return out;
}

}  // namespace runut::payments
