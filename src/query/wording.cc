#include "query/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "computation/recorder.h"

namespace runut {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_point_in_number(std::string_view text, std::size_t at) {
  return text[at] == '.' && at + 1 < text.size() && is_digit(text[at + 1]);
}

// Numbers are noted as 1.234.567 and as 87.50: the point that two digits end behind is decimal.
std::string in_language(std::string_view number, Language language) {
  std::string out(number);
  for (std::size_t at = 0; at < out.size(); ++at) {
    if (out[at] != '.') continue;
    const bool decimal = out.size() - at == 3;
    if (decimal == (language == Language::indonesian)) out[at] = ',';
  }
  return out;
}

// The words that computations use in their notes (computation/*.cc).
std::string_view word_of(std::string_view token, Language language) {
  static constexpr std::pair<std::string_view, Words> terms[] = {
      {"hari", {"hari", "days"}},
      {"kelas", {"kelas", "class"}},
      {"pasal", {"pasal", "article"}},
      {"ayat", {"ayat", "paragraph"}},
      {"as_known", {"menurut yang sekarang diketahui", "as known now"}},
      {"undecided", {"belum diputus", "not decided"}},
      {"approved_late", {"disetujui terlambat", "approved too late"}},
      {"excuse_accepted", {"izin diterima", "excuse accepted"}},
      {"excuse_denied", {"izin ditolak", "excuse denied"}},
      {"excuse_too_late",
       {"izin diterima terlambat, tidak dihitung", "excuse accepted too late, not counted"}},
      {"excuse_undecided", {"izin belum diputus", "excuse not decided"}},
      {"not_eligible_day", {"bukan hari yang berhak", "not an eligible day"}},
      {"leave", {"sedang cuti", "on leave"}},
      {"superior", {"atasan", "superior"}},
      {"peer", {"rekan kerja", "peers"}},
      {"subordinate", {"bawahan", "subordinates"}},
      {"sisa", {"sisa", "remainder"}},
      // deductions; the code of one that nobody has words for stays
      {"bpjs_kesehatan", {"iuran BPJS Kesehatan", "BPJS Kesehatan health insurance"}},
      {"iuran_korpri", {"iuran Korpri", "Korpri membership dues"}},
      {"not_shown",
       {"(kurang dari 3 jawaban: tidak ditampilkan)", "(fewer than 3 answers: not shown)"}},
  };
  for (const auto& [term, in_both] : terms)
    if (term == token) return in_both.in(language);
  if (const auto component = enum_from<Component>(token)) return words(*component).in(language);
  if (const auto band = enum_from<NumericBand>(token)) return words(*band).in(language);
  if (const auto kind = enum_from<RunKind>(token)) return words(*kind).in(language);
  if (const auto tier = enum_from<Tier>(token)) return words(*tier).in(language);
  return token;
}

}  // namespace
Words words(Quantity quantity) {
  switch (quantity) {
    case Quantity::unspecified: break;
    case Quantity::working_days: return {"hari kerja", "working days"};
    case Quantity::eligible_days: return {"hari kerja yang berhak TPP", "eligible working days"};
    case Quantity::required_minutes: return {"menit wajib lapor", "required minutes"};
    case Quantity::approved_minutes:
      return {"menit laporan yang disetujui tepat waktu", "minutes approved in time"};
    case Quantity::day_minutes:
      return {"menit disetujui per tanggal", "approved minutes of a date"};
    case Quantity::not_counted_report: return {"laporan yang tidak dihitung", "report not counted"};
    case Quantity::productivity: return {"produktivitas", "productivity"};
    case Quantity::discipline: return {"disiplin", "discipline"};
    case Quantity::day_deduction:
      return {"potongan disiplin, masuk-pulang / jadwal: datang + pulang",
              "discipline deduction, in-out / schedule: arriving + leaving"};
    case Quantity::performance_factor: return {"faktor kinerja", "performance factor"};
    case Quantity::result: return {"hasil kerja", "work result"};
    case Quantity::relation_mean:
      return {"rata-rata jawaban survei", "mean of the survey's answers"};
    case Quantity::behaviour: return {"perilaku kerja", "behaviour"};
    case Quantity::score: return {"nilai kinerja", "score"};
    case Quantity::discipline_key:
      return {"disiplin rata-rata periode", "mean discipline of the period"};
    case Quantity::ranking: return {"pemeringkatan", "ranking"};
    case Quantity::placement: return {"penempatan", "placement"};
    case Quantity::rank: return {"peringkat", "rank"};
    case Quantity::tier_places: return {"jatah jenjang", "places of a tier"};
    case Quantity::tie: return {"nilai sama pada batas", "tie at the cut-off"};
    case Quantity::ceiling: return {"pagu", "ceiling"};
    case Quantity::eligible:
      return {"pagu menurut hari, status, dan cuti", "ceiling by days, status and leave"};
    case Quantity::earned: return {"komponen yang diperoleh", "earned component"};
    case Quantity::gross: return {"TPP kotor", "gross TPP"};
    case Quantity::adjustment: return {"penyesuaian peringkat", "ranking adjustment"};
    case Quantity::unit_sanction: return {"sanksi unit kerja", "unit sanction"};
    case Quantity::disciplinary_sanction: return {"hukuman disiplin", "disciplinary sanction"};
    case Quantity::shortfall: return {"penutup kekurangan", "shortfall"};
    case Quantity::taxable: return {"penghasilan kena pajak", "taxable"};
    case Quantity::tax: return {"pajak penghasilan", "income tax"};
    case Quantity::deduction_base: return {"dasar potongan", "base of a deduction"};
    case Quantity::deduction: return {"potongan", "deduction"};
    case Quantity::own_net: return {"bersih bulan itu sendiri", "net of the month itself"};
    case Quantity::recomputed: return {"dihitung ulang", "recomputed"};
    case Quantity::settled: return {"sudah diselesaikan", "settled"};
    case Quantity::correction: return {"koreksi", "correction"};
    case Quantity::carried_deduction: return {"potongan bawaan", "carried deduction"};
    case Quantity::carried_correction: return {"koreksi bawaan", "carried correction"};
    case Quantity::net: return {"TPP bersih", "net TPP"};
    case Quantity::payment: return {"pembayaran", "payment"};
  }
  return {"besaran", "quantity"};
}

