// The merit system: evidence, self-assessment, the sealed bundle, the score that came back.
#include "computation/merit.h"

#include <gtest/gtest.h>

#include "base/sha256.h"
#include "computation/laws.h"
#include "computation/laws/bundles_hold_the_evidence.h"
#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

using Points = std::vector<std::uint32_t>;

MeritEvidenceAttached evidence(MeritAspect aspect, std::string_view document = "dokumen",
                               std::uint32_t year = 2021) {
  return {year, aspect, sha256(document), "Peta jabatan"};
}
// In the order of the aspects.
std::vector<MeritAspectPoints> aspects(const Points& points) {
  std::vector<MeritAspectPoints> out;
  for (std::size_t i = 0; i < points.size(); ++i)
    out.push_back({EnumNames<MeritAspect>::table[i].value, points[i]});
  return out;
}
// Kota Yogyakarta 2021.
const Points yogyakarta = {3'250, 3'500, 7'250, 3'000, 6'500, 3'250, 1'200, 800};
AssessMerit assessment(const Scene& s, const Points& points = yogyakarta,
                       std::uint32_t year = 2021) {
  return {year, aspects(points), s.decree()};
}
SealEvidenceBundle seal(const Scene& s, std::uint32_t year = 2021) {
  return {year, s.decree()};
}
MeritScoreReceived score(const Scene& s, std::uint32_t total = 28'750) {
  return {2021, "KASN", "B-17/KASN/1/2022", s.today(), sha256("surat"), total};
}

void shown(Scene& s, std::uint32_t year = 2021) {
  for (const auto& row : EnumNames<MeritAspect>::table)
    s.given(hr(), evidence(row.value, row.name, year));
}
void assessed(Scene& s) {
  shown(s);
  s.given(hr(), assessment(s));
}
void sealed(Scene& s) {
  assessed(s);
  s.given(hr(), seal(s));
}
const MeritYearFact& year_2021(const Scene& s) {
  return s.facts().agency().merit.at(2021);
}

}  // namespace

