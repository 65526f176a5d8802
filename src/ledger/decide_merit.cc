// The merit system's self-assessment, its evidence and the score that came back. Like agreements,
// by the agency's staff in its name; the order of a year is evidence, assessment, bundle, score.
#include <algorithm>
#include <set>

#include "computation/merit.h"
#include "ledger/rules.h"

namespace runut::rules {
namespace {

constexpr std::uint32_t merit_year_min = 2000;
const MeritYearFact no_merit_year;

const MeritYearFact& merit_of(const Case& at, std::uint32_t year) {
  const auto found = at.agency().merit.find(year);
  return found == at.agency().merit.end() ? no_merit_year : found->second;
}

// A year that has begun.
Status check_year(const Case& at, std::uint32_t year) {
  const Month now = month_of(at.today());
  if (year < merit_year_min || month(static_cast<int>(year), 1) > now)
    return reject("merit.year", "data.year", std::to_string(year),
                  "from 2000 to the year of " + to_string(at.today()));
  return {};
}

Status check_not_sealed(const Case& at, std::uint32_t year) {
  const MeritYearFact& merit = merit_of(at, year);
  if (!merit.is_sealed(at.known_at())) return {};
  return reject(
      "merit.sealed", "data.year", std::to_string(year),
      "its evidence is sealed at sequence " + std::to_string(merit.sealed->sequence.value));
}

Status check_assessed(const Case& at, std::uint32_t year) {
  if (merit_of(at, year).is_assessed(at.known_at())) return {};
  return reject("merit.not_assessed", "data.year", std::to_string(year),
                "the agency assesses itself first");
}

Status check_total(const Case& at, std::uint64_t total, const std::string& field) {
  const auto document = at.agency().timeline.in_force(at.today(), at.known_at());
  if (!document)
    return reject("regulation.none", field, std::to_string(total),
                  "no document is in force on " + to_string(at.today()));
  const std::uint32_t maximum = merit_maximum((*document)->governance.merit);
  if (total > maximum)
    return reject("merit.total", field, std::to_string(total),
                  "the categories end at " + std::to_string(maximum) + " hundredths");
  return {};
}

// Each of the eight aspects once, 0 is written; who claims points shows evidence.
Status check_aspects(const Case& at, std::uint32_t year,
                     const std::vector<MeritAspectPoints>& aspects) {
  const MeritYearFact& merit = merit_of(at, year);
  std::set<MeritAspect> seen;
  for (std::size_t i = 0; i < aspects.size(); ++i) {
    const std::string field = "data.aspects[" + std::to_string(i) + "]";
    const std::string aspect(to_string(aspects[i].aspect));
    if (!is_known(aspects[i].aspect) || !seen.insert(aspects[i].aspect).second)
      return reject("merit.aspect", field + ".aspect", aspect, "each aspect stands once");
    const bool shown = std::any_of(
        merit.evidence.begin(), merit.evidence.end(), [&](const MeritEvidenceFact& fact) {
          return fact.aspect == aspects[i].aspect && fact.sequence <= at.known_at();
        });
    if (aspects[i].points_hundredths > 0 && !shown)
      return reject("merit.evidence_missing", field + ".aspect", aspect,
                    "points are claimed without any evidence attached for " + std::to_string(year));
  }
  if (seen.size() != std::size(EnumNames<MeritAspect>::table))
    return reject("merit.aspects", "data.aspects", std::to_string(aspects.size()),
                  "all eight aspects are assessed, 0 is written");
  return {};
}

Status check_document(const Hash256& document) {
  if (document.is_zero())
    return reject("merit.document", "data.document", to_hex(document.view()),
                  "the hash of the document is wanted");
  return {};
}

}  // namespace

Decided decide_one(const Case& at, const MeritEvidenceAttached& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::official}));
  RUNUT_TRY(check_year(at, body.year));
  RUNUT_TRY(check_document(body.document));
  if (body.title.empty() || body.title.size() > 200)
    return reject("merit.title", "data.title", body.title, "1 to 200 bytes");
  RUNUT_TRY(check_not_sealed(at, body.year));
  for (const MeritEvidenceFact& fact : merit_of(at, body.year).evidence)
    if (fact.aspect == body.aspect && fact.document == body.document &&
        fact.sequence <= at.known_at())
      return reject("merit.evidence_attached", "data.document", to_hex(body.document.view()),
                    "attached at sequence " + std::to_string(fact.sequence.value));
  return at.one(body, at.today());
}

Decided decide_one(const Case& at, const AssessMerit& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::official}));
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_TRY(check_year(at, body.year));
  RUNUT_TRY(check_not_sealed(at, body.year));
  RUNUT_TRY(check_aspects(at, body.year, body.aspects));
  const std::uint64_t total = merit_total(body.aspects);
  RUNUT_TRY(check_total(at, total, "data.aspects"));
  return at.one(
      MeritSelfAssessed{body.year, body.aspects, static_cast<std::uint32_t>(total), body.decree},
      body.decree.date);
}

Decided decide_one(const Case& at, const SealEvidenceBundle& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::official}));
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_TRY(check_year(at, body.year));
  RUNUT_TRY(check_not_sealed(at, body.year));
  RUNUT_TRY(check_assessed(at, body.year));
  std::vector<MeritEvidenceFact> evidence = merit_of(at, body.year).evidence;
  std::erase_if(evidence, [&](const auto& fact) { return fact.sequence > at.known_at(); });
  if (evidence.empty())
    return reject("merit.no_evidence", "data.year", std::to_string(body.year),
                  "nothing is attached that could be sealed");
  return at.one(EvidenceBundleSealed{body.year, static_cast<std::uint32_t>(evidence.size()),
                                     evidence_bundle(evidence), body.decree},
                body.decree.date);
}

Decided decide_one(const Case& at, const MeritScoreReceived& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::official}));
  RUNUT_TRY(check_year(at, body.year));
  if (body.assessor.empty() || body.assessor.size() > 60)
    return reject("merit.assessor", "data.assessor", body.assessor, "1 to 60 bytes");
  if (body.letter.empty() || body.letter.size() > 120)
    return reject("merit.letter", "data.letter", body.letter, "1 to 120 bytes");
  if (body.date > at.today())
    return reject("merit.letter_in_future", "data.date", to_string(body.date),
                  "today is " + to_string(at.today()));
  RUNUT_TRY(check_document(body.document));
  RUNUT_TRY(check_total(at, body.total_hundredths, "data.total_hundredths"));
  RUNUT_TRY(check_assessed(at, body.year));
  const MeritYearFact& merit = merit_of(at, body.year);
  if (!merit.is_sealed(at.known_at()))
    return reject("merit.not_sealed", "data.year", std::to_string(body.year),
                  "the evidence that was judged is sealed first");
  if (const MeritScoreFact* const before = merit.first_received(at.known_at()))
    return reject("merit.received", "data.year", std::to_string(body.year),
                  "the score of " + before->assessor + " came at sequence " +
                      std::to_string(before->sequence.value));
  return at.one(body, body.date);
}

}  // namespace runut::rules
