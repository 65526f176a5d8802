// The closed vocabularies of the rulebook. Stored as numbers (append-only: a value is never
// renamed, renumbered or reused; 0 is Unspecified and refused), written as the names below in JSON
// and CSV.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace runut {

template <class Enum>
struct Named {
  Enum value;
  std::string_view name;
};

// Specialised for each enumeration by RUNUT_ENUM_NAMES: every value but 0, in numeric order.
template <class Enum>
struct EnumNames;

template <class Enum>
concept NamedEnum = requires {
  EnumNames<Enum>::table;
};

template <NamedEnum Enum>
[[nodiscard]] constexpr std::string_view to_string(Enum value) {
  for (const auto& row : EnumNames<Enum>::table)
    if (row.value == value) return row.name;
  return "unspecified";
}

// Empty for a name that is not in the vocabulary.
template <NamedEnum Enum>
[[nodiscard]] constexpr std::optional<Enum> enum_from(std::string_view name) {
  for (const auto& row : EnumNames<Enum>::table)
    if (row.name == name) return row.value;
  return std::nullopt;
}

template <NamedEnum Enum>
[[nodiscard]] constexpr bool is_known(Enum value) {
  for (const auto& row : EnumNames<Enum>::table)
    if (row.value == value) return true;
  return false;
}

#define RUNUT_ENUM_NAMES(Enum, ...)                       \
  template <>                                             \
  struct EnumNames<Enum> {                                \
    using E = Enum;                                       \
    static constexpr std::string_view name = #Enum;       \
    static constexpr Named<Enum> table[] = {__VA_ARGS__}; \
  }

// --- who and what ---

enum class SubjectKind : std::uint8_t { unspecified, person, unit, agency };
RUNUT_ENUM_NAMES(SubjectKind, {E::person, "person"}, {E::unit, "unit"}, {E::agency, "agency"});

// A pseudonym is recorded, never submitted: whoever answers a survey as a peer or subordinate.
enum class ActorKind : std::uint8_t { unspecified, person, system, pseudonym };
RUNUT_ENUM_NAMES(ActorKind, {E::person, "person"}, {E::system, "system"},
                 {E::pseudonym, "pseudonym"});

enum class Role : std::uint8_t {
  unspecified,
  employee,
  appraiser,
  hr,
  auditor,
  treasurer,
  integrator,
  operator_,
  official
};
RUNUT_ENUM_NAMES(Role, {E::employee, "employee"}, {E::appraiser, "appraiser"}, {E::hr, "hr"},
                 {E::auditor, "auditor"}, {E::treasurer, "treasurer"},
                 {E::integrator, "integrator"}, {E::operator_, "operator"},
                 {E::official, "official"});

// How the actor was known: by a credential that was checked, or by the submitter's word.
enum class Assurance : std::uint8_t { unspecified, claimed, authenticated };
RUNUT_ENUM_NAMES(Assurance, {E::claimed, "claimed"}, {E::authenticated, "authenticated"});

// `import_as_found`: of a declared import, and against a rule of authority that the legacy system
// did not keep; it counts for nothing until it is accepted (rulebook section 2, Imports).
enum class Origin : std::uint8_t { unspecified, live, import_batch, simulation, import_as_found };
RUNUT_ENUM_NAMES(Origin, {E::live, "live"}, {E::import_batch, "import"},
                 {E::simulation, "simulation"}, {E::import_as_found, "import_as_found"});

// --- roster ---

// `official`: elected or appointed, signs and appraises, is never paid TPP (the Walikota).
enum class EmploymentStatus : std::uint8_t { unspecified, pns, cpns, pppk, official };
RUNUT_ENUM_NAMES(EmploymentStatus, {E::pns, "PNS"}, {E::cpns, "CPNS"}, {E::pppk, "PPPK"},
                 {E::official, "OFFICIAL"});

enum class IdentifierKind : std::uint8_t { unspecified, nip, ni_pppk };
RUNUT_ENUM_NAMES(IdentifierKind, {E::nip, "NIP"}, {E::ni_pppk, "NI_PPPK"});

enum class Echelon : std::uint8_t { unspecified, ii, iii, iv, staff };
RUNUT_ENUM_NAMES(Echelon, {E::ii, "II"}, {E::iii, "III"}, {E::iv, "IV"}, {E::staff, "staff"});

// Jenis jabatan.
enum class PositionKind : std::uint8_t { unspecified, structural, functional, executor };
RUNUT_ENUM_NAMES(PositionKind, {E::structural, "structural"}, {E::functional, "functional"},
                 {E::executor, "executor"});

// Definitive, Plt (acting while the post is vacant), Plh (acting while the holder is away).
enum class AssignmentRole : std::uint8_t { unspecified, definitive, plt, plh };
RUNUT_ENUM_NAMES(AssignmentRole, {E::definitive, "definitive"}, {E::plt, "plt"}, {E::plh, "plh"});

