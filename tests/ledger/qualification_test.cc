// Education, competency assessments, certificates.
#include <gtest/gtest.h>

#include "base/sha256.h"
#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

const PersonId graduate{11};

QualificationGained diploma(std::string_view document = "ijazah") {
  return {graduate, EducationLevel::s1, date(2012, 9, 1), sha256(document)};
}
CompetencyAssessed competency(Echelon echelon = Echelon::iii) {
  return {graduate,     echelon,           CompetencyMethod::cat,     "BKN Regional II",
          Score{8'150}, date(2021, 11, 4), sha256(to_string(echelon))};
}
CertificationGranted certificate() {
  return {graduate,
          "Pengadaan barang/jasa tingkat dasar",
          "LKPP",
          date(2020, 5, 1),
          date(2025, 4, 30),
          sha256("sertifikat")};
}

}  // namespace

const std::vector<Refusal>& qualification_refusals() {
  static const std::vector<Refusal> rows = {
      // --- education
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) { return s.when(employee(11), diploma(), says("Ilmu Hukum")); }},
      {"text.required", malformed, "text", "", [](Scene& s) { return s.when(hr(), diploma()); }},
      {"person.unknown", nobody, "data.person", "P99",
       [](Scene& s) {
         QualificationGained body = diploma();
         body.person = PersonId{99};
         return s.when(hr(), body, says("Ilmu Hukum"));
       }},
      {"qualification.document", no, "data.document", std::string(64, '0'),
       [](Scene& s) {
         QualificationGained body = diploma();
         body.document = {};
         return s.when(hr(), body, says("Ilmu Hukum"));
       }},
      {"qualification.in_future", no, "data.graduated", "2022-01-04",
       [](Scene& s) {
         QualificationGained body = diploma();
         body.graduated = s.today() + 1;
         return s.when(hr(), body, says("Ilmu Hukum"));
       }},
      {"qualification.recorded", no, "data.document", to_hex(sha256("ijazah").view()),
       [](Scene& s) {
         s.given(hr(), diploma(), says("Ilmu Hukum"));
         return s.when(hr(), diploma(), says("Ilmu Hukum"));
       }},
      // --- competence
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) { return s.when(employee(11), competency()); }},
      {"person.unknown", nobody, "data.person", "P99",
       [](Scene& s) {
         CompetencyAssessed body = competency();
         body.person = PersonId{99};
         return s.when(hr(), body);
       }},
      {"qualification.name", no, "data.assessor", "",
       [](Scene& s) {
         CompetencyAssessed body = competency();
         body.assessor.clear();
         return s.when(hr(), body);
       }},
      {"competency.score", no, "data.score", "100.01",
       [](Scene& s) {
         CompetencyAssessed body = competency();
         body.score = Score{10'001};
         return s.when(hr(), body);
       }},
      {"qualification.in_future", no, "data.date", "2022-01-04",
       [](Scene& s) {
         CompetencyAssessed body = competency();
         body.date = s.today() + 1;
         return s.when(hr(), body);
       }},
      {"qualification.recorded", no, "data.document", to_hex(sha256("III").view()),
       [](Scene& s) {
         s.given(hr(), competency());
         return s.when(hr(), competency());
       }},
      // --- certificates
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) { return s.when(employee(11), certificate()); }},
      {"person.unknown", nobody, "data.person", "P99",
       [](Scene& s) {
         CertificationGranted body = certificate();
         body.person = PersonId{99};
         return s.when(hr(), body);
       }},
      {"qualification.name", no, "data.certificate", "",
       [](Scene& s) {
         CertificationGranted body = certificate();
         body.certificate.clear();
         return s.when(hr(), body);
       }},
      {"qualification.name", no, "data.issuer", std::string(121, 'x'),
       [](Scene& s) {
         CertificationGranted body = certificate();
         body.issuer.assign(121, 'x');
         return s.when(hr(), body);
       }},
      {"interval.reversed", no, "data.until", "2020-04-30",
       [](Scene& s) {
         CertificationGranted body = certificate();
         body.until = body.from - 1;
         return s.when(hr(), body);
       }},
      {"qualification.in_future", no, "data.from", "2022-01-04",
       [](Scene& s) {
         CertificationGranted body = certificate();
         body.from = s.today() + 1;
         return s.when(hr(), body);
       }},
      {"qualification.recorded", no, "data.document", to_hex(sha256("sertifikat").view()),
       [](Scene& s) {
         s.given(hr(), certificate());
         return s.when(hr(), certificate(), says("PBJ-17"));
       }},
  };
  return rows;
}

const std::vector<Acceptance>& qualification_acceptances() {
  static const std::vector<Acceptance> rows = {
      {"a diploma", "QualificationGained",
       [](Scene& s) { return s.when(hr(), diploma(), says("Ilmu Hukum, Universitas Brawijaya")); }},
      {"another diploma of the same level", "QualificationGained",
       [](Scene& s) {
         s.given(hr(), diploma(), says("Ilmu Hukum"));
         return s.when(hr(), diploma("ijazah kedua"), says("Akuntansi"));
       }},
      {"an assessment", "CompetencyAssessed", [](Scene& s) { return s.when(hr(), competency()); }},
      {"one for each echelon", "CompetencyAssessed",
       [](Scene& s) {
         s.given(hr(), competency(Echelon::iv));
         return s.when(hr(), competency(Echelon::ii));
       }},
      {"a full score", "CompetencyAssessed",
       [](Scene& s) {
         CompetencyAssessed body = competency();
         body.score = Score{10'000};
         return s.when(hr(), body);
       }},
      {"a certificate with its number", "CertificationGranted",
       [](Scene& s) { return s.when(hr(), certificate(), says("PBJ-17")); }},
      {"a certificate that does not end", "CertificationGranted",
       [](Scene& s) {
         CertificationGranted body = certificate();
         body.until.reset();
         return s.when(hr(), body);
       }},
  };
  return rows;
}

namespace {

TEST(Qualifications, RefuseWhatTheRulesForbid) {
  expect_refused(qualification_refusals());
}
TEST(Qualifications, AcceptWhatTheRulesAllow) {
  expect_accepted(qualification_acceptances());
}

}  // namespace
}  // namespace runut::testing
