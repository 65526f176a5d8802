// Education, competence and certificates of people: entered by the personnel office, each proved by
// a document that is known by its hash and counts once.
#include "ledger/rules.h"

namespace runut::rules {
namespace {

Status check_proof(const Case& at, const Hash256& document, Date day, std::string_view field) {
  if (document.is_zero())
    return reject("qualification.document", "data.document", to_hex(document.view()),
                  "the hash of the document is wanted");
  if (day > at.today())
    return reject("qualification.in_future", std::string(field), to_string(day),
                  "today is " + to_string(at.today()));
  return {};
}

// `facts` are those of one kind.
template <class Fact>
Status check_new(const std::vector<Fact>& facts, const Hash256& document) {
  for (const Fact& fact : facts)
    if (fact.document == document)
      return reject("qualification.recorded", "data.document", to_hex(document.view()),
                    "recorded at sequence " + std::to_string(fact.sequence.value));
  return {};
}

Status check_name(const std::string& name, std::string_view field) {
  if (name.empty() || name.size() > 120)
    return reject("qualification.name", std::string(field), name, "1 to 120 bytes");
  return {};
}

constexpr Score competency_score_max{10'000};

}  // namespace

Decided decide_one(const Case& at, const QualificationGained& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(check_proof(at, body.document, body.graduated, "data.graduated"));
  RUNUT_TRY(check_new(at.person(body.person).qualifications, body.document));
  return at.one(body, body.graduated);
}

Decided decide_one(const Case& at, const CompetencyAssessed& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(check_name(body.assessor, "data.assessor"));
  if (body.score < Score{} || body.score > competency_score_max)
    return reject("competency.score", "data.score", to_string(body.score), "0.00 to 100.00");
  RUNUT_TRY(check_proof(at, body.document, body.date, "data.date"));
  RUNUT_TRY(check_new(at.person(body.person).competencies, body.document));
  return at.one(body, body.date);
}

Decided decide_one(const Case& at, const CertificationGranted& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(check_name(body.certificate, "data.certificate"));
  RUNUT_TRY(check_name(body.issuer, "data.issuer"));
  if (body.until && *body.until < body.from)
    return reject("interval.reversed", "data.until", to_string(*body.until),
                  "before data.from " + to_string(body.from));
  RUNUT_TRY(check_proof(at, body.document, body.from, "data.from"));
  RUNUT_TRY(check_new(at.person(body.person).certifications, body.document));
  return at.one(body, body.from);
}

}  // namespace runut::rules
