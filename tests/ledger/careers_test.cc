// Senior posts: filled, reviewed, extended, ended; the terms of two and five years.
#include <gtest/gtest.h>

#include "computation/senior_post.h"
#include "regulation/pack.h"
#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

const Date since = date(2020, 1, 1);
const Date lately = date(2021, 6, 1);  // the shortest term ends in June 2023

Decree mayors(const Scene& s) {
  return s.decree(1, "Walikota");
}
// P3 is the head of U2 from 2020 on, P4 that of U4.
SeniorPostFilled filled(const Scene& s, std::uint64_t person = 3, Date from = since,
                        std::uint32_t tenure = 1) {
  return {PersonId{person},
          tenure,
          UnitId{person == 4 ? 4u : 2u},
          person == 4 ? "Kepala Badan" : "Kepala Dinas",
          from,
          mayors(s)};
}
SeniorPostReviewed reviewed(const Scene& s, bool passed = true, std::optional<Date> on = {}) {
  return {PersonId{3}, 1, on.value_or(s.today()), passed, mayors(s)};
}
SeniorPostExtended extended(const Scene& s, Date until) {
  return {PersonId{3}, 1, until, mayors(s)};
}
SeniorPostEnded ended(const Scene& s, Date last_day,
                      SeniorPostEndCause cause = SeniorPostEndCause::moved) {
  return {PersonId{3}, 1, cause, last_day, mayors(s)};
}
void fill(Scene& s, Date from = since) {
  s.given(hr(), filled(s, 3, from));
}

}  // namespace