Words words(LineKind kind) {
  switch (kind) {
    case LineKind::unspecified: break;
    case LineKind::earned: return {"diperoleh", "earned"};
    case LineKind::adjustment: return {"penyesuaian", "adjustment"};
    case LineKind::unit_sanction: return {"sanksi unit kerja", "unit sanction"};
    case LineKind::disciplinary_sanction: return {"hukuman disiplin", "disciplinary sanction"};
    case LineKind::shortfall: return {"penutup kekurangan", "shortfall"};
    case LineKind::tax: return {"pajak penghasilan", "income tax"};
    case LineKind::positive_correction: return {"koreksi tambah", "positive correction"};
    case LineKind::deduction: return {"potongan", "deduction"};
    case LineKind::negative_correction: return {"koreksi kurang", "negative correction"};
  }
  return {"baris", "line"};
}

Words words(Component component) {
  switch (component) {
    case Component::unspecified: break;
    case Component::beban_kerja: return {"beban kerja", "workload"};
    case Component::prestasi_kerja: return {"prestasi kerja", "work achievement"};
    case Component::tempat_bertugas: return {"tempat bertugas", "place of duty"};
    case Component::kondisi_kerja: return {"kondisi kerja", "working conditions"};
    case Component::kelangkaan_profesi: return {"kelangkaan profesi", "scarce profession"};
    case Component::pertimbangan_objektif_lainnya:
      return {"pertimbangan objektif lainnya", "other objective considerations"};
    case Component::acting: return {"pelaksana tugas", "acting"};
  }
  return {"", ""};
}

Words words(Tier tier) {
  switch (tier) {
    case Tier::unspecified: break;
    case Tier::above: return {"di atas ekspektasi", "above expectation"};
    case Tier::meets: return {"sesuai ekspektasi", "meets expectation"};
    case Tier::below: return {"di bawah ekspektasi", "below expectation"};
  }
  return {"tanpa jenjang", "no tier"};
}