enum class LeaveKind : std::uint8_t {
  unspecified,
  annual,
  sick,
  maternity,
  important_reasons,
  major,
  unpaid
};
RUNUT_ENUM_NAMES(LeaveKind, {E::annual, "annual"}, {E::sick, "sick"}, {E::maternity, "maternity"},
                 {E::important_reasons, "important_reasons"}, {E::major, "major"},
                 {E::unpaid, "unpaid"});

enum class SeparationCause : std::uint8_t { unspecified, retired, died, transferred_out };
RUNUT_ENUM_NAMES(SeparationCause, {E::retired, "retired"}, {E::died, "died"},
                 {E::transferred_out, "transferred_out"});

// --- qualification and competence ---

// Jenjang pendidikan; D4 is applied, S1 to S3 are academic.
enum class EducationLevel : std::uint8_t { unspecified, sd, smp, sma, d1, d2, d3, d4, s1, s2, s3 };
RUNUT_ENUM_NAMES(EducationLevel, {E::sd, "SD"}, {E::smp, "SMP"}, {E::sma, "SMA"}, {E::d1, "D1"},
                 {E::d2, "D2"}, {E::d3, "D3"}, {E::d4, "D4"}, {E::s1, "S1"}, {E::s2, "S2"},
                 {E::s3, "S3"});

enum class CompetencyMethod : std::uint8_t { unspecified, assessor, cat };
RUNUT_ENUM_NAMES(CompetencyMethod, {E::assessor, "assessor"}, {E::cat, "cat"});

// --- daily work and attendance ---

enum class HolidayKind : std::uint8_t { unspecified, national, joint_leave };
RUNUT_ENUM_NAMES(HolidayKind, {E::national, "national"}, {E::joint_leave, "joint_leave"});

enum class ClockDirection : std::uint8_t { unspecified, in, out };
RUNUT_ENUM_NAMES(ClockDirection, {E::in, "in"}, {E::out, "out"});

// --- feedback ---

// How who answers a survey stands to the person that it is about (rulebook section 3.2).
enum class SurveyRelation : std::uint8_t { unspecified, superior, peer, subordinate };
RUNUT_ENUM_NAMES(SurveyRelation, {E::superior, "superior"}, {E::peer, "peer"},
                 {E::subordinate, "subordinate"});

// --- evaluation by predicate (PermenPANRB 6/2022) ---

// Of one axis against what was expected.
enum class Expectation : std::uint8_t { unspecified, below, meets, above };
RUNUT_ENUM_NAMES(Expectation, {E::below, "below"}, {E::meets, "meets"}, {E::above, "above"});

// Of one person.
enum class Predicate : std::uint8_t {
  unspecified,
  sangat_kurang,
  kurang,
  butuh_perbaikan,
  baik,
  sangat_baik
};
RUNUT_ENUM_NAMES(Predicate, {E::sangat_kurang, "sangat_kurang"}, {E::kurang, "kurang"},
                 {E::butuh_perbaikan, "butuh_perbaikan"}, {E::baik, "baik"},
                 {E::sangat_baik, "sangat_baik"});

// Of an organisation: its best is another word than a person's.
enum class UnitPredicate : std::uint8_t {
  unspecified,
  sangat_kurang,
  kurang,
  butuh_perbaikan,
  baik,
  istimewa
};
RUNUT_ENUM_NAMES(UnitPredicate, {E::sangat_kurang, "sangat_kurang"}, {E::kurang, "kurang"},
                 {E::butuh_perbaikan, "butuh_perbaikan"}, {E::baik, "baik"},
                 {E::istimewa, "istimewa"});

// What the check of a unit's distribution said when its evaluations were closed.
enum class DistributionVerdict : std::uint8_t { unspecified, satisfied, deviates, infeasible };
RUNUT_ENUM_NAMES(DistributionVerdict, {E::satisfied, "satisfied"}, {E::deviates, "deviates"},
                 {E::infeasible, "infeasible"});

// --- ranking ---

enum class Tier : std::uint8_t { unspecified, above, meets, below };
RUNUT_ENUM_NAMES(Tier, {E::above, "above"}, {E::meets, "meets"}, {E::below, "below"});

enum class Cutoff : std::uint8_t { unspecified, above, below };
RUNUT_ENUM_NAMES(Cutoff, {E::above, "above"}, {E::below, "below"});

// Why a person is outside a ranking (rulebook section 3.4).
enum class UnrankedReason : std::uint8_t {
  unspecified,
  no_assignment,
  not_definitive,
  not_rankable,
  not_delivered,
  not_rated
};
RUNUT_ENUM_NAMES(UnrankedReason, {E::no_assignment, "no_assignment"},
                 {E::not_definitive, "not_definitive"}, {E::not_rankable, "not_rankable"},
                 {E::not_delivered, "not_delivered"}, {E::not_rated, "not_rated"});