const std::vector<Refusal>& careers_refusals() {
  static const std::vector<Refusal> rows = {
      // --- filled
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) { return s.when(employee(3), filled(s)); }},
      {"decree.office_not_held", no, "data.decree.office", "Walikota",
       [](Scene& s) {
         SeniorPostFilled body = filled(s);
         body.decree.signatory = PersonId{2};
         return s.when(hr(), body);
       }},
      {"person.unknown", nobody, "data.person", "P99",
       [](Scene& s) { return s.when(hr(), filled(s, 99)); }},
      {"regulation.none", no, "data.decree.date", "2022-07-01",
       [](Scene& s) {
         s.given(hr(), RegulationRepealed{"kota-uji", date(2022, 7, 1), false, s.decree()});
         s.at(date(2022, 7, 1));
         return s.when(hr(), filled(s));
       }},
      {"senior_post.signatory", not_theirs, "data.decree.office", "Sekretaris Daerah",
       [](Scene& s) {
         SeniorPostFilled body = filled(s);
         body.decree = s.decree();
         return s.when(hr(), body);
       }},
      {"authority.own_senior_post", not_theirs, "data.decree.signatory", "P1",
       [](Scene& s) { return s.when(hr(), filled(s, 1)); }},
      {"unit.unknown", nobody, "data.unit", "U7",
       [](Scene& s) {
         SeniorPostFilled body = filled(s);
         body.unit = UnitId{7};
         return s.when(hr(), body);
       }},
      {"senior_post.id", no, "data.tenure", "0",
       [](Scene& s) { return s.when(hr(), filled(s, 3, since, 0)); }},
      {"senior_post.id_taken", no, "data.tenure", "1",
       [](Scene& s) {
         fill(s);
         s.given(hr(), ended(s, s.today()));
         s.at(s.today() + 1);
         return s.when(hr(), filled(s, 3, s.today()));
       }},
      {"senior_post.taken", no, "data.post", "Kepala Dinas",
       [](Scene& s) {
         fill(s);
         SeniorPostFilled body = filled(s, 4, since);
         body.unit = UnitId{2};
         body.post = "Kepala Dinas";
         return s.when(hr(), body);
       }},
      {"senior_post.taken", no, "data.post", "Kepala Dinas",  // until the last day, included
       [](Scene& s) {
         fill(s);
         s.given(hr(), ended(s, s.today()));
         return s.when(hr(), filled(s, 3, s.today(), 2));
       }},
      {"senior_post.holds_another", no, "data.person", "P3",
       [](Scene& s) {
         fill(s);
         SeniorPostFilled body = filled(s, 3, since, 2);
         body.post = "Kepala Dinas Lain";
         return s.when(hr(), body);
       }},
      {"senior_post.not_in_post", no, "data.post", "Sekretaris Dinas",
       [](Scene& s) {
         SeniorPostFilled body = filled(s);
         body.post = "Sekretaris Dinas";
         return s.when(hr(), body);
       }},
      {"senior_post.not_in_post", no, "data.post", "Kepala Dinas",  // before the assignment
       [](Scene& s) { return s.when(hr(), filled(s, 3, since - 1)); }},
      {"senior_post.echelon", no, "data.post", "Bendahara",
       [](Scene& s) {
         SeniorPostFilled body = filled(s, 9);
         body.post = "Bendahara";
         return s.when(hr(), body);
       }},
      // --- reviewed
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) {
         fill(s);
         return s.when(employee(3), reviewed(s));
       }},
      {"senior_post.unknown", nobody, "data.tenure", "1",
       [](Scene& s) { return s.when(hr(), reviewed(s)); }},
      {"senior_post.ended", no, "data.tenure", "1",
       [](Scene& s) {
         fill(s);
         s.given(hr(), ended(s, s.today()));
         return s.when(hr(), reviewed(s));
       }},
      {"senior_post.review_date", no, "data.date", "2022-01-04",
       [](Scene& s) {
         fill(s);
         return s.when(hr(), reviewed(s, true, s.today() + 1));
       }},
      {"senior_post.review_date", no, "data.date", "2019-12-31",
       [](Scene& s) {
         fill(s);
         return s.when(hr(), reviewed(s, true, since - 1));
       }},
      // --- extended
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) {
         fill(s);
         return s.when(employee(3), extended(s, date(2026, 1, 1)));
       }},
      {"senior_post.not_reviewed", no, "data.tenure", "1",
       [](Scene& s) {
         fill(s);
         return s.when(hr(), extended(s, date(2026, 1, 1)));
       }},
      {"senior_post.not_reviewed", no, "data.tenure", "1",  // the latest review decides
       [](Scene& s) {
         fill(s);
         s.given(hr(), reviewed(s));
         s.given(hr(), reviewed(s, false));
         return s.when(hr(), extended(s, date(2026, 1, 1)));
       }},
      {"senior_post.not_reviewed", no, "data.tenure", "1",  // each extension needs its own
       [](Scene& s) {
         fill(s);
         s.given(hr(), reviewed(s));
         s.given(hr(), extended(s, date(2026, 1, 1)));
         return s.when(hr(), extended(s, date(2027, 1, 1)));
       }},
      {"senior_post.extension", no, "data.until", "2025-01-01",  // already so long
       [](Scene& s) {
         fill(s);
         s.given(hr(), reviewed(s));
         return s.when(hr(), extended(s, date(2025, 1, 1)));
       }},
      {"senior_post.extension", no, "data.until", "2030-01-02",
       [](Scene& s) {
         fill(s);
         s.given(hr(), reviewed(s));
         return s.when(hr(), extended(s, date(2030, 1, 2)));
       }},
      // --- ended
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) {
         fill(s);
         return s.when(employee(3), ended(s, s.today()));
       }},
      {"senior_post.ended", no, "data.tenure", "1",
       [](Scene& s) {
         fill(s);
         s.given(hr(), ended(s, s.today()));
         return s.when(hr(), ended(s, s.today()));
       }},
      {"senior_post.last_day", no, "data.last_day", "2019-12-31",
       [](Scene& s) {
         fill(s);
         return s.when(hr(), ended(s, since - 1));
       }},
      {"senior_post.minimum_term", no, "data.last_day", "2021-12-30",
       [](Scene& s) {
         fill(s);
         return s.when(hr(), ended(s, date(2021, 12, 30)));
       }},
      {"senior_post.minimum_term", no, "data.last_day", "2022-01-03",
       [](Scene& s) {
         fill(s, lately);
         return s.when(hr(), ended(s, s.today(), SeniorPostEndCause::term_over));
       }},
  };
  return rows;
}

const std::vector<Acceptance>& careers_acceptances() {
  static const std::vector<Acceptance> rows = {
      {"a senior post is filled", "SeniorPostFilled",
       [](Scene& s) { return s.when(hr(), filled(s)); }},
      {"two posts have two holders", "SeniorPostFilled",
       [](Scene& s) {
         fill(s);
         return s.when(hr(), filled(s, 4));
       }},
      {"again the day after the tenure before", "SeniorPostFilled",
       [](Scene& s) {
         fill(s);
         s.given(hr(), ended(s, s.today()));
         return s.when(hr(), filled(s, 3, s.today() + 1, 2));
       }},
      {"a review at any time", "SeniorPostReviewed",
       [](Scene& s) {
         fill(s, lately);
         return s.when(hr(), reviewed(s, false));
       }},
      {"a reviewed tenure goes on for a whole term", "SeniorPostExtended",
       [](Scene& s) {
         fill(s);
         s.given(hr(), reviewed(s));
         return s.when(hr(), extended(s, date(2030, 1, 1)));
       }},
      {"and on", "SeniorPostExtended",
       [](Scene& s) {
         fill(s);
         s.given(hr(), reviewed(s));
         s.given(hr(), extended(s, date(2026, 1, 1)));
         s.given(hr(), reviewed(s));
         return s.when(hr(), extended(s, date(2031, 1, 1)));
       }},
      {"moved on the first day on which it is allowed", "SeniorPostEnded",
       [](Scene& s) {
         fill(s);
         return s.when(hr(), ended(s, date(2021, 12, 31)));
       }},
      {"discipline does not wait for two years", "SeniorPostEnded",
       [](Scene& s) {
         fill(s, lately);
         return s.when(hr(), ended(s, s.today(), SeniorPostEndCause::discipline));
       }},
      {"the regulation's own terms hold", "SeniorPostEnded",
       [](Scene&) {
         Scene shorter = Scene::of_a_city(RegulationText().set(
             "senior_post_terms",
             R"({"minimum_years": 0, "review_years": 1, "signatories": ["Walikota"]})"));
         fill(shorter, lately);
         return shorter.when(hr(), ended(shorter, lately));
       }},
  };
  return rows;
}