Words words(LeftOutReason reason) {
  switch (reason) {
    case LeftOutReason::unspecified: break;
    case LeftOutReason::paid_by_other_unit:
      return {"dibayar oleh unit kerja lain", "another unit pays"};
    case LeftOutReason::paid_already:
      return {"sudah dibayar untuk bulan ini", "already paid for the month"};
    case LeftOutReason::no_eligible_day:
      return {"tidak ada hari kerja yang berhak TPP", "no working day was eligible for TPP"};
    case LeftOutReason::not_eligible_status:
      return {"status kepegawaian tidak berhak TPP", "the kind of employment has no TPP"};
    case LeftOutReason::nothing_to_pay:
      return {"tidak ada yang harus dibayar", "there was nothing to pay"};
  }
  return {"sebab tidak tercatat", "no reason was recorded"};
}

Words words(UnrankedReason reason) {
  switch (reason) {
    case UnrankedReason::unspecified: break;
    case UnrankedReason::no_assignment:
      return {"tidak memegang jabatan pada hari terakhir periode",
              "held no post on the last day of the period"};
    case UnrankedReason::not_definitive:
      return {"tidak memegang jabatan definitif", "the post was not held definitively"};
    case UnrankedReason::not_rankable:
      return {"jabatannya tidak termasuk yang diperingkat",
              "the post is not among those that are ranked"};
    case UnrankedReason::not_delivered:
      return {"evaluasi belum disampaikan ketika peringkat dibekukan",
              "the evaluation was not delivered when the ranking was frozen"};
    case UnrankedReason::not_rated:
      return {"hasil kerja dan perilaku belum dinilai lengkap",
              "work result and behaviour were not rated in full"};
  }
  return {"sebab tidak tercatat", "no reason was recorded"};
}

Words words(Predicate predicate) {
  switch (predicate) {
    case Predicate::unspecified: break;
    case Predicate::sangat_baik: return {"sangat baik", "very good"};
    case Predicate::baik: return {"baik", "good"};
    case Predicate::butuh_perbaikan: return {"butuh perbaikan", "needs improvement"};
    case Predicate::kurang: return {"kurang", "poor"};
    case Predicate::sangat_kurang: return {"sangat kurang", "very poor"};
  }
  return {"tanpa predikat", "no predicate"};
}

Words words(UnitPredicate predicate) {
  switch (predicate) {
    case UnitPredicate::unspecified: break;
    case UnitPredicate::istimewa: return {"istimewa", "outstanding"};
    case UnitPredicate::baik: return {"baik", "good"};
    case UnitPredicate::butuh_perbaikan: return {"butuh perbaikan", "needs improvement"};
    case UnitPredicate::kurang: return {"kurang", "poor"};
    case UnitPredicate::sangat_kurang: return {"sangat kurang", "very poor"};
  }
  return {"tanpa predikat", "no predicate"};
}

Words words(Expectation expectation) {
  switch (expectation) {
    case Expectation::unspecified: break;
    case Expectation::above: return {"di atas ekspektasi", "above expectation"};
    case Expectation::meets: return {"sesuai ekspektasi", "meets expectation"};
    case Expectation::below: return {"di bawah ekspektasi", "below expectation"};
  }
  return {"tidak dinilai", "not rated"};
}

Words words(NumericBand band) {
  switch (band) {
    case NumericBand::unspecified: break;
    case NumericBand::sangat_baik: return {"sangat baik", "very good"};
    case NumericBand::baik: return {"baik", "good"};
    case NumericBand::cukup: return {"cukup", "sufficient"};
    case NumericBand::kurang: return {"kurang", "poor"};
    case NumericBand::sangat_kurang: return {"sangat kurang", "very poor"};
  }
  return {"tanpa sebutan", "no band"};
}

Words words(RunKind kind) {
  switch (kind) {
    case RunKind::unspecified: break;
    case RunKind::regular: return {"reguler", "regular"};
    case RunKind::correction: return {"koreksi", "correction"};
  }
  return {"", ""};
}

