// What an explanation says, in Indonesian and English: names of quantities, lines, rules, events
// and roles; amounts as each language writes them. A value without a word here does not compile.
#pragma once

#include <string>

#include "computation/quantity.h"
#include "domain/event.h"
#include "query/page.h"
#include "regulation/parameter.h"

namespace runut {

// One thing in both languages.
struct Words {
  std::string_view id;
  std::string_view en;
  [[nodiscard]] constexpr std::string_view in(Language language) const {
    return language == Language::indonesian ? id : en;
  }
};

[[nodiscard]] Words words(Quantity quantity);
[[nodiscard]] Words words(LineKind kind);
[[nodiscard]] Words words(Component component);
[[nodiscard]] Words words(Tier tier);
[[nodiscard]] Words words(LeftOutReason reason);
[[nodiscard]] Words words(UnrankedReason reason);
[[nodiscard]] Words words(NumericBand band);
[[nodiscard]] Words words(Predicate predicate);
[[nodiscard]] Words words(UnitPredicate predicate);
[[nodiscard]] Words words(Expectation expectation);
[[nodiscard]] Words words(RunKind kind);
// wording_rules.cc
[[nodiscard]] Words words(ValueStatus status);
[[nodiscard]] Words words(Parameter parameter);
[[nodiscard]] Words words(Rounding rounding);
[[nodiscard]] Words words(TailRounding rounding);
[[nodiscard]] Words words(TieKey key);
[[nodiscard]] Words words(AppliesBy date);  // "the first day of the payment month"
// wording_events.cc
[[nodiscard]] Words words(Assurance assurance);
[[nodiscard]] Words words(Role role);
[[nodiscard]] std::string event_name(EventType type,
                                     Language language);  // Laporan harian disetujui

[[nodiscard]] std::string month_name(Month month, Language language);  // Agustus 2022
[[nodiscard]] std::string date_name(Date date, Language language);     // 15 Agustus 2022
[[nodiscard]] std::string zone_name(int utc_offset_minutes);           // WIB; UTC+5:30
[[nodiscard]] std::string time_name(Instant instant,
                                    int utc_offset_minutes);              // 2022-08-15 08:02:03
[[nodiscard]] std::string period_name(Period period, Language language);  // semester 1 tahun 2022
// "daftar reguler unit U3 bulan Agustus 2022, ke-1"; `unit`: said instead of the id
[[nodiscard]] std::string run_name(const RunId& run, Language language, std::string_view unit = {});

// Rp 1.234 and 87,50 and 95,00 %; in English Rp 1,234 and 87.50 and 95.00 %.
[[nodiscard]] std::string rupiah(Rupiah amount, Language language);
[[nodiscard]] std::string signed_rupiah(Rupiah amount, Language language);
[[nodiscard]] std::string percent(BasisPoints value, Language language);
[[nodiscard]] std::string points(Score score, Language language);
[[nodiscard]] std::string measured(std::int64_t value, Measure measure, Language language);

// A formula or detail as a computation notes it (recorder.h): its numbers are Indonesian and its
// words few; both are put into the language. What is no word of ours, such as a code, stays.
[[nodiscard]] std::string phrase(std::string_view note, Language language);

}  // namespace runut
