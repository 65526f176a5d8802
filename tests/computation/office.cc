#include "tests/computation/office.h"

#include <fmt/format.h>

namespace runut::testing {

std::vector<std::string> shown(const std::vector<PaymentLine>& lines) {
  std::vector<std::string> out;
  for (const PaymentLine& line : lines) {
    std::string text(to_string(line.kind));
    if (line.component) text += fmt::format(" {}", to_string(*line.component));
    if (!line.code.empty()) text += " " + line.code;
    text += fmt::format(" {}", line.amount.value);
    if (line.for_month) text += " " + to_string(*line.for_month);
    out.push_back(std::move(text));
  }
  return out;
}

Office::Office(const RegulationText& regulation, int utc_offset_minutes)
    : ledger("kota-uji", utc_offset_minutes) {
  ledger.enact(regulation);
  ledger.holiday(date(2022, 8, 17));
  ledger.unit(1).created();
  ledger.unit(2).created({.parent = 1, .paying = true});
  ledger.unit(3).created({.parent = 2});
  ledger.unit(4).created({.parent = 1, .paying = true});
  const Month start = month(2020, 1);
  for (const std::uint32_t job_class : {7u, 12u}) ledger.no_ceilings(job_class, start);
  ledger.ceiling(Component::beban_kerja, 7, 4'000'000, start);
  ledger.ceiling(Component::prestasi_kerja, 7, 2'500'000, start);
  ledger.ceiling(Component::kondisi_kerja, 7, 700'000, start);
  ledger.ceiling(Component::beban_kerja, 12, 9'000'000, start);
  ledger.ceiling(Component::prestasi_kerja, 12, 5'000'001, start);
}

bool Office::is_working_day(Date day) {
  return weekday(day) != Weekday::saturday && weekday(day) != Weekday::sunday &&
         day != date(2022, 8, 17);
}

void Office::attends(std::uint64_t person, Date day) {
  const bool friday = weekday(day) == Weekday::friday;
  ledger.person(person).attended(day, friday ? "06:58" : "07:28", friday ? "14:31" : "16:01");
}

void Office::reports(std::uint64_t person, Date day, std::int64_t minutes) {
  ledger.not_before(day, "16:30");
  ledger.person(person).reported(day, minutes);
  ledger.person(person).approved(day);
}

void Office::works(std::uint64_t person, Date from, Date until) {
  for (Date day = from; day <= until; day = day + 1) {
    if (!is_working_day(day)) continue;
    attends(person, day);
    reports(person, day);
  }
}

void Office::end(Month month) {
  ledger.not_before(first_day(month + 1), "08:00");
  for (const std::uint64_t unit : {1u, 2u, 3u, 4u}) ledger.unit(unit).closed_attendance(month);
  ledger.not_before(first_day(month + 1) + 4, "09:00");
}

TppPaymentComputed Office::payment(std::uint64_t person, const RunId& run) const {
  NullRecorder none;
  const FoldedFacts known = facts();
  const auto computed = compute_payment(known, run, PersonId{person}, none);
  RUNUT_CHECK(computed.has_value(), computed ? "" : computed.error().describe());
  const Status lawful = laws::check_payment(computed->payment);
  RUNUT_CHECK(lawful.has_value(), lawful ? "" : lawful.error().describe());
  return computed->payment;
}

Error Office::refusal(const RunId& run) const {
  const FoldedFacts known = facts();
  const auto computed = compute_run(known, run, ledger.instant(date(2030, 1, 1), "00:00"));
  return computed ? Error{ErrorCode::internal, "computed", {}, {}, {}} : computed.error();
}

void Office::compute(const RunId& run) {
  const FoldedFacts known = facts();
  const auto computed = compute_run(known, run, ledger.instant(date(2030, 1, 1), "00:00"));
  RUNUT_CHECK(computed.has_value(), computed ? "" : computed.error().describe());
  std::vector<TppPaymentComputed> payments;
  for (const ComputedPayment& one : computed->payments) payments.push_back(one.payment);
  const Status lawful = laws::check_run(computed->header, payments);
  RUNUT_CHECK(lawful.has_value(), lawful ? "" : lawful.error().describe());
  ledger.begin_commit();
  ledger.add(computed->header);
  for (const TppPaymentComputed& payment : payments) ledger.add(payment);
  ledger.end_commit();
}

void Office::lock(const RunId& run) {
  const FoldedFacts known = facts();
  const Status lockable = check_lockable(known, run);
  RUNUT_CHECK(lockable.has_value(), lockable ? "" : lockable.error().describe());
  const auto* last = known.agency().runs.at(run).last_computed(known.known_at());
  ledger.begin_commit();
  ledger.add(TppRunLocked{run, last->sequence, last->header.total, ledger.decree()});
  for (const TppCorrectionPosted& posted : corrections_to_post(known, run)) ledger.add(posted);
  ledger.end_commit();
}

void Office::order(const RunId& run) {
  const FoldedFacts known = facts();
  const auto* last = known.agency().runs.at(run).last_computed(known.known_at());
  ledger.add(PaymentOrdered{run, last->header.total, "SPP", "SPM", "SP2D", ledger.decree()});
}

void Office::pay(const RunId& run) {
  compute(run);
  lock(run);
  order(run);
}

}  // namespace runut::testing
