#include "query/wording.h"

#include <array>

#include <fmt/format.h>

namespace runut {
namespace {

struct Pair {
  std::string_view id;
  std::string_view en;
  [[nodiscard]] std::string_view in(Language language) const {
    return language == Language::indonesian ? id : en;
  }
};

Pair pair_of(Quantity quantity) {
  switch (quantity) {
    case Quantity::unspecified: break;
    case Quantity::working_days: return {"hari kerja", "working days"};
    case Quantity::eligible_days: return {"hari kerja yang berhak TPP", "eligible working days"};
    case Quantity::required_minutes: return {"menit wajib lapor", "required minutes"};
    case Quantity::approved_minutes: return {"menit laporan yang disetujui tepat waktu", "minutes approved in time"};
    case Quantity::day_minutes: return {"menit disetujui per tanggal", "approved minutes of a date"};
    case Quantity::not_counted_report: return {"laporan yang tidak dihitung", "report not counted"};
    case Quantity::productivity: return {"produktivitas", "productivity"};
    case Quantity::discipline: return {"disiplin", "discipline"};
    case Quantity::day_deduction: return {"potongan disiplin per tanggal", "discipline deduction of a date"};
    case Quantity::performance_factor: return {"faktor kinerja", "performance factor"};
    case Quantity::result: return {"hasil kerja", "work result"};
    case Quantity::behaviour: return {"perilaku kerja", "behaviour"};
    case Quantity::score: return {"nilai kinerja", "score"};
    case Quantity::discipline_key: return {"disiplin rata-rata periode", "mean discipline of the period"};
    case Quantity::ranking: return {"pemeringkatan", "ranking"};
    case Quantity::placement: return {"penempatan", "placement"};
    case Quantity::ceiling: return {"pagu TPP", "TPP ceiling"};
    case Quantity::eligible: return {"pagu menurut hari, status, dan cuti", "ceiling by days, status and leave"};
    case Quantity::earned: return {"TPP komponen", "earned component"};
    case Quantity::gross: return {"TPP bruto", "gross"};
    case Quantity::adjustment: return {"penyesuaian peringkat", "ranking adjustment"};
    case Quantity::unit_sanction: return {"sanksi unit kerja", "unit sanction"};
    case Quantity::disciplinary_sanction: return {"hukuman disiplin", "disciplinary sanction"};
    case Quantity::shortfall: return {"penutup kekurangan", "shortfall"};
    case Quantity::taxable: return {"penghasilan kena pajak", "taxable"};
    case Quantity::tax: return {"PPh Pasal 21", "income tax"};
    case Quantity::deduction_base: return {"dasar potongan", "base of a deduction"};
    case Quantity::deduction: return {"potongan", "deduction"};
    case Quantity::own_net: return {"bersih bulan itu sendiri", "net of the month itself"};
    case Quantity::recomputed: return {"dihitung ulang", "recomputed"};
    case Quantity::settled: return {"sudah diselesaikan", "settled"};
    case Quantity::correction: return {"koreksi", "correction"};
    case Quantity::carried_deduction: return {"potongan bawaan", "carried deduction"};
    case Quantity::carried_correction: return {"koreksi bawaan", "carried correction"};
    case Quantity::net: return {"TPP bersih", "net"};
    case Quantity::payment: return {"pembayaran", "payment"};
  }
  return {"besaran", "quantity"};
}

Pair pair_of(LineKind kind) {
  switch (kind) {
    case LineKind::unspecified: break;
    case LineKind::earned: return {"TPP komponen", "earned"};
    case LineKind::adjustment: return {"penyesuaian", "adjustment"};
    case LineKind::unit_sanction: return {"sanksi unit kerja", "unit sanction"};
    case LineKind::disciplinary_sanction: return {"hukuman disiplin", "disciplinary sanction"};
    case LineKind::shortfall: return {"penutup kekurangan", "shortfall"};
    case LineKind::tax: return {"PPh Pasal 21", "income tax"};
    case LineKind::positive_correction: return {"koreksi tambah", "positive correction"};
    case LineKind::deduction: return {"potongan", "deduction"};
    case LineKind::negative_correction: return {"koreksi kurang", "negative correction"};
  }
  return {"baris", "line"};
}

Pair pair_of(Component component) {
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

}  // namespace

std::string_view word(Quantity quantity, Language language) { return pair_of(quantity).in(language); }
std::string_view word(LineKind kind, Language language) { return pair_of(kind).in(language); }
std::string_view word(Component component, Language language) { return pair_of(component).in(language); }

std::string_view word(Tier tier, Language language) {
  switch (tier) {
    case Tier::above: return Pair{"di atas ekspektasi", "above expectation"}.in(language);
    case Tier::meets: return Pair{"sesuai ekspektasi", "meets expectation"}.in(language);
    case Tier::below: return Pair{"di bawah ekspektasi", "below expectation"}.in(language);
    case Tier::unspecified: break;
  }
  return "-";
}

std::string_view word(ValueStatus status, Language language) {
  switch (status) {
    case ValueStatus::cited: return Pair{"dikutip dari peraturan", "cited"}.in(language);
    case ValueStatus::practice: return Pair{"praktik daerah", "practice"}.in(language);
    case ValueStatus::assumed: return Pair{"asumsi, perlu konfirmasi kota", "assumed"}.in(language);
    case ValueStatus::unspecified: break;
  }
  return "-";
}

std::string_view word(Assurance assurance, Language language) {
  return assurance == Assurance::authenticated ? Pair{"terautentikasi", "authenticated"}.in(language)
                                               : Pair{"menurut pengirim", "claimed"}.in(language);
}

std::string month_name(Month month, Language language) {
  static constexpr std::array<Pair, 12> names{{{"Januari", "January"},
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
  return fmt::format("{} {}", names[static_cast<std::size_t>(month_of_year(month) - 1)].in(language),
                     year_of(month));
}

std::string measured(std::int64_t value, Measure measure, Language language) {
  switch (measure) {
    case Measure::rupiah: return format_rupiah(Rupiah{value});
    case Measure::bp: return format_percent(BasisPoints{value});
    case Measure::score: return to_string(Score{value});
    case Measure::minutes: return fmt::format("{} {}", value, Pair{"menit", "minutes"}.in(language));
    case Measure::days: return fmt::format("{} {}", value, Pair{"hari", "days"}.in(language));
    case Measure::persons: return fmt::format("{} {}", value, Pair{"orang", "persons"}.in(language));
    case Measure::unspecified: break;
  }
  return std::to_string(value);
}

}  // namespace runut
