#include "query/wording.h"

namespace runut {

Words words(ValueStatus status) {
  switch (status) {
    case ValueStatus::unspecified: break;
    case ValueStatus::cited: return {"tertulis dalam peraturan", "cited from the regulation"};
    case ValueStatus::practice: return {"praktik yang berjalan", "running practice"};
    case ValueStatus::assumed:
      return {"asumsi, perlu konfirmasi kota", "assumed, to be confirmed by the city"};
  }
  return {"tidak diketahui", "unknown"};
}

Words words(AppliesBy date) {
  switch (date) {
    case AppliesBy::unspecified: break;
    case AppliesBy::fact: return {"tanggal kejadian", "the date of the fact"};
    case AppliesBy::period_end: return {"hari terakhir periode", "the last day of the period"};
    case AppliesBy::decision: return {"tanggal pengumuman", "the date of publication"};
    case AppliesBy::payment_month:
      return {"hari pertama bulan pembayaran", "the first day of the payment month"};
  }
  return {"tanggal tidak diketahui", "an unknown date"};
}

Words words(Rounding rounding) {
  switch (rounding) {
    case Rounding::half_up: return {"setengah ke atas", "half up"};
    case Rounding::half_even: return {"setengah ke genap", "half to even"};
    case Rounding::down: return {"ke bawah", "down"};
    case Rounding::up: return {"ke atas", "up"};
  }
  return {"tidak diketahui", "unknown"};
}

Words words(TailRounding rounding) {
  switch (rounding) {
    case TailRounding::unspecified: break;
    case TailRounding::floor: return {"ke bawah", "down"};
    case TailRounding::half_up: return {"setengah ke atas", "half up"};
    case TailRounding::largest_remainder: return {"menurut sisa terbesar", "by largest remainder"};
  }
  return {"tidak diketahui", "unknown"};
}

Words words(TieKey key) {
  switch (key) {
    case TieKey::unspecified: break;
    case TieKey::result: return words(Quantity::result);
    case TieKey::behaviour: return words(Quantity::behaviour);
    case TieKey::discipline: return words(Quantity::discipline_key);
  }
  return {"pembanding", "key"};
}

Words words(Parameter parameter) {
  switch (parameter) {
    case Parameter::evaluation_regime: return {"cara penilaian", "kind of evaluation"};
    case Parameter::opinion_360:
      return {"pertimbangan rekan dan bawahan", "opinion of peers and subordinates"};
    case Parameter::score_weights:
      return {"bobot hasil dan perilaku", "weights of result and behaviour"};
    case Parameter::relation_weights:
      return {"bobot atasan, rekan, bawahan", "weights of superior, peers, subordinates"};
    case Parameter::numeric_bands: return {"sebutan nilai", "names of score bands"};
    case Parameter::several_assignments:
      return {"beberapa penugasan dalam satu periode", "several assignments in one period"};
    case Parameter::objection_days: return {"tenggat keberatan", "time limits of objections"};
    case Parameter::predicate_quadrant: return {"kuadran predikat", "quadrant of predicates"};
    case Parameter::unit_predicate_first:
      return {"predikat unit ditetapkan lebih dahulu", "the unit's predicate comes first"};
    case Parameter::unit_predicate_signatories:
      return {"penanda tangan predikat unit", "who signs a unit's predicate"};
    case Parameter::distribution_mode:
      return {"kekuatan sebaran predikat", "force of the distribution"};
    case Parameter::distribution:
      return {"sebaran predikat menurut predikat unit", "distribution by the unit's predicate"};
    case Parameter::credit_shares: return {"persentase angka kredit", "shares of the credit"};
    case Parameter::credit_coefficients:
      return {"koefisien angka kredit", "coefficients of the credit"};
    case Parameter::ranking: return {"berlakunya pemeringkatan", "whether people are ranked"};
    case Parameter::ranking_period: return {"periode pemeringkatan", "period of a ranking"};
    case Parameter::tiers: return {"jatah tiap jenjang", "shares of the tiers"};
    case Parameter::tier_delta: return {"besaran per jenjang", "rate of a tier"};
    case Parameter::tail_rounding: return {"pembulatan jatah", "rounding of the shares"};
    case Parameter::group_scope: return {"lingkup kelompok", "scope of a group"};
    case Parameter::minimum_size: return {"anggota paling sedikit", "smallest group"};
    case Parameter::tie_keys: return {"pembanding nilai sama", "what decides between equal scores"};
    case Parameter::tie_authority: return {"pemutus nilai sama", "who decides a tie"};
    case Parameter::ranking_signatories:
      return {"penanda tangan pemeringkatan", "who signs rankings"};
    case Parameter::schedule:
      return {"jam kerja dan menit lapor", "working hours, minutes to report"};
    case Parameter::approval_cutoff_day: return {"batas persetujuan laporan", "approval cut-off"};
    case Parameter::daily_cap_minutes: return {"menit paling banyak sehari", "most minutes a day"};
    case Parameter::factor_weights:
      return {"bobot produktivitas dan disiplin", "weights of productivity and discipline"};
    case Parameter::productivity_cap:
      return {"produktivitas paling tinggi", "highest productivity"};
    case Parameter::late_bands:
      return {"potongan datang terlambat", "deductions for arriving late"};
    case Parameter::early_bands: return {"potongan pulang cepat", "deductions for leaving early"};
    case Parameter::missing_in: return {"presensi masuk tidak ada", "no clock-in"};
    case Parameter::missing_out: return {"presensi pulang tidak ada", "no clock-out"};
    case Parameter::absent: return {"tidak hadir", "absent"};
    case Parameter::components: return {"komponen TPP", "components of TPP"};
    case Parameter::factor_applies_to:
      return {"komponen yang dikalikan faktor kinerja",
              "components scaled by the performance factor"};
    case Parameter::line_order: return {"urutan baris", "order of the lines"};
    case Parameter::status_bp: return {"persentase menurut status", "rate of a kind of employment"};
    case Parameter::leave_bp: return {"persentase saat cuti", "rate during leave"};
    case Parameter::tier_adjustment: return {"penyesuaian menurut peringkat", "adjustment by rank"};
    case Parameter::adjustment_base: return {"dasar penyesuaian", "base of the adjustment"};
    case Parameter::disciplinary_bp:
      return {"potongan hukuman disiplin", "rate of a disciplinary sanction"};
    case Parameter::unit_sanction_bp:
      return {"potongan sanksi unit kerja", "rate of a unit sanction"};
    case Parameter::personal_sanction_bp:
      return {"potongan sanksi perorangan", "rate of a personal sanction"};
    case Parameter::acting_rule: return {"aturan pelaksana tugas", "rule of acting roles"};
    case Parameter::predicate_bp: return {"persentase menurut predikat", "rate of a predicate"};
    case Parameter::tax_by_grade: return {"tarif pajak golongan", "tax rate of a grade"};
    case Parameter::deductions: return {"potongan wajib", "deductions from every payee"};
    case Parameter::number_rounding: return {"pembulatan angka", "rounding of numbers"};
    case Parameter::separation_of_duties: return {"pemisahan tugas", "separation of duties"};
    case Parameter::lock_signatories: return {"penanda tangan penguncian", "who signs a lock"};
    case Parameter::merit_categories:
      return {"kategori sistem merit", "categories of the merit system"};
    case Parameter::senior_post_terms:
      return {"masa jabatan pimpinan tinggi", "terms of senior posts"};
    case Parameter::applies_by: return {"tanggal penentu aturan", "which date decides on a rule"};
  }
  return {"aturan", "rule"};
}

}  // namespace runut
