// Senior posts: filled, reviewed, extended, ended. Each is a decision of an office that the
// regulation names, never about whoever signs it.
#include "computation/senior_post.h"
#include "ledger/rules.h"

namespace runut::rules {
namespace {

// The terms in force on the day of the decision; the decree is one of theirs.
template <class Body>
Result<SeniorPostTerms> senior_terms(const Case& at, const Body& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::official}));
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  const auto document = at.agency().timeline.in_force(at.today(), at.known_at());
  if (!document)
    return reject("regulation.none", "data.decree.date", to_string(body.decree.date),
                  "no document is in force on " + to_string(at.today()));
  const SeniorPostTerms& terms = (*document)->governance.senior_posts;
  RUNUT_TRY(at.require_office(body.decree, terms.signatories, "senior_post.signatory"));
  if (body.decree.signatory == body.person)
    return refuse("authority.own_senior_post", "data.decree.signatory", to_string(body.person),
                  "nobody decides on their own post");
  return terms;
}

std::string tenure_name(const SeniorPostFact& fact) {
  return "tenure " + std::to_string(fact.tenure) + " of " + to_string(fact.person) + " in " +
         fact.post + " from " + to_string(fact.from);
}

// The person's tenure of that id, which nothing has ended yet.
template <class Body>
Result<const SeniorPostFact*> running_tenure(const Case& at, const Body& body) {
  for (const SeniorPostFact& fact : at.agency().senior_posts) {
    if (fact.person != body.person || fact.tenure != body.tenure || fact.filled > at.known_at())
      continue;
    if (fact.is_ended(at.known_at()))
      return reject("senior_post.ended", "data.tenure", std::to_string(body.tenure),
                    "it ended with " + to_string(fact.ended->last_day));
    return &fact;
  }
  return unknown("senior_post.unknown", "data.tenure", std::to_string(body.tenure),
                 "the person has no such tenure");
}

SeniorTerm term_of(const Case& at, const SeniorPostFact& fact, const SeniorPostTerms& terms) {
  const SeniorExtensionFact* extension = fact.last_extension(at.known_at());
  return senior_term(fact.from, extension ? std::optional(extension->until) : std::nullopt, terms);
}

// The post is free, and so is the person.
Status check_vacant(const Case& at, const SeniorPostFilled& body) {
  for (const SeniorPostFact& fact : at.agency().senior_posts) {
    if (fact.filled > at.known_at()) continue;
    if (fact.person == body.person && fact.tenure == body.tenure)
      return reject("senior_post.id_taken", "data.tenure", std::to_string(body.tenure),
                    "the person had a tenure of that id");
    if (fact.is_ended(at.known_at()) && fact.ended->last_day < body.from) continue;
    if (fact.unit == body.unit && fact.post == body.post)
      return reject("senior_post.taken", "data.post", body.post,
                    tenure_name(fact) + " has not ended before " + to_string(body.from));
    if (fact.person == body.person)
      return reject("senior_post.holds_another", "data.person", to_string(body.person),
                    tenure_name(fact) + " has not ended before " + to_string(body.from));
  }
  return {};
}

// A senior post of a city (JPT pratama) is a structural one of echelon II, held for good.
Status check_in_post(const Case& at, const SeniorPostFilled& body) {
  const AssignmentFact* const own = at.person(body.person).assignment_on(body.from);
  if (own == nullptr || own->unit != body.unit || own->post != body.post ||
      own->role != AssignmentRole::definitive)
    return reject("senior_post.not_in_post", "data.post", body.post,
                  to_string(body.person) + " is not definitively in that post of " +
                      to_string(body.unit) + " on " + to_string(body.from));
  if (own->kind != PositionKind::structural || own->echelon != Echelon::ii)
    return reject("senior_post.echelon", "data.post", body.post,
                  "a senior post is a structural one of echelon II");
  return {};
}

}  // namespace

Decided decide_one(const Case& at, const SeniorPostFilled& body) {
  RUNUT_TRY(senior_terms(at, body));
  RUNUT_TRY(at.require_unit(body.unit, "data.unit"));
  if (body.tenure == 0) return reject("senior_post.id", "data.tenure", "0", "ids begin at 1");
  RUNUT_TRY(check_vacant(at, body));
  RUNUT_TRY(check_in_post(at, body));
  return at.one(body, body.from);
}

Decided decide_one(const Case& at, const SeniorPostReviewed& body) {
  RUNUT_TRY(senior_terms(at, body));
  RUNUT_ASSIGN(const SeniorPostFact* const fact, running_tenure(at, body));
  if (body.date < fact->from || body.date > at.today())
    return reject("senior_post.review_date", "data.date", to_string(body.date),
                  "from " + to_string(fact->from) + " to " + to_string(at.today()));
  return at.one(body, body.date);
}

Decided decide_one(const Case& at, const SeniorPostExtended& body) {
  RUNUT_ASSIGN(const SeniorPostTerms terms, senior_terms(at, body));
  RUNUT_ASSIGN(const SeniorPostFact* const fact, running_tenure(at, body));
  const SeniorReviewFact* const review = fact->last_review(at.known_at());
  const SeniorExtensionFact* const before = fact->last_extension(at.known_at());
  if (review == nullptr || !review->passed || (before && before->sequence > review->sequence))
    return reject("senior_post.not_reviewed", "data.tenure", std::to_string(body.tenure),
                  review != nullptr && !review->passed
                      ? "the review of " + to_string(review->date) + " was not passed"
                      : "a review comes first");
  const Date due = term_of(at, *fact, terms).review_due;
  if (body.until <= due || body.until > years_after(due, terms.review_years))
    return reject(
        "senior_post.extension", "data.until", to_string(body.until),
        "after " + to_string(due) + ", to " + to_string(years_after(due, terms.review_years)));
  return at.one(body, body.decree.date);
}

Decided decide_one(const Case& at, const SeniorPostEnded& body) {
  RUNUT_ASSIGN(const SeniorPostTerms terms, senior_terms(at, body));
  RUNUT_ASSIGN(const SeniorPostFact* const fact, running_tenure(at, body));
  if (body.last_day < fact->from)
    return reject("senior_post.last_day", "data.last_day", to_string(body.last_day),
                  "before it began on " + to_string(fact->from));
  const Date reached = term_of(at, *fact, terms).minimum_reached;
  const bool waits =
      body.cause == SeniorPostEndCause::moved || body.cause == SeniorPostEndCause::term_over;
  if (waits && body.last_day + 1 < reached)
    return reject("senior_post.minimum_term", "data.last_day", to_string(body.last_day),
                  "the shortest term is reached on " + to_string(reached));
  return at.one(body, body.last_day);
}

}  // namespace runut::rules