const std::vector<Refusal>& merit_refusals() {
  static const std::vector<Refusal> rows = {
      // --- evidence
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) { return s.when(employee(11), evidence(MeritAspect::pengadaan)); }},
      {"merit.year", no, "data.year", "1999",
       [](Scene& s) { return s.when(hr(), evidence(MeritAspect::pengadaan, "d", 1999)); }},
      {"merit.year", no, "data.year", "2023",  // it has not begun
       [](Scene& s) { return s.when(hr(), evidence(MeritAspect::pengadaan, "d", 2023)); }},
      {"merit.document", no, "data.document", std::string(64, '0'),
       [](Scene& s) {
         MeritEvidenceAttached body = evidence(MeritAspect::pengadaan);
         body.document = {};
         return s.when(hr(), body);
       }},
      {"merit.title", no, "data.title", "",
       [](Scene& s) {
         MeritEvidenceAttached body = evidence(MeritAspect::pengadaan);
         body.title.clear();
         return s.when(hr(), body);
       }},
      {"merit.evidence_attached", no, "data.document", to_hex(sha256("dokumen").view()),
       [](Scene& s) {
         s.given(hr(), evidence(MeritAspect::pengadaan));
         return s.when(hr(), evidence(MeritAspect::pengadaan));
       }},
      {"merit.sealed", no, "data.year", "2021",
       [](Scene& s) {
         sealed(s);
         return s.when(hr(), evidence(MeritAspect::pengadaan, "terlambat"));
       }},
      // --- the self-assessment
      {"actor.role", not_theirs, "actor.role", "appraiser",
       [](Scene& s) {
         shown(s);
         return s.when(appraiser(3), assessment(s));
       }},
      {"decree.number", no, "data.decree.number", "",
       [](Scene& s) {
         shown(s);
         AssessMerit body = assessment(s);
         body.decree.number.clear();
         return s.when(hr(), body);
       }},
      {"merit.aspect", no, "data.aspects[7].aspect", "perencanaan_kebutuhan",
       [](Scene& s) {
         shown(s);
         AssessMerit body = assessment(s);
         body.aspects[7].aspect = MeritAspect::perencanaan_kebutuhan;
         return s.when(hr(), body);
       }},
      {"merit.aspects", no, "data.aspects", "7",
       [](Scene& s) {
         shown(s);
         AssessMerit body = assessment(s);
         body.aspects.pop_back();
         return s.when(hr(), body);
       }},
      {"merit.evidence_missing", no, "data.aspects[1].aspect", "pengadaan",
       [](Scene& s) {
         s.given(hr(), evidence(MeritAspect::perencanaan_kebutuhan));
         return s.when(hr(), assessment(s));
       }},
      {"merit.evidence_missing", no, "data.aspects[0].aspect", "perencanaan_kebutuhan",
       [](Scene& s) {  // evidence of another year proves nothing
         shown(s, 2020);
         return s.when(hr(), assessment(s));
       }},
      {"merit.total", no, "data.aspects", "40001",
       [](Scene& s) {
         shown(s);
         return s.when(hr(),
                       assessment(s, {5'000, 5'000, 5'000, 5'000, 5'000, 5'000, 5'000, 5'001}));
       }},
      {"merit.sealed", no, "data.year", "2021",
       [](Scene& s) {
         sealed(s);
         return s.when(hr(), assessment(s));
       }},
      // --- the bundle
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) {
         assessed(s);
         return s.when(employee(11), seal(s));
       }},
      {"merit.not_assessed", no, "data.year", "2021",
       [](Scene& s) {
         shown(s);
         return s.when(hr(), seal(s));
       }},
      {"merit.no_evidence", no, "data.year", "2021",
       [](Scene& s) {
         s.given(hr(), assessment(s, Points(8)));
         return s.when(hr(), seal(s));
       }},
      {"merit.sealed", no, "data.year", "2021",
       [](Scene& s) {
         sealed(s);
         return s.when(hr(), seal(s));
       }},
      // --- the score received
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) {
         sealed(s);
         return s.when(employee(11), score(s));
       }},
      {"merit.assessor", no, "data.assessor", "",
       [](Scene& s) {
         sealed(s);
         MeritScoreReceived body = score(s);
         body.assessor.clear();
         return s.when(hr(), body);
       }},
      {"merit.letter", no, "data.letter", "",
       [](Scene& s) {
         sealed(s);
         MeritScoreReceived body = score(s);
         body.letter.clear();
         return s.when(hr(), body);
       }},
      {"merit.letter_in_future", no, "data.date", "2022-01-04",
       [](Scene& s) {
         sealed(s);
         MeritScoreReceived body = score(s);
         body.date = date(2022, 1, 4);
         return s.when(hr(), body);
       }},
      {"merit.total", no, "data.total_hundredths", "40001",
       [](Scene& s) {
         sealed(s);
         return s.when(hr(), score(s, 40'001));
       }},
      {"merit.not_assessed", no, "data.year", "2021",
       [](Scene& s) { return s.when(hr(), score(s)); }},
      {"merit.not_sealed", no, "data.year", "2021",
       [](Scene& s) {
         assessed(s);
         return s.when(hr(), score(s));
       }},
      {"merit.received", no, "data.year", "2021",
       [](Scene& s) {
         sealed(s);
         s.given(hr(), score(s));
         return s.when(hr(), score(s));
       }},
  };
  return rows;
}

