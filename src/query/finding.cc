#include "query/finding.h"

#include <array>

#include "computation/facts.h"
#include "query/wording.h"

namespace runut {
namespace {

using Kind = Finding::Kind;

// {0}, {1}, … are the finding's values; {who}, {subject}, {rule}, {detail} and {amount} its fields.
struct FindingWords {
  Words title, condition, cause, effect;
  // What holds where no parameter of a document does.
  Words criterion{"Keputusan yang diulang dengan fakta yang sama memberi hasil yang sama",
                  "Decided again on the same facts, the outcome is the same"};
};

// What a rule of authority asks for (rulebook 3.1, Who approves, and section 2, Decisions).
struct RuleWords {
  std::string_view rule;  // or its beginning
  Words words;
};
constexpr RuleWords rules_of_authority[] = {
    {"authority.self",
     {"Tidak seorang pun memutuskan pekerjaannya sendiri", "Nobody decides on their own work"}},
    {"tie.own_case",
     {"Tidak seorang pun memutuskan tempatnya sendiri", "Nobody decides on their own place"}},
    {"authority.not_appraiser",
     {"Yang memutuskan ialah pejabat penilai pada tanggal itu; bila ia telah berhenti, atasannya",
      "The appraiser of that date decides; the appraiser's superior when that one has left"}},
    {"authority.delegation",
     {"Yang bertindak atas nama pejabat penilai memegang delegasi yang berlaku pada hari itu",
      "Who acts for the appraiser holds a delegation that is valid on that day"}},
    {"authority.not_superior",
     {"Yang memutuskan ialah atasan pejabat penilai", "The appraiser's superior decides"}},
    {"authority.own_",
     {"Hanya yang bersangkutan yang melakukannya", "Only that person does it for themself"}},
    {"actor.role",
     {"Yang memutuskan bertindak dalam peran yang berwenang",
      "Who decides acts in a role that has the authority"}},
};

constexpr Words decided_again{"Keputusan diulang dari log; hasilnya berbeda: {detail}",
                              "Decided again from the log, the outcome differs: {detail}"};
constexpr Words worthless{
    "Peristiwa ini, dan pembayaran atau peringkat yang memakainya, tidak dapat diandalkan",
    "This event, and any payment or rank that rests on it, cannot be relied on"};
constexpr Words acted_by{"Dilakukan oleh {who}", "Done by {who}"};

// One a kind, in the order of the enumeration.
constexpr std::array<FindingWords, static_cast<std::size_t>(last_finding_kind) + 1> finding_words =
    {{
        {{"Catatan tidak sesuai aturan", "Recorded otherwise than the rules give"},
         decided_again,
         acted_by,
         worthless},
        {{"Keputusan oleh yang tidak berwenang", "Decided without authority"},
         decided_again,
         {"{who} tidak berwenang menurut {rule}", "{who} has no authority under {rule}"},
         worthless},
        {{"Menyetujui pekerjaan sendiri", "Decided on one's own work"},
         decided_again,
         {"{who} memutuskan pekerjaannya sendiri", "{who} decided on their own work"},
         worthless},
        {{"Pemisahan tugas dilanggar", "Separation of duties breached"},
         decided_again,
         {"{who} melakukan dua langkah yang harus dipisah",
          "{who} did both of two steps that have to be separate"},
         worthless},
        {{"Percobaan yang ditolak", "Refused attempt"},
         {"{0} dicoba oleh {who} pada {1} dan ditolak",
          "{0} was tried by {who} at {1} and refused"},
         {"{who} tidak berwenang menurut {rule}", "{who} has no authority under {rule}"},
         {"Tidak ada: yang ditolak tidak mengubah apa pun",
          "None: what is refused changes nothing"}},
        {{"Persetujuan terlambat", "Late approval"},
         {"Laporan {0} tanggal {1} disetujui {2}", "Report {0} of {1} was approved {2}"},
         {"{who} menyetujui sesudah batas waktu", "{who} approved after the cut-off"},
         {"{3} menit tidak dihitung dalam produktivitas bulan itu",
          "{3} minutes do not count in that month's productivity"}},
        {{"Dispensasi kehadiran terlambat", "Late excuse"},
         {"Dispensasi tanggal {0} {2}: {1}", "The excuse for {0} was {2}: {1}"},
         acted_by,
         {"Potongan hari itu batal dalam daftar bulannya hanya bila diputuskan sebelum batas waktu",
          "That day's deductions fall away in the month's run only when it is decided before the "
          "cut-off"}},
        {{"Pindah di tengah bulan", "Move within a month"},
         {"Pindah dari {0} ke {1} pada {2}", "Moved from {0} to {1} on {2}"},
         acted_by,
         {"TPP bulan itu dibagi menurut hari kerja di masing-masing jabatan",
          "That month's TPP is shared by the working days in each post"},
         {"Hari kerja dihargai dengan plafon kelas jabatan pada hari itu",
          "A working day is priced by the ceiling of that day's job class"}},
        {{"Nilai sama pada batas peringkat", "Tie at a cut-off"},
         {"Kelompok {0}, nilai {1}: {2} orang untuk {3} tempat",
          "Group {0}, score {1}: {2} people for {3} places"},
         {"Kunci pembeda tidak memisahkan mereka", "The tie keys do not separate them"},
         {"Peringkat menunggu keputusan pejabat", "The ranking waits for an official's decision"}},
        {{"Nilai sama diputuskan", "Tie decided"},
         {"Kelompok {0}: diputuskan dengan {1}", "Group {0}: decided by {1}"},
         {"Ditandatangani {2} sebagai {3}", "Signed by {2} as {3}"},
         {"Ditempatkan {4} ekspektasi: {5}", "Placed {4} expectation: {5}"}},
        {{"Keberatan diajukan", "Objection filed"},
         {"Keberatan atas penilaian {0}", "Objection to the evaluation of {0}"},
         {"Diajukan oleh {who}", "Filed by {who}"},
         {"Menunggu keputusan atasan pejabat penilai",
          "Waits for the decision of the appraiser's superior"}},
        {{"Keberatan diputuskan", "Objection decided"},
         {"Keberatan atas penilaian {0}: {1}", "Objection to the evaluation of {0}: {1}"},
         {"Diputuskan oleh {who} dengan {2}", "Decided by {who} with {2}"},
         {"Yang dikabulkan diikuti koreksi penilaian",
          "One that is upheld is followed by a correction of the evaluation"}},
        {{"Keberatan lewat waktu", "Late objection"},
         {"{0} hari sejak {1}, padahal batasnya {2} hari ({rule})",
          "{0} days since {1}, where {2} are allowed ({rule})"},
         acted_by,
         {"Dicatat dan ditandai; tidak hilang", "Recorded and marked; not lost"}},
        {{"Penilaian dikoreksi", "Evaluation corrected"},
         {"Penilaian {0} dikoreksi; hasil kerja menjadi {1}",
          "The evaluation of {0} was corrected; the work result became {1}"},
         {"Dikoreksi oleh {who} dengan {2}", "Corrected by {who} with {2}"},
         {"Peringkat perorangan dan TPP bulan yang dibayar dengannya dihitung ulang",
          "The person's place and the TPP of the months it pays are computed again"},
         {"Koreksi memuat seluruh nilai baru dan mengubah tempat yang bersangkutan saja",
          "A correction carries the whole new result and changes that person's place alone"}},
        {{"Jumlah kelompok berubah oleh koreksi", "Group counts changed by a correction"},
         {"Kelompok {0}, {1} anggota: kini {2} di atas dan {3} di bawah; diterbitkan {4} dan {5}",
          "Group {0}, {1} members: now {2} above and {3} below; {4} and {5} were published"},
         {"Penilaian {subject} dikoreksi oleh {who}",
          "The evaluation of {subject} was corrected by {who}"},
         {"Anggota lain tetap di tempatnya; selisih jumlah dibayar dari anggaran",
          "The others keep their places; the budget bears the difference in counts"}},
        {{"Koreksi TPP", "TPP correction"},
         {"TPP {0} dikoreksi dalam {1}", "The TPP of {0} was corrected by {1}"},
         {"Fakta yang datang sesudah bulannya dikunci",
          "Facts that came after the month was locked"},
         {"{amount}", "{amount}"},
         {"Daftar terkunci tidak berubah; selisihnya dibayar dengan koreksi",
          "A locked run never changes; the difference is paid by a correction"}},
        {{"Persetujuan beruntun", "Burst of approvals"},
         {"{0} laporan dari {3} pegawai disetujui antara {1} dan {2}",
          "{0} reports of {3} people were approved between {1} and {2}"},
         {"{who} menyetujui lebih cepat daripada membaca", "{who} approved faster than one reads"},
         {"Isi laporan patut diduga tidak diperiksa", "The reports were hardly looked at"},
         {"Ambang pemeriksaan Runut, bukan peraturan: {4} persetujuan dalam satu menit",
          "Runut's own threshold, no regulation: {4} approvals within a minute"}},
        {{"Kelompok di luar kuota", "Group outside its quota"},
         {"Kelompok {0}, {1} anggota: di atas {2}, di bawah {3}; kuotanya {4} dan {5}",
          "Group {0}, {1} members: {2} above, {3} below; its quota is {4} and {5}"},
         acted_by,
         {"Anggota menerima tambahan atau potongan di luar kuota",
          "Members are paid or cut outside the quota"}},
        {{"Nilai berubah sesudah daftar dikunci", "Rating changed after a lock"},
         {"Penilaian {0} diubah sesudah {1} dikunci",
          "The evaluation of {0} changed after {1} was locked"},
         {"Diubah oleh {who}; wewenang: {2}", "Changed by {who}; authority: {2}"},
         {"Daftar itu tetap; selisihnya dibayar dengan koreksi",
          "That run stays; the difference is paid by corrections"},
         {"Sesudah daftar dikunci, penilaian berubah hanya dengan wewenang yang dicatat",
          "After a lock an evaluation changes only by an authority that is recorded"}},
        {{"Keberatan belum diputuskan", "Objection overdue"},
         {"Keberatan atas penilaian {0}, diajukan {1}, belum diputuskan sesudah {2} hari; batasnya "
          "{3} hari",
          "The objection to the evaluation of {0}, filed {1}, is undecided after {2} days; {3} are "
          "allowed"},
         {"Atasan pejabat penilai belum memutuskan", "The appraiser's superior has not decided"},
         {"Peringkat dan TPP belum tetap bagi yang mengajukan",
          "Rank and TPP of who filed it are not final"}},
        {{"Kehadiran belum ditutup", "Attendance never closed"},
         {"Kehadiran {0} bulan {1} belum ditutup; {2} pegawai berhak TPP",
          "Attendance of {0} for {1} was never closed; {2} people are eligible for TPP"},
         {"Pengelola kepegawaian unit belum menutupnya", "The unit's registrar has not closed it"},
         {"Daftar TPP bulan itu tidak dapat dihitung selama disiplin diperhitungkan",
          "No run of that month can be computed as long as discipline counts"}},
        {{"Data lama diimpor apa adanya", "Imported as found"},
         {"{0} oleh {who} pada {1} diimpor dari sistem lama tanpa wewenang menurut aturan",
          "{0} by {who} at {1} was imported from a legacy system, without authority by the rules"},
         {"Sistem lama membiarkannya", "The legacy system let it pass"},
         {"Tidak dihitung sampai diterima oleh pejabat dengan keputusan",
          "It counts for nothing until an official accepts it by decree"},
         {"Hanya pejabat penilai, atau yang diberi delegasi, yang memutuskan",
          "Only the appraiser, or who holds a delegation, decides"}},
        {{"Kehadiran terlambat ditutup", "Attendance closed late"},
         {"Kehadiran {0} bulan {1} ditutup {2}, sesudah daftar {3} dihitung",
          "Attendance of {0} for {1} was closed {2}, when {3} had been computed"},
         {"Ditutup oleh {who}", "Closed by {who}"},
         {"Daftar TPP unit pembayarnya menunggu", "The run of its paying unit had to wait"}},
        {{"Unit di luar sebaran predikat", "Unit outside its distribution"},
         {"{0}, periode {1}, predikat {2}: {3} pegawai dinilai, {4}",
          "{0}, period {1}, predicate {2}: {3} people rated, {4}"},
         {"Ditutup oleh {who}; sebaran bersifat anjuran",
          "Closed by {who}; the distribution is advice"},
         {"Predikat pegawai tidak sejalan dengan predikat unitnya",
          "The people's predicates do not match their unit's"}},
        {{"Masa jabatan pimpinan tinggi terlewati", "Senior post overdue"},
         {"{0} di {1} dijabat {subject} sejak {2}; evaluasi jatuh tempo {3}, belum diputuskan",
          "{0} of {1} is held by {subject} since {2}; its review was due on {3} and nobody "
          "decided"},
         {"Pejabat yang berwenang belum memperpanjang atau mengakhiri masa jabatan",
          "The authority has neither extended nor ended the tenure"},
         {"Masa jabatan berjalan tanpa keputusan", "The tenure runs on without a decision"}},
    }};

// Values that are words.
constexpr Words value_words[] = {
    {"diajukan sesudah bulannya ditutup", "filed after its month was closed"},
    {"diputuskan sesudah batas waktu", "decided after the cut-off"},
    {"dikabulkan", "upheld"},
    {"ditolak", "rejected"},
    {"di atas", "above"},
    {"di bawah", "below"}};

std::string filled(std::string_view words, const Finding& finding, Language language) {
  const auto value = [&](std::string_view name) -> std::string {
    if (name == "who")
      return finding.by ? to_string(*finding.by)
                        : std::string(Words{"sistem", "the system"}.in(language));
    if (name == "subject") return to_string(finding.subject);
    if (name == "rule") return finding.rule;
    if (name == "detail") return finding.detail;
    if (name == "amount")
      return finding.amount ? signed_rupiah(*finding.amount, language) : std::string();
    const auto index = static_cast<std::size_t>(name.front() - '0');
    RUNUT_CHECK(name.size() == 1 && index < finding.values.size(), "a wording names a value");
    const std::string& given = finding.values[index];
    for (const Words& word : value_words)
      if (word.en == given) return std::string(word.in(language));
    return given;
  };
  std::string out;
  for (std::size_t i = 0; i < words.size();) {
    const std::size_t end = words[i] == '{' ? words.find('}', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      out += words[i++];
      continue;
    }
    out += value(words.substr(i + 1, end - i - 1));
    i = end + 1;
  }
  return out;
}

std::string criterion_text(const Finding& finding, const FindingWords& said, Language language) {
  std::string out;
  if (finding.criterion) {
    const Criterion& criterion = *finding.criterion;
    out = std::string(words(criterion.parameter).in(language)) + ": " +
          criterion.provenance.clause + " (" +
          std::string(words(criterion.provenance.status).in(language)) + "; " + criterion.document +
          ")";
  } else {
    Words asked = said.criterion;
    for (const RuleWords& of : rules_of_authority)
      if (finding.rule.starts_with(of.rule)) asked = of.words;
    out = filled(asked.in(language), finding, language);
  }
  if (!finding.rule.empty()) out += " [" + finding.rule + "]";
  return out;
}

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::mismatch: return "mismatch";
    case Kind::authority: return "authority";
    case Kind::self_approval: return "self_approval";
    case Kind::separation_of_duties: return "separation_of_duties";
    case Kind::refused_attempt: return "refused_attempt";
    case Kind::late_approval: return "late_approval";
    case Kind::late_excuse: return "late_excuse";
    case Kind::mid_month_move: return "mid_month_move";
    case Kind::tie: return "tie";
    case Kind::tie_resolved: return "tie_resolved";
    case Kind::objection: return "objection";
    case Kind::objection_decided: return "objection_decided";
    case Kind::late_objection: return "late_objection";
    case Kind::evaluation_corrected: return "evaluation_corrected";
    case Kind::counts_after_correction: return "counts_after_correction";
    case Kind::correction_posted: return "correction_posted";
    case Kind::approval_burst: return "approval_burst";
    case Kind::outside_quota: return "outside_quota";
    case Kind::rating_after_lock: return "rating_after_lock";
    case Kind::overdue_objection: return "overdue_objection";
    case Kind::attendance_gap: return "attendance_gap";
    case Kind::imported_as_found: return "imported_as_found";
    case Kind::late_closing: return "late_closing";
    case Kind::outside_distribution: return "outside_distribution";
    case Kind::overdue_senior_post: return "overdue_senior_post";
  }
  return "mismatch";
}