std::string month_name(Month month, Language language) {
  static constexpr std::array<Words, 12> names{{{"Januari", "January"},
                                                {"Februari", "February"},
                                                {"Maret", "March"},
                                                {"April", "April"},
                                                {"Mei", "May"},
                                                {"Juni", "June"},
                                                {"Juli", "July"},
                                                {"Agustus", "August"},
                                                {"September", "September"},
                                                {"Oktober", "October"},
                                                {"November", "November"},
                                                {"Desember", "December"}}};
  return fmt::format("{} {}",
                     names[static_cast<std::size_t>(month_of_year(month) - 1)].in(language),
                     year_of(month));
}

std::string date_name(Date date, Language language) {
  const Month month = month_of(date);
  return fmt::format("{} {}", date - first_day(month) + 1, month_name(month, language));
}

std::string zone_name(int utc_offset_minutes) {
  switch (utc_offset_minutes) {
    case 420: return "WIB";
    case 480: return "WITA";
    case 540: return "WIT";
    default: break;
  }
  const int size = std::abs(utc_offset_minutes);
  return fmt::format("UTC{}{}:{:02}", utc_offset_minutes < 0 ? '-' : '+', size / 60, size % 60);
}

std::string time_name(Instant instant, int utc_offset_minutes) {
  constexpr std::int64_t micros_per_minute = 60'000'000;
  const std::string shifted =
      to_string(Instant{instant.micros + utc_offset_minutes * micros_per_minute});
  return shifted.substr(0, 10) + " " + shifted.substr(11, 8);
}

std::string period_name(Period period, Language language) {
  const int year = year_of(period.first);
  const int number = (month_of_year(period.first) - 1) / period.months + 1;
  switch (period.months) {
    case 12: return fmt::format("{} {}", Words{"tahun", "year"}.in(language), year);
    case 6:
      return fmt::format(
          fmt::runtime(Words{"semester {} tahun {}", "half-year {} of {}"}.in(language)), number,
          year);
    case 3:
      return fmt::format(
          fmt::runtime(Words{"triwulan {} tahun {}", "quarter {} of {}"}.in(language)), number,
          year);
    default: return month_name(period.first, language);
  }
}

std::string run_name(const RunId& run, Language language, std::string_view unit) {
  const std::string id = fmt::format("U{}", run.unit.value);
  return fmt::format(
      fmt::runtime(
          Words{"daftar {} unit {} bulan {}, ke-{}", "{} run of unit {} for {}, no. {}"}.in(
              language)),
      words(run.kind).in(language), unit.empty() ? std::string_view(id) : unit,
      month_name(run.month, language), run.number);
}

std::string rupiah(Rupiah amount, Language language) {
  return in_language(format_rupiah(amount), language);
}
std::string signed_rupiah(Rupiah amount, Language language) {
  return (amount.value > 0 ? "+" : "") + rupiah(amount, language);
}
std::string percent(BasisPoints value, Language language) {
  std::string text = format_percent(value);
  if (language == Language::english) std::replace(text.begin(), text.end(), ',', '.');
  return text;
}
std::string points(Score score, Language language) {
  return in_language(to_string(score), language);
}

std::string measured(std::int64_t value, Measure measure, Language language) {
  const auto count = [&](Words unit) {
    return fmt::format("{} {}", phrase(grouped(value), language), unit.in(language));
  };
  switch (measure) {
    case Measure::rupiah: return rupiah(Rupiah{value}, language);
    case Measure::bp: return percent(BasisPoints{value}, language);
    case Measure::score: return points(Score{value}, language);
    case Measure::minutes: return count({"menit", "minutes"});
    case Measure::days: return count({"hari", "days"});
    case Measure::persons: return count({"orang", "persons"});
    case Measure::rank:
    case Measure::unspecified: break;
  }
  return std::to_string(value);
}

std::string phrase(std::string_view note, Language language) {
  std::string out;
  for (std::size_t at = 0; at < note.size();) {
    const bool word = is_letter(note[at]);
    const bool number = is_digit(note[at]);
    std::size_t end = at + 1;
    if (word || number)
      while (end < note.size() && (is_letter(note[end]) || is_digit(note[end]) ||
                                   (word ? note[end] == '_' : is_point_in_number(note, end))))
        ++end;
    const std::string_view token = note.substr(at, end - at);
    out += word     ? std::string(word_of(token, language))
           : number ? in_language(token, language)
                    : std::string(token);
    at = end;
  }
  return out;
}

}  // namespace runut
