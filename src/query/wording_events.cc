#include "query/wording.h"

namespace runut {
namespace {

std::string_view indonesian(EventType type) {
  switch (type) {
    case EventType::unspecified: break;
    case EventType::AgencyFounded: return "Buku besar instansi dibuka";
    case EventType::WriterTookOver: return "Pencatat mengambil alih";
    case EventType::AttemptRefused: return "Upaya tanpa wewenang ditolak";
    case EventType::SubjectKeyDestroyed: return "Kunci data pribadi dimusnahkan";
    case EventType::AccessRecorded: return "Akses ke data pegawai dicatat";
    case EventType::ProjectionPromoted: return "Tampilan data yang dihitung ulang disahkan";
    case EventType::ImportDeclared: return "Impor data lama dinyatakan";
    case EventType::ImportedEventAccepted: return "Peristiwa impor diterima pejabat";
    case EventType::RegulationEnacted: return "Peraturan ditetapkan";
    case EventType::RegulationAmended: return "Peraturan diubah";
    case EventType::RegulationRepealed: return "Peraturan dicabut";
    case EventType::RegulationSection: return "Naskah peraturan dicatat";
    case EventType::UnitCreated: return "Unit kerja dibentuk";
    case EventType::UnitMoved: return "Unit kerja dipindahkan";
    case EventType::UnitClosed: return "Unit kerja ditutup";
    case EventType::PersonRegistered: return "Pegawai didaftarkan";
    case EventType::IdentifierAssigned: return "Nomor induk diberikan";
    case EventType::StatusChanged: return "Status kepegawaian ditetapkan";
    case EventType::GradeChanged: return "Golongan ditetapkan";
    case EventType::AssignmentStarted: return "Penugasan dimulai";
    case EventType::AssignmentEnded: return "Penugasan berakhir";
    case EventType::ActingRoleStarted: return "Tugas sebagai Plt/Plh dimulai";
    case EventType::ActingRoleEnded: return "Tugas sebagai Plt/Plh berakhir";
    case EventType::AppraiserAssigned: return "Pejabat penilai ditunjuk";
    case EventType::DelegationGranted: return "Wewenang didelegasikan";
    case EventType::DelegationRevoked: return "Delegasi dicabut";
    case EventType::LeaveGranted: return "Cuti diberikan";
    case EventType::PersonSeparated: return "Pegawai berhenti";
    case EventType::QualificationGained: return "Pendidikan dicatat";
    case EventType::CompetencyAssessed: return "Kompetensi dinilai";
    case EventType::CertificationGranted: return "Sertifikat diberikan";
    case EventType::UnitAgreementSigned: return "Perjanjian kinerja unit ditandatangani";
    case EventType::IndicatorDefined: return "Indikator kinerja ditetapkan";
    case EventType::IndicatorCascaded: return "Indikator kinerja diturunkan";
    case EventType::PlanDrafted: return "SKP disusun";
    case EventType::PlanSubmitted: return "SKP diajukan";
    case EventType::PlanReturned: return "SKP dikembalikan";
    case EventType::PlanApproved: return "SKP disetujui";
    case EventType::PlanRevised: return "SKP diubah";
    case EventType::ExpectationClarified: return "Ekspektasi diperjelas";
    case EventType::DailyReportSubmitted: return "Laporan harian diajukan";
    case EventType::DailyReportApproved: return "Laporan harian disetujui";
    case EventType::DailyReportReturned: return "Laporan harian dikembalikan";
    case EventType::DailyReportRejected: return "Laporan harian ditolak";
    case EventType::DailyReportWithdrawn: return "Laporan harian ditarik";
    case EventType::ScheduleSet: return "Jadwal kerja ditetapkan";
    case EventType::HolidaySet: return "Hari libur ditetapkan";
    case EventType::AttendanceRecorded: return "Presensi dicatat";
    case EventType::AttendanceExcused: return "Izin presensi diajukan";
    case EventType::ExcuseDecided: return "Izin presensi diputus";
    case EventType::AttendanceMonthClosed: return "Presensi bulan ditutup";
    case EventType::FeedbackGiven: return "Umpan balik diberikan";
    case EventType::DialogueHeld: return "Dialog kinerja dilakukan";
    case EventType::CoachingPlanned: return "Pembinaan direncanakan";
    case EventType::SurveyOpened: return "Survei perilaku dibuka";
    case EventType::SurveyAnswered: return "Survei perilaku dijawab";
    case EventType::SurveyClosed: return "Survei perilaku ditutup";
    case EventType::WorkResultRated: return "Hasil kerja dinilai";
    case EventType::BehaviourRated: return "Perilaku kerja dinilai";
    case EventType::InnovationRecognised: return "Inovasi diakui";
    case EventType::EvaluationDelivered: return "Penilaian disampaikan";
    case EventType::ObjectionFiled: return "Keberatan diajukan";
    case EventType::ExplanationRequested: return "Penjelasan diminta";
    case EventType::ExplanationGiven: return "Penjelasan diberikan";
    case EventType::ObjectionDecided: return "Keberatan diputus";
    case EventType::EvaluationCorrected: return "Penilaian diperbaiki";
    case EventType::UnitPredicateSet: return "Predikat unit ditetapkan";
    case EventType::EvaluationAcknowledged: return "Penilaian diterima pegawai";
    case EventType::EvaluationRefused: return "Penilaian tidak ditandatangani pegawai";
    case EventType::UnitEvaluationsClosed: return "Penilaian unit ditutup";
    case EventType::RankingGroupFrozen: return "Kelompok pemeringkatan dibekukan";
    case EventType::RankingGroupMember: return "Anggota kelompok pemeringkatan";
    case EventType::TieAtCutoffFound: return "Nilai sama di batas ditemukan";
    case EventType::TieResolved: return "Nilai sama di batas diputus";
    case EventType::RankingPublished: return "Pemeringkatan diumumkan";
    case EventType::RankingMemberPlaced: return "Peringkat anggota ditetapkan";
    case EventType::TppCeilingSet: return "Pagu TPP ditetapkan";
    case EventType::BudgetSet: return "Anggaran ditetapkan";
    case EventType::DeductionSet: return "Potongan ditetapkan";
    case EventType::TppAdjustmentDecided: return "Penyesuaian TPP diputus";
    case EventType::UnitSanctionImposed: return "Sanksi unit kerja dijatuhkan";
    case EventType::DisciplinarySanctionImposed: return "Hukuman disiplin dijatuhkan";
    case EventType::DisciplinarySanctionCancelled: return "Hukuman disiplin dibatalkan";
    case EventType::TppRunComputed: return "Daftar TPP dihitung";
    case EventType::TppPaymentComputed: return "Pembayaran TPP dihitung";
    case EventType::TppRunLocked: return "Daftar TPP dikunci";
    case EventType::TppRunReopened: return "Daftar TPP dibuka kembali";
    case EventType::TppCorrectionPosted: return "Koreksi TPP dibukukan";
    case EventType::PaymentOrdered: return "Pembayaran diperintahkan";
    case EventType::PaymentConfirmed: return "Pembayaran dikonfirmasi";
    case EventType::PaymentReturned: return "Pembayaran dikembalikan bank";
    case EventType::SeniorPostFilled: return "Jabatan pimpinan tinggi diisi";
    case EventType::SeniorPostReviewed: return "Jabatan pimpinan tinggi dievaluasi";
    case EventType::SeniorPostExtended: return "Jabatan pimpinan tinggi diperpanjang";
    case EventType::SeniorPostEnded: return "Jabatan pimpinan tinggi berakhir";
    case EventType::MeritEvidenceAttached: return "Bukti sistem merit dilampirkan";
    case EventType::MeritSelfAssessed: return "Sistem merit dinilai sendiri";
    case EventType::MeritScoreReceived: return "Nilai sistem merit diterima";
    case EventType::EvidenceBundleSealed: return "Bundel bukti disegel";
  }
  return "Peristiwa";
}

// DailyReportApproved as "Daily report approved".
std::string english(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital && !out.empty()) out += ' ';
    out += capital && !out.empty() ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (out.starts_with("Tpp")) out.replace(0, 3, "TPP");
  return out;
}

}  // namespace

std::string event_name(EventType type, Language language) {
  return language == Language::indonesian ? std::string(indonesian(type))
                                          : english(to_string(type));
}

Words words(Assurance assurance) {
  switch (assurance) {
    case Assurance::unspecified: break;
    case Assurance::claimed: return {"menurut keterangan pengirim", "by the submitter's word"};
    case Assurance::authenticated: return {"kredensial diperiksa", "by a checked credential"};
  }
  return {"tidak diketahui", "unknown"};
}

Words words(Role role) {
  switch (role) {
    case Role::unspecified: break;
    case Role::employee: return {"pegawai", "employee"};
    case Role::appraiser: return {"pejabat penilai", "appraiser"};
    case Role::hr: return {"pengelola kepegawaian", "personnel office"};
    case Role::auditor: return {"pemeriksa", "auditor"};
    case Role::treasurer: return {"bendahara", "treasurer"};
    case Role::integrator: return {"sistem penghubung", "connected system"};
    case Role::operator_: return {"pengelola sistem", "operator"};
    case Role::official: return {"pejabat berwenang", "authorised official"};
  }
  return {"peran tidak diketahui", "unknown role"};
}

}  // namespace runut