namespace {

TEST(SeniorPosts, RefuseWhatTheRulesForbid) {
  expect_refused(careers_refusals());
}
TEST(SeniorPosts, AcceptWhatTheRulesAllow) {
  expect_accepted(careers_acceptances());
}

// Kota Yogyakarta (KASN, 2 September 2022): two years at least, five before the evaluation.
TEST(SeniorPosts, HaveTheTermsOfTheirRegulation) {
  const SeniorPostTerms terms{2, 5, {"Wali Kota Yogyakarta", "Walikota"}};
  struct Row {
    Date from;
    std::optional<Date> extended;
    std::optional<Date> last_day;
    Date on;
    Date minimum_reached;
    Date review_due;
    SeniorPostState state;
  };
  const Date from = date(2017, 9, 4);
  const Row rows[] = {
      {from,
       {},
       {},
       date(2019, 9, 3),
       date(2019, 9, 4),
       date(2022, 9, 4),
       SeniorPostState::minimum},
      {from,
       {},
       {},
       date(2019, 9, 4),
       date(2019, 9, 4),
       date(2022, 9, 4),
       SeniorPostState::running},
      {from,
       {},
       {},
       date(2022, 9, 4),
       date(2019, 9, 4),
       date(2022, 9, 4),
       SeniorPostState::running},
      {from,
       {},
       {},
       date(2022, 9, 5),
       date(2019, 9, 4),
       date(2022, 9, 4),
       SeniorPostState::overdue},
      {from,
       date(2025, 9, 4),
       {},
       date(2022, 9, 5),
       date(2019, 9, 4),
       date(2025, 9, 4),
       SeniorPostState::running},
      {from,
       {},
       date(2022, 9, 30),
       date(2022, 9, 30),
       date(2019, 9, 4),
       date(2022, 9, 4),
       SeniorPostState::overdue},
      {from,
       {},
       date(2022, 9, 30),
       date(2022, 10, 1),
       date(2019, 9, 4),
       date(2022, 9, 4),
       SeniorPostState::ended},
      // 29 February 2020: 28 February 2022 and 2025.
      {date(2020, 2, 29),
       {},
       {},
       date(2022, 2, 28),
       date(2022, 2, 28),
       date(2025, 2, 28),
       SeniorPostState::running},
  };
  for (const Row& row : rows) {
    const SeniorTerm term = senior_term(row.from, row.extended, terms);
    EXPECT_EQ(term.minimum_reached, row.minimum_reached) << to_string(row.on);
    EXPECT_EQ(term.review_due, row.review_due) << to_string(row.on);
    EXPECT_EQ(senior_state(term, row.last_day, row.on), row.state) << to_string(row.on);
  }
  Scene s = Scene::of_a_city(RegulationText("../kota-yogyakarta/2022-07.json"));
  const auto document = s.facts().agency().timeline.in_force(s.today(), s.facts().known_at());
  ASSERT_TRUE(document);
  EXPECT_EQ((*document)->governance.senior_posts, terms);
}

// One instance of the agency's facts answers for every past sequence.
TEST(SeniorPosts, AreKnownAsOfEverySequence) {
  Scene s = Scene::of_a_city();
  fill(s);
  const Sequence review = s.given(hr(), reviewed(s));
  const Sequence extension = s.given(hr(), extended(s, date(2026, 1, 1)));
  const Sequence end = s.given(hr(), ended(s, s.today()));
  const SeniorPostFact& fact = s.facts().agency().senior_posts.at(0);
  EXPECT_EQ(fact.last_review(Sequence{review.value - 1}), nullptr);
  EXPECT_EQ(fact.last_review(review)->sequence, review);
  EXPECT_EQ(fact.last_extension(review), nullptr);
  EXPECT_EQ(fact.last_extension(extension)->until, date(2026, 1, 1));
  EXPECT_FALSE(fact.is_ended(extension));
  EXPECT_TRUE(fact.is_ended(end));
}

}  // namespace
}  // namespace runut::testing