const std::vector<Acceptance>& merit_acceptances() {
  static const std::vector<Acceptance> rows = {
      {"evidence of a year that is over", "MeritEvidenceAttached",
       [](Scene& s) { return s.when(hr(), evidence(MeritAspect::pengadaan)); }},
      {"one document proves two aspects", "MeritEvidenceAttached",
       [](Scene& s) {
         s.given(hr(), evidence(MeritAspect::pengadaan));
         return s.when(official(2), evidence(MeritAspect::promosi_dan_mutasi));
       }},
      {"a self-assessment", "MeritSelfAssessed",
       [](Scene& s) {
         shown(s);
         return s.when(hr(), assessment(s));
       }},
      {"nothing claimed needs no evidence", "MeritSelfAssessed",
       [](Scene& s) { return s.when(hr(), assessment(s, Points(8))); }},
      {"exactly the highest total", "MeritSelfAssessed",
       [](Scene& s) {
         shown(s);
         return s.when(hr(), assessment(s, Points(8, 5'000)));
       }},
      {"assessed anew before the bundle is sealed", "MeritSelfAssessed",
       [](Scene& s) {
         assessed(s);
         return s.when(hr(), assessment(s));
       }},
      {"the bundle", "EvidenceBundleSealed",
       [](Scene& s) {
         assessed(s);
         return s.when(hr(), seal(s));
       }},
      {"the score, other than one's own", "MeritScoreReceived",
       [](Scene& s) {
         sealed(s);
         return s.when(hr(), score(s, 27'000));
       }},
      {"evidence of another year after the seal", "MeritEvidenceAttached",
       [](Scene& s) {
         sealed(s);
         return s.when(hr(), evidence(MeritAspect::pengadaan, "d", 2022));
       }},
  };
  return rows;
}

namespace {

TEST(Merit, Refuses) {
  expect_refused(merit_refusals());
}
TEST(Merit, Accepts) {
  expect_accepted(merit_acceptances());
}

// Rulebook section 1. Yogyakarta 2021, in hundredths of a point:
//   3 250 + 3 500 + 7 250 + 3 000 + 6 500 + 3 250 + 1 200 + 800 = 28 750, that is 287.50.
// baik is 250 to 324: 25 000 <= 28 750 and 28 750 < 32 500.
TEST(Merit, SumsYogyakarta2021) {
  Scene s = Scene::of_a_city();
  shown(s);
  const auto& event = s.payload<MeritSelfAssessed>(s.given(hr(), assessment(s)));
  EXPECT_EQ(event.total_hundredths, 28'750U);
  const auto document = s.facts().agency().timeline.in_force(s.today());
  EXPECT_EQ(merit_category(28'750, (*document)->governance.merit), MeritCategory::baik);
}

// Kediri 2022:
//   3 000 + 3 250 + 7 000 + 2 750 + 6 250 + 3 000 + 1 200 + 800 = 27 250, that is 272.50: baik.
TEST(Merit, SumsKediri2022) {
  Scene s = Scene::of_a_city();
  shown(s, 2022);
  const auto& event = s.payload<MeritSelfAssessed>(
      s.given(hr(), assessment(s, {3'000, 3'250, 7'000, 2'750, 6'250, 3'000, 1'200, 800}, 2022)));
  EXPECT_EQ(event.total_hundredths, 27'250U);
  const auto document = s.facts().agency().timeline.in_force(s.today());
  EXPECT_EQ(merit_category(27'250, (*document)->governance.merit), MeritCategory::baik);
}

TEST(Merit, HasNoGapBetweenCategories) {
  const std::vector<MeritRange> ranges = {{MeritCategory::buruk, 100, 174},
                                          {MeritCategory::kurang, 175, 249},
                                          {MeritCategory::baik, 250, 324},
                                          {MeritCategory::sangat_baik, 325, 400}};
  const struct {
    std::uint32_t total;
    std::optional<MeritCategory> category;
  } rows[] = {{0, std::nullopt},
              {9'999, std::nullopt},
              {10'000, MeritCategory::buruk},
              {17'499, MeritCategory::buruk},
              {17'500, MeritCategory::kurang},
              {24'950, MeritCategory::kurang},  // 249.50 has not reached 250
              {25'000, MeritCategory::baik},
              {32'499, MeritCategory::baik},
              {32'500, MeritCategory::sangat_baik},
              {40'000, MeritCategory::sangat_baik},
              {40'001, std::nullopt}};
  for (const auto& row : rows)
    EXPECT_EQ(merit_category(row.total, ranges), row.category) << row.total;
}

TEST(Merit, SealsTheHashOfEveryDocumentInTheirOrder) {
  Scene s = Scene::of_a_city();
  s.given(hr(), evidence(MeritAspect::pengadaan, "b"));
  s.given(hr(), evidence(MeritAspect::pengadaan, "a"));
  s.given(hr(), assessment(s, {0, 100, 0, 0, 0, 0, 0, 0}));
  const auto& event = s.payload<EvidenceBundleSealed>(s.given(hr(), seal(s)));
  EXPECT_EQ(event.documents, 2U);
  EXPECT_EQ(event.bundle, sha256({sha256("b").view(), sha256("a").view()}));
  EXPECT_TRUE(laws::bundles_hold_the_evidence(s.facts().agency()));
}

TEST(MeritLaws, NoticeWhatDoesNotAddUp) {
  Scene s = Scene::of_a_city();
  sealed(s);
  AgencyFacts facts;
  facts.merit[2021] = year_2021(s);
  facts.merit[2021].evidence.pop_back();
  const Status missing = laws::bundles_hold_the_evidence(facts);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().rule, "law.bundles_hold_the_evidence");
  EXPECT_EQ(missing.error().value, "2021");

  const Payload wrong = MeritSelfAssessed{2021, aspects(yogyakarta), 28'751, s.decree()};
  const std::vector<const Payload*> commit = {&wrong};
  const Status broken = laws::check_commit(commit);
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().rule, "law.merit_total_is_the_sum");
  EXPECT_EQ(broken.error().message, "2021: the aspects sum to 28750, not 28751");
  std::vector<MeritAspectPoints> doubled = aspects(yogyakarta);
  doubled[7].aspect = doubled[0].aspect;
  const Payload twice = MeritSelfAssessed{2021, doubled, 28'750, s.decree()};
  const std::vector<const Payload*> again = {&twice};
  EXPECT_FALSE(laws::check_commit(again));
}

}  // namespace
}  // namespace runut::testing
