// The sentences of an explanation, word for word, and the page they stand on.
#include <gtest/gtest.h>

#include "query/explain_page.h"

namespace runut {
namespace {

using enum Language;

// Line breaks and alignment are not what these tests are about.
std::string squeezed(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n';
    if (!blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  return out;
}
std::string told(const Explanation& explanation, Language language) {
  return squeezed(to_text(explanation_page(explanation, language)));
}
void expect_says(const Explanation& explanation, Language language, const std::string& sentence) {
  const std::string text = told(explanation, language);
  EXPECT_NE(text.find(sentence), std::string::npos) << sentence << "\nin\n" << text;
}

RankBranch tenth_of_ten() {
  RankBranch rank;
  rank.period = {month(2022, 1), 6};
  rank.group = "U9";
  rank.scope = RankingScope::unit;
  rank.minimum_size = 5;
  rank.shares = {BasisPoints{1'000}, BasisPoints{7'500}, BasisPoints{1'500}};
  rank.tie_keys = {TieKey::result, TieKey::behaviour, TieKey::discipline};
  rank.placed.unit = UnitId{9};
  rank.published = Sequence{61'078};
  rank.published_on = date(2022, 8, 19);
  rank.members = 10;
  rank.above = 1;
  rank.below = 1;
  rank.cutoff_above = Score{9'356};
  rank.cutoff_below = Score{8'064};
  rank.placed.score = Score{8'064};
  rank.placed.result = Score{7'828};
  rank.placed.behaviour = Score{8'614};
  rank.placed.rank = 10;
  rank.placed.tier = Tier::below;
  rank.neighbours = {{9, Score{8'089}, Tier::meets, false}, {10, Score{8'064}, Tier::below, true}};
  rank.distance = Score{25};
  rank.document = "kota-kediri-2022-08";
  rank.by_decision_date = true;
  rank.delta = BasisPoints{-500};
  rank.amount = Rupiah{-160'263};
  rank.by_result = Avoidance{true, std::nullopt, Score{7'828}, Score{7'865}, {9}};
  rank.by_behaviour = Avoidance{false, 1, Score{8'500}, {}, {}};
  return rank;
}

Explanation august() {
  Explanation from;
  from.agency = "kota-kediri";
  from.agency_name = "Pemerintah Kota Kediri";
  from.utc_offset_minutes = 420;
  from.person = PersonId{68};
  from.month = month(2022, 8);
  from.head = Sequence{700};
  from.run = {UnitId{6}, month(2022, 8), RunKind::regular, 1};
  from.payment_event = Sequence{650};
  from.computed_at = Sequence{640};
  from.locked = true;
  from.reproduced = true;
  from.payment.net = Rupiah{2'849'804};
  return from;
}

TEST(RankSentences, SayWhatMovedTheRank) {
  Explanation from = august();
  from.rank = tenth_of_ten();
  expect_says(from, indonesian, "Peringkat 10 dari 10 → di bawah ekspektasi");
  expect_says(from, english, "Rank 10 of 10 → below expectation");
  expect_says(from, indonesian,
              "Nilai terendah yang tidak di bawah ekspektasi 80,89, berjarak 0,25 dari nilai ini");
  expect_says(from, english, "Lowest score not below expectation 80.89, 0.25 away from this score");
  expect_says(from, indonesian, "Akibat bulan ini -5,00 % = -Rp 160.263");
  expect_says(from, english, "Effect this month -5.00 % = -Rp 160,263");
  expect_says(from, indonesian,
              "Laporan harian tidak masuk ke nilai kinerja menurut peraturan ini");
  expect_says(from, english, "Daily reports did not enter the score under this regulation");
  expect_says(from, indonesian,
              "Periode semester 1 tahun 2022 diperingkat menurut kota-kediri-2022-08 karena aturan "
              "peringkat berlaku "
              "pada tanggal pengumuman; pilihan ini masih asumsi dan perlu dikonfirmasi kota.");
}

TEST(RankSentences, SayWhatWouldHaveAvoidedTheCut) {
  Explanation from = august();
  from.rank = tenth_of_ten();
  expect_says(from, indonesian,
              "Apa yang menghindarkannya: hasil kerja 78,65 alih-alih 78,28 (+0,37) sudah cukup, "
              "dihitung ulang dengan "
              "peristiwa pengandaian; satu langkah 0,01 kurang masih gagal. Yang terpotong sebagai "
              "gantinya: peringkat "
              "9 dari 10.");
  expect_says(from, english,
              "What would have avoided it: work result 78.65 instead of 78.28 (+0.37) is enough, "
              "computed again with a "
              "hypothetical event; one step of 0.01 less still fails. Cut instead: rank 9 of 10.");
}

TEST(RankSentences, SayThatNothingUpTo120WouldHave) {
  Explanation from = august();
  from.rank = tenth_of_ten();
  expect_says(
      from, indonesian,
      "Apa yang menghindarkannya: tidak ada; nilai perilaku ke-2 sampai 120,00 pun tidak cukup.");
  expect_says(from, english,
              "What would have avoided it: nothing; not even behaviour value no. 2 up to 120.00 "
              "would have.");
}

TEST(RankSentences, TellSomebodyInTheMiddleHowFarBothEndsAre) {
  Explanation from = august();
  from.rank = tenth_of_ten();
  from.rank->placed.tier = Tier::meets;
  from.rank->placed.score = Score{9'000};
  from.rank->distance.reset();
  from.rank->by_result.reset();
  from.rank->by_behaviour.reset();
  expect_says(from, english, "Lowest score above expectation 93.56, 3.56 away from this score");
  expect_says(from, english, "Highest score below expectation 80.64, 9.36 away from this score");
  EXPECT_EQ(told(from, english).find("avoided"), std::string::npos);
}

TEST(RankSentences, SayWhatTheKeysInForceDecide) {
  Explanation from = august();
  from.rank = tenth_of_ten();
  expect_says(from, indonesian,
              "Di antara nilai yang sama berlaku berturut-turut: hasil kerja, perilaku kerja, "
              "disiplin rata-rata periode. Hanya di situ kehadiran ikut menentukan.");
  expect_says(from, english,
              "Between equal scores decide, in this order: work result, behaviour, mean discipline "
              "of the period. There alone attendance has a part.");
  from.rank->tie_keys = {TieKey::behaviour};
  expect_says(from, english,
              "Between equal scores decide, in this order: behaviour. Attendance has no part in "
              "the rank.");
  from.rank->tie_keys = {};
  expect_says(from, indonesian,
              "Di antara nilai yang sama tidak ada pembanding: pejabat yang memutus. Kehadiran "
              "tidak ikut menentukan peringkat.");
  expect_says(from, english,
              "Nothing decides between equal scores: an official does. Attendance has no part in "
              "the rank.");
}

TEST(RankSentences, SayThatAnOfficialDecidedATie) {
  Explanation from = august();
  from.rank = tenth_of_ten();
  from.rank->distance = Score{0};
  TieBranch tie;
  tie.cutoff = Cutoff::below;
  tie.members = 2;
  tie.places = 1;
  tie.score = Score{8'064};
  tie.chosen = true;
  tie.resolved = Sequence{61'000};
  tie.decree = {"BA 800/1129", date(2022, 8, 18), PersonId{2}, "Sekretaris Daerah", {}};
  from.rank->ties = {tie};
  expect_says(from, indonesian,
              "Nilai sama pada batas: 2 anggota, termasuk pegawai ini, bernilai 80,64 dan "
              "pembanding yang sama pula (hasil kerja, perilaku kerja, disiplin rata-rata "
              "periode); tempat di bawah ekspektasi untuk mereka: 1. Yang menentukan "
              "bukan nilai melainkan keputusan pejabat: Sekretaris Daerah (P2), BA 800/1129 "
              "tanggal 18 Agustus 2022; #61000. Pegawai ini dipilih untuk di bawah ekspektasi.");
  expect_says(from, english, "This person was chosen for below expectation.");
  expect_says(from, english, "Lowest score not below expectation 80.64, equal to this score");
  from.rank->ties.front().chosen = false;
  from.rank->placed.tier = Tier::meets;
  expect_says(from, english,
              "This person was not chosen for below expectation, and so meets expectation.");
  from.rank->tie_keys = {};
  expect_says(
      from, english,
      "have the score 80.64 and the rules name nothing else; places below expectation for them: 1. "
      "Not the score decided but an official: Sekretaris Daerah (P2), BA 800/1129 of 18 "
      "August 2022; #61000.");
}

TEST(RankSentences, SayWhoWasRankedTogetherAndWhy) {
  struct Row {
    RankingScope scope;
    const char* group;
    const char* id;
    const char* en;
  };
  Explanation from = august();
  from.units = {{UnitId{9}, "Dinas Sosial"}, {UnitId{4}, "Sekretariat"}};
  from.rank = tenth_of_ten();
  for (const Row& row : {
           Row{RankingScope::unit, "U9",
               "kelompok Dinas Sosial (U9) dengan 10 anggota Mengapa kelompok ini satu kelompok "
               "tiap unit kerja; pegawai ini pada hari terakhir periode: Dinas Sosial (U9); paling "
               "sedikit 5 anggota",
               "one group a unit; this person on the period's last day: Dinas Sosial (U9); of at "
               "least 5 members"},
           Row{RankingScope::unit, "U4", "kelompok Sekretariat (U4) dengan 10 anggota",
               "a group of fewer than 5 members joins the one above it"},
           Row{RankingScope::unit_and_job_class, "U9/7",
               "kelompok Dinas Sosial (U9), kelas jabatan 7 dengan",
               "group Dinas Sosial (U9), job class 7 of 10 members"},
           Row{RankingScope::appraiser, "P12", "kelompok pejabat penilai P12 dengan",
               "group appraiser P12 of"},
           Row{RankingScope::job_class, "C7", "kelompok kelas jabatan 7 dengan",
               "group job class 7 of"},
           Row{RankingScope::agency, "AGENCY", "kelompok seluruh instansi dengan",
               "group the whole agency of"},
       }) {
    from.rank->scope = row.scope;
    from.rank->group = row.group;
    expect_says(from, indonesian, row.id);
    expect_says(from, english, row.en);
  }
  expect_says(from, english,
              "Places 1 above expectation (10.00 % of 10), 1 below expectation (15.00 % of 10)");
  from.rank->reproduced = false;
  expect_says(from, english, "WARNING: cut again this group differs from what was published.");
}

TEST(CorrectionSentences, ShowPaidRecomputedDifferenceAndCause) {
  Explanation from = august();
  CorrectionBranch correction;
  correction.run = {UnitId{6}, month(2022, 8), RunKind::correction, 1};
  correction.posted = Sequence{690};
  correction.settled = Rupiah{2'849'804};
  correction.recomputed = Rupiah{3'000'451};
  correction.amount = Rupiah{150'647};
  correction.lines = {{LineKind::adjustment, {}, {}, Rupiah{-160'263}, Rupiah{0}},
                      {LineKind::tax, {}, {}, Rupiah{-152'250}, Rupiah{-161'866}}};
  correction.causes = {Sequence{680}};
  from.corrections = {correction};
  EventRef cause;
  cause.sequence = Sequence{680};
  cause.type = EventType::ObjectionDecided;
  cause.occurred_on = date(2022, 9, 13);
  cause.recorded_at = start_of(cause.occurred_on, from.utc_offset_minutes);
  EventRef posted;
  posted.sequence = correction.posted;
  posted.type = EventType::TppCorrectionPosted;
  posted.occurred_on = date(2022, 8, 31);
  posted.recorded_at = start_of(date(2022, 9, 16), from.utc_offset_minutes);
  from.events = {cause, posted};
  expect_says(from, indonesian,
              "Dibukukan Koreksi TPP dibukukan (#690, tentang 31 Agustus 2022, dicatat 16 "
              "September 2022)");
  expect_says(from, english,
              "Posted TPP correction posted (#690, concerns 31 August 2022, recorded 16 September "
              "2022)");
  expect_says(from, indonesian, "D. Koreksi lewat daftar koreksi unit U6 bulan Agustus 2022, ke-1");
  expect_says(from, indonesian, "Sebab Keberatan diputus (#680, 13 September 2022)");
  expect_says(from, english, "Cause Objection decided (#680, 13 September 2022)");
  expect_says(from, indonesian, "penyesuaian -Rp 160.263 Rp 0 +Rp 160.263");
  expect_says(from, indonesian, "jumlah selisih +Rp 150.647");
  expect_says(from, english,
              "Paid before Rp 2,849,804 Recomputed Rp 3,000,451 Difference paid +Rp 150,647");
}

// The steps of one objection, a day apart from 1 September on.
Explanation disputed() {
  Explanation from = august();
  ObjectionBranch branch;
  branch.period = Period{month(2022, 1), 6};
  branch.filed = Sequence{601};
  branch.decision_by = date(2022, 9, 15);
  from.objections = {branch};
  const std::pair<std::uint64_t, EventType> steps[] = {{601, EventType::ObjectionFiled},
                                                       {602, EventType::ObjectionDecided},
                                                       {603, EventType::EvaluationCorrected},
                                                       {604, EventType::TppAdjustmentDecided},
                                                       {605, EventType::TppCorrectionPosted}};
  for (const auto& [sequence, type] : steps) {
    EventRef event;
    event.sequence = Sequence{sequence};
    event.type = type;
    event.occurred_on = date(2022, 9, 1) + static_cast<int>(sequence - 601);
    event.recorded_at = start_of(event.occurred_on, from.utc_offset_minutes);
    event.actor = {ActorKind::person, 68, Role::employee, Assurance::claimed, {}, {}, {}, {}};
    from.events.push_back(event);
  }
  return from;
}

TEST(ObjectionSentences, AreNumberedWithTheCorrectionsWhereThereAreSeveral) {
  Explanation from = disputed();
  CorrectionBranch correction;
  correction.run = {UnitId{6}, month(2022, 8), RunKind::correction, 1};
  correction.amount = Rupiah{150'647};
  correction.posted = Sequence{605};
  from.corrections = {correction};
  expect_says(from, indonesian, "D.1. Keberatan atas penilaian semester 1 tahun 2022");
  expect_says(from, indonesian, "D.2. Koreksi lewat daftar koreksi unit U6 bulan Agustus 2022");
  expect_says(from, english, "D.2. Correction +Rp 150,647");
}

TEST(ObjectionSentences, SayWhatIsOpenAndUntilWhen) {
  const Explanation from = disputed();
  expect_says(from, indonesian, "D. Keberatan atas penilaian semester 1 tahun 2022");
  expect_says(
      from, indonesian,
      "Keberatan belum diputus, batas waktunya 15 September 2022: sampai diputus, penilaian "
      "tetap berlaku.");
  expect_says(from, english, "D. Objection to the evaluation of half-year 1 of 2022");
  expect_says(from, english,
              "The objection is not decided yet, it is due by 15 September 2022: until it is, the "
              "evaluation stands.");
  expect_says(from, english,
              "601 Objection filed 2022-09-01 00:00:00 P68, employee by the submitter's word");
}

TEST(ObjectionSentences, SayWhoDismissedItByWhichDecreeAndHowLate) {
  Explanation from = disputed();
  ObjectionBranch& branch = from.objections.front();
  branch.decision_by.reset();
  branch.decided = Sequence{602};
  branch.decree = Decree{"SK 7", date(2022, 9, 2), PersonId{3}, "Kepala Dinas", {}};
  branch.late = {
      {Sequence{601}, {"objection.filed_late", "", 19, 14, date(2022, 8, 13), Sequence{590}}},
      {Sequence{602}, {"objection.decided_late", "", 20, 14, date(2022, 9, 1), Sequence{601}}}};
  expect_says(from, indonesian, "keberatan ditolak");
  expect_says(from, indonesian, "ditolak, SK 7, 2 September 2022, Kepala Dinas; diputus terlambat");
  expect_says(from, english, "the objection was dismissed");
  expect_says(from, english,
              "filed too late: 19 days after 13 August 2022 (#590), 14 days are allowed");
  expect_says(from, english,
              "dismissed, SK 7, 2 September 2022, Kepala Dinas; decided too late: 20 days after 1 "
              "September 2022 (#601), 14 days are allowed");
}

TEST(ObjectionSentences, LeadFromTheObjectionToTheCorrection) {
  Explanation from = disputed();
  ObjectionBranch& branch = from.objections.front();
  branch.decided = Sequence{602};
  branch.upheld = true;
  expect_says(from, indonesian, "keberatan dikabulkan; penilaian belum diperbaiki");
  expect_says(from, english, "upheld; the evaluation is not corrected yet");
  branch.corrected = Sequence{603};
  branch.adjusted = {{Sequence{604}, BasisPoints{0}}};
  branch.posted = {Sequence{605}};
  CorrectionBranch correction;
  correction.posted = Sequence{605};
  correction.causes = {Sequence{604}};
  from.corrections = {correction};
  expect_says(from, indonesian, "keberatan dikabulkan dan penilaian diperbaiki. Selisihnya untuk");
  expect_says(from, english, "the adjustment's rate becomes 0.00 %");
  expect_says(from, english,
              "Cause TPP adjustment decided (#604, 4 September 2022) ← Evaluation corrected (#603, "
              "3 September 2022) ← Objection decided (#602, 2 September 2022) ← Objection filed "
              "(#601, 1 September 2022)");
  branch.filed.reset();
  branch.decided.reset();
  expect_says(from, indonesian, "D.1. Perbaikan penilaian semester 1 tahun 2022");
  expect_says(from, english, "The evaluation was corrected without an objection.");
}

TEST(SummarySentences, SayWhyARunLeftSomebodyOut) {
  Explanation from = august();
  from.payment.left_out = LeftOutReason::no_eligible_day;
  expect_says(from, indonesian,
              "Daftar bulan ini tidak membayar pegawai ini: tidak ada hari kerja yang berhak TPP.");
  expect_says(from, english,
              "This month's run does not pay this person: no working day was eligible for TPP.");
  EXPECT_EQ(told(from, english).find("B. What moved the base"), std::string::npos);
}

TEST(SummarySentences, WarnWhenTheRecordedAmountIsNotReproduced) {
  Explanation from = august();
  from.reproduced = false;
  expect_says(from, indonesian, "PERINGATAN: hasil hitung ulang berbeda dari yang tercatat.");
  expect_says(from, english, "WARNING: computed again it differs from what is recorded.");
}

TEST(Leaves, NameEventDateActorHowKnownSequenceAndHash) {
  Explanation from = august();
  EventRef event;
  event.sequence = Sequence{55'875};
  event.type = EventType::DailyReportApproved;
  event.occurred_on = date(2022, 8, 1);
  event.recorded_at = parse_instant("2022-08-01T17:05:00Z").value();
  event.actor = {ActorKind::person, 12, Role::appraiser, Assurance::authenticated, "oidc", {}, {},
                 Sequence{77}};
  event.leaf.bytes[0] = 0xAB;
  from.events = {event};
  expect_says(from, indonesian,
              "55875 Laporan harian disetujui 2022-08-01 2022-08-02 00:05:00 P12, pejabat penilai, "
              "dengan delegasi #77 "
              "kredensial diperiksa: oidc ab00");
  expect_says(from, english,
              "55875 Daily report approved 2022-08-01 2022-08-02 00:05:00 P12, appraiser, by "
              "delegation #77 by a "
              "checked credential: oidc ab00");
}

TEST(Nodes, NameValueFormulaRoundingClauseStatusAndWhyTheRuleApplied) {
  Explanation from = august();
  Derivation node;
  node.quantity = Quantity::performance_factor;
  node.value = 9'885;
  node.measure = Measure::bp;
  node.note.formula = "(6.000 × 9.841 + 4.000 × 9.950) ÷ 10.000";
  node.note.rounding = Rounding::half_up;
  node.note.events = {Sequence{42}, Sequence{370}};
  AppliedRule rule;
  rule.parameter = Parameter::tier_delta;
  rule.document = "kota-kediri-2022-08";
  rule.provenance = {"Diskominfo", "Perwali Kediri 31/2022 (perubahan keempat)",
                     ValueStatus::cited};
  rule.applies_by = AppliesBy::payment_month;
  rule.applied_on = date(2022, 8, 1);
  node.note.rules = {rule};
  from.derivation = {node};
  expect_says(from, indonesian,
              "faktor kinerja: 98,85 % = (6.000 × 9.841 + 4.000 × 9.950) ÷ 10.000 (dibulatkan "
              "setengah ke atas) "
              "§ besaran per jenjang: Perwali Kediri 31/2022, tertulis dalam peraturan; "
              "kota-kediri-2022-08 berlaku "
              "pada 1 Agustus 2022, hari pertama bulan pembayaran peristiwa #42 #370");
  expect_says(
      from, english,
      "performance factor: 98.85 % = (6,000 × 9,841 + 4,000 × 9,950) ÷ 10,000 (rounded half up) "
      "§ rate of a tier: Perwali Kediri 31/2022, cited from the regulation; kota-kediri-2022-08 "
      "was in force "
      "on 1 August 2022, the first day of the payment month events #42 #370");
}

TEST(HtmlPage, IsOneFileThatAsksForNothingElse) {
  Explanation from = august();
  from.simulated = true;
  from.rank = tenth_of_ten();
  for (const Language language : {indonesian, english}) {
    const std::string html = to_html(explanation_page(from, language));
    for (const char* outside :
         {"http:", "https:", "src=", "href=", "url(", "@import", "<script", "<link", "<iframe"})
      EXPECT_EQ(html.find(outside), std::string::npos) << outside;
    EXPECT_EQ(html.rfind("<!doctype html>\n<html lang=\"" +
                             std::string(language == indonesian ? "id" : "en"),
                         0),
              0U);
    EXPECT_NE(html.find("SIMULASI"), std::string::npos);
    EXPECT_NE(html.find("class=\"sign\""), std::string::npos);
    EXPECT_NE(html.find("NIP:"), std::string::npos);
    EXPECT_NE(html.find(to_hex(from.head_leaf.view())), std::string::npos);
  }
}

TEST(HtmlPage, ShowsTextAsText) {
  Explanation from = august();
  from.agency_name = "Kota <script>alert(\"x\")</script> & Kediri";
  const std::string html = to_html(explanation_page(from, indonesian));
  EXPECT_NE(html.find("Kota &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; Kediri"),
            std::string::npos);
}

}  // namespace
}  // namespace runut