// --- TPP ---

// Permendagri's components in the order that the regulation lists; `acting` only where acting_rule
// is set.
enum class Component : std::uint8_t {
  unspecified,
  beban_kerja,
  prestasi_kerja,
  tempat_bertugas,
  kondisi_kerja,
  kelangkaan_profesi,
  pertimbangan_objektif_lainnya,
  acting
};
RUNUT_ENUM_NAMES(Component, {E::beban_kerja, "beban_kerja"}, {E::prestasi_kerja, "prestasi_kerja"},
                 {E::tempat_bertugas, "tempat_bertugas"}, {E::kondisi_kerja, "kondisi_kerja"},
                 {E::kelangkaan_profesi, "kelangkaan_profesi"},
                 {E::pertimbangan_objektif_lainnya, "pertimbangan_objektif_lainnya"},
                 {E::acting, "acting"});

enum class RunKind : std::uint8_t { unspecified, regular, correction };
RUNUT_ENUM_NAMES(RunKind, {E::regular, "regular"}, {E::correction, "correction"});

// The lines of a payment, in the order of rulebook section 3.5 (8).
enum class LineKind : std::uint8_t {
  unspecified,
  earned,
  adjustment,
  unit_sanction,
  disciplinary_sanction,
  shortfall,
  tax,
  positive_correction,
  deduction,
  negative_correction
};
RUNUT_ENUM_NAMES(LineKind, {E::earned, "earned"}, {E::adjustment, "adjustment"},
                 {E::unit_sanction, "unit_sanction"},
                 {E::disciplinary_sanction, "disciplinary_sanction"}, {E::shortfall, "shortfall"},
                 {E::tax, "tax"}, {E::positive_correction, "positive_correction"},
                 {E::deduction, "deduction"}, {E::negative_correction, "negative_correction"});

enum class AdjustmentCause : std::uint8_t { unspecified, ranking, personal_sanction };
RUNUT_ENUM_NAMES(AdjustmentCause, {E::ranking, "ranking"},
                 {E::personal_sanction, "personal_sanction"});

enum class AmountBase : std::uint8_t { unspecified, gross, taxable };
RUNUT_ENUM_NAMES(AmountBase, {E::gross, "gross"}, {E::taxable, "taxable"});

// Why a run does not pay somebody who was assigned in its units during the month.
enum class LeftOutReason : std::uint8_t {
  unspecified,
  paid_by_other_unit,
  paid_already,
  no_eligible_day,
  not_eligible_status,
  nothing_to_pay
};
RUNUT_ENUM_NAMES(LeftOutReason, {E::paid_by_other_unit, "paid_by_other_unit"},
                 {E::paid_already, "paid_already"}, {E::no_eligible_day, "no_eligible_day"},
                 {E::not_eligible_status, "not_eligible_status"},
                 {E::nothing_to_pay, "nothing_to_pay"});

// --- careers ---

// Why somebody leaves a senior post. The first two wait for the shortest term.
enum class SeniorPostEndCause : std::uint8_t {
  unspecified,
  moved,
  term_over,
  resigned,
  retired,
  died,
  discipline
};
RUNUT_ENUM_NAMES(SeniorPostEndCause, {E::moved, "moved"}, {E::term_over, "term_over"},
                 {E::resigned, "resigned"}, {E::retired, "retired"}, {E::died, "died"},
                 {E::discipline, "discipline"});

// --- merit system ---

// PermenPANRB 40/2018, PerKASN 9/2019; in the order of KASN (meritopedia, Penilaian Sistem Merit).
enum class MeritAspect : std::uint8_t {
  unspecified,
  perencanaan_kebutuhan,
  pengadaan,
  pengembangan_karier,
  promosi_dan_mutasi,
  manajemen_kinerja,
  penggajian_penghargaan_disiplin,
  perlindungan_dan_pelayanan,
  sistem_informasi
};
RUNUT_ENUM_NAMES(MeritAspect, {E::perencanaan_kebutuhan, "perencanaan_kebutuhan"},
                 {E::pengadaan, "pengadaan"}, {E::pengembangan_karier, "pengembangan_karier"},
                 {E::promosi_dan_mutasi, "promosi_dan_mutasi"},
                 {E::manajemen_kinerja, "manajemen_kinerja"},
                 {E::penggajian_penghargaan_disiplin, "penggajian_penghargaan_disiplin"},
                 {E::perlindungan_dan_pelayanan, "perlindungan_dan_pelayanan"},
                 {E::sistem_informasi, "sistem_informasi"});

}  // namespace runut