Finding finding_at(Kind kind, const Event& event) {
  Finding out;
  out.kind = kind;
  out.sequence = event.sequence;
  out.subject = event.subject;
  out.month = month_of(event.occurred_on);
  out.events = {event.sequence};
  out.by = event.actor.person();
  return out;
}

Kind kind_of_refusal(const Error& error) {
  if (error.code != ErrorCode::unauthorised) return Kind::mismatch;
  if (error.rule == "authority.self" || error.rule == "tie.own_case") return Kind::self_approval;
  if (error.rule == "authority.separation") return Kind::separation_of_duties;
  return Kind::authority;
}

std::optional<Parameter> parameter_of(std::string_view rule) {
  if (rule == "authority.separation") return Parameter::separation_of_duties;
  if (rule == "ranking.signatory") return Parameter::ranking_signatories;
  if (rule == "senior_post.signatory" || rule == "senior_post.minimum_term")
    return Parameter::senior_post_terms;
  if (rule == "run.lock_signatory") return Parameter::lock_signatories;
  if (rule == "tie.authority") return Parameter::tie_authority;
  return std::nullopt;
}

std::optional<Criterion> criterion_on(const AgencyFacts& agency, Parameter parameter, Date day,
                                      Sequence known_at) {
  const auto document = agency.timeline.in_force(day, known_at);
  if (!document) return std::nullopt;
  return Criterion{parameter, (*document)->header.id, (*document)->provenance(parameter)};
}

FindingText finding_text(const Finding& finding, Language language) {
  const FindingWords& said = finding_words[static_cast<std::size_t>(finding.kind)];
  return {.title = std::string(said.title.in(language)),
          .condition = filled(said.condition.in(language), finding, language),
          .criterion = criterion_text(finding, said, language),
          .cause = filled(said.cause.in(language), finding, language),
          .effect = filled(said.effect.in(language), finding, language)};
}

}  // namespace runut
