#include "city.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "codec/envelope_codec.h"
#include "computation/ranking.h"
#include "ledger/loaded_facts.h"
#include "query/audit.h"
#include "query/explain.h"
#include "query/explain_page.h"

namespace runut {
namespace {

using testing::City;

// One city for every test of this file: a small one with every month up to the correction.
City& city() {
  static City shared({.people = 120, .from = month(2022, 1), .to = month(2022, 8), .seed = 1});
  return shared;
}

AuditReport audit(City& of) {
  Auditor auditor;
  Sequence from{1};
  for (;;) {
    const auto batch = of.log().read(from);
    EXPECT_TRUE(batch.has_value());
    if (!batch || batch->empty()) break;
    for (const EventView& view : batch->events) {
      auto event = decode_event(view.bytes);
      EXPECT_TRUE(event.has_value());
      const Status added = auditor.add(std::move(*event));
      EXPECT_TRUE(added.has_value()) << (added ? "" : added.error().describe());
      from = next(view.sequence);
    }
  }
  auditor.finish();
  return auditor.report();
}

TEST(City, RefusesExactlyWhatWasPlanted) {
  std::set<CommandId> expected;
  for (const auto& item : city().planted().items)
    if (item.kind == "violation" || item.kind == simulation::rejected_kind)
      expected.insert(item.commands.begin(), item.commands.end());
  for (const auto& refused : city().refused())
    EXPECT_TRUE(expected.contains(refused.command.id))
        << command_name(refused.command.body) << ": " << refused.error.describe();
  EXPECT_GT(city().commands(), 10'000U);
}

TEST(City, IsAuditedWithoutAMismatch) {
  const AuditReport report = audit(city());
  for (const Finding& finding : report.findings)
    EXPECT_NE(finding.kind, Finding::Kind::mismatch)
        << finding.sequence.value << " " << finding.rule << " " << finding.detail;
  EXPECT_GT(report.rankings, 0U);
  EXPECT_GT(report.payments, 500U);
  EXPECT_EQ(report.events, city().log().head().sequence.value);
}

TEST(City, MarksExactlyTheObjectionsThatWerePlantedLate) {
  std::map<CommandId, std::string> planted;  // the rule that it is marked by
  std::size_t expected = 0;
  for (const auto& item : city().planted().items) {
    const bool filed = item.kind == "objection_late";
    if (!filed && item.kind != "objection_overdue") continue;
    ++expected;
    for (const CommandId& id : item.commands)
      planted[id] = filed ? "objection.filed_late" : "objection.decided_late";
  }
  ASSERT_GE(expected, 1U);
  std::size_t marked = 0;
  for (const Finding& finding : audit(city()).findings) {
    if (finding.kind != Finding::Kind::late_objection) continue;
    ++marked;
    const auto batch = city().log().read(finding.sequence, {.events = 1});
    ASSERT_TRUE(batch.has_value());
    EXPECT_EQ(finding.rule, planted[decode_event(batch->events.front().bytes)->command])
        << finding.sequence.value << " " << finding.detail;
  }
  EXPECT_EQ(marked, expected);
}

// Where a tree of derivations names that parameter.
void find_rules(const std::vector<Derivation>& nodes, Parameter parameter,
                std::vector<AppliedRule>& out) {
  for (const Derivation& node : nodes) {
    for (const AppliedRule& rule : node.note.rules)
      if (rule.parameter == parameter) out.push_back(rule);
    find_rules(node.inputs, parameter, out);
  }
}

TEST(City, ExplainsTheHeroinesAugustToTheRupiah) {
  ASSERT_TRUE(city().planted().heroine.has_value());
  const auto& heroine = *city().planted().heroine;
  const auto explainer =
      Explainer::open(city().history(), {city().log().head().sequence, city().log().head().leaf});
  ASSERT_TRUE(explainer.has_value()) << explainer.error().describe();
  const auto explained = explainer->explain(heroine.person, heroine.month);
  ASSERT_TRUE(explained.has_value()) << explained.error().describe();
  EXPECT_TRUE(explained->reproduced);
  EXPECT_TRUE(explained->locked);
  std::int64_t sum = 0;
  for (const Contribution& contribution : explained->contributions)
    sum += contribution.amount.value;
  EXPECT_EQ(sum, explained->payment.net.value);
  ASSERT_TRUE(explained->rank.has_value());
  EXPECT_EQ(explained->rank->placed.tier, Tier::below);
  EXPECT_EQ(explained->rank->delta.value, -500);
  EXPECT_LT(explained->rank->amount.value, 0);
  ASSERT_TRUE(explained->rank->by_result.has_value());
  EXPECT_TRUE(explained->rank->by_result->possible);
  EXPECT_EQ(explained->rank->by_result->to.value - explained->rank->by_result->from.value,
            heroine.avoided_by.value);
  EXPECT_EQ(explained->rank->by_result->cut_instead.size(), 1U);
  ASSERT_EQ(explained->corrections.size(), 1U);
  EXPECT_GT(explained->corrections.front().amount.value, 0);
  EXPECT_FALSE(explained->corrections.front().lines.empty());
  EXPECT_FALSE(explained->events.empty());
  std::vector<AppliedRule> rates;
  find_rules(explained->derivation, Parameter::tier_delta, rates);
  ASSERT_EQ(rates.size(), 1U);
  EXPECT_EQ(rates.front().applied_on, explained->rank->published_on)
      << "the rate is that of the document in force when the ranking was published";
}

Explainer explainer_of(const City& city) {
  return Explainer::open(city.history(), {city.log().head().sequence, city.log().head().leaf})
      .value();
}

std::size_t count_events(const Explanation& from, EventType type) {
  return static_cast<std::size_t>(
      std::count_if(from.events.begin(), from.events.end(),
                    [&](const EventRef& event) { return event.type == type; }));
}

TEST(City, ExplainsHowTheHeroinesGroupWasCut) {
  const auto& heroine = *city().planted().heroine;
  const Explanation told = explainer_of(city()).explain(heroine.person, heroine.month).value();
  const RankBranch& rank = told.rank.value();
  EXPECT_TRUE(rank.reproduced);
  EXPECT_EQ(rank.ranking.value, rank.members);
  std::int64_t places = 0;
  for (const Derivation& input : rank.ranking.inputs)
    if (input.quantity == Quantity::tier_places) places += input.value;
  EXPECT_EQ(places, rank.members);
  EXPECT_EQ(rank.ranking.find(Quantity::tier_places, "below")->value, rank.below);
  EXPECT_EQ(rank.ranking.find(Quantity::rank)->value, rank.placed.rank);
  for (const Parameter wanted : {Parameter::tiers, Parameter::tail_rounding, Parameter::group_scope,
                                 Parameter::minimum_size, Parameter::tie_keys}) {
    const auto rule = std::find_if(told.rules.begin(), told.rules.end(),
                                   [&](const AppliedRule& one) { return one.parameter == wanted; });
    ASSERT_NE(rule, told.rules.end()) << to_string(wanted);
    EXPECT_EQ(rule->applies_by, AppliesBy::decision);
    EXPECT_EQ(rule->applied_on, rank.published_on);
    if (wanted == Parameter::tiers) {
      EXPECT_EQ(rule->provenance.status, ValueStatus::cited);
    }
  }
  EXPECT_EQ(count_events(told, EventType::RankingGroupFrozen), 1U);
  EXPECT_EQ(count_events(told, EventType::RankingGroupMember), 1U) << "her own";
  EXPECT_EQ(count_events(told, EventType::EvaluationDelivered), 1U);
  // Nobody else of the group is named.
  const std::string json = explanation_json(told);
  const std::string own = "\"detail\":\"" + to_string(heroine.person) + "\"";
  for (std::size_t at = json.find("\"quantity\":\"placement\""); at != std::string::npos;
       at = json.find("\"quantity\":\"placement\"", at + 1))
    EXPECT_NE(json.substr(at, 60).find(own), std::string::npos) << json.substr(at, 60);
}

// What explain cuts again from what was published is what the publication ranked.
TEST(City, CutsPublishedGroupsAgainAsTheyWereRanked) {
  const Explainer explainer = explainer_of(city());
  std::size_t groups = 0;
  std::size_t decided = 0;
  for (const auto& [period, ranking] : explainer.agency().rankings)
    for (const auto& [name, group] : ranking.groups) {
      if (!group.published) continue;
      ++groups;
      const LoadedFacts then(city().history(), explainer.shared_agency(),
                             group.published->computed_at);
      const Rules rules = ranking_rules(then, group.published_on).value();
      NullRecorder none;
      const GroupRanking ranked = rank_group(then, period, name, rules, none).value();
      DerivationRecorder recorder;
      const GroupRanking again =
          cut_published(then, group, group.placements.front().placed.person, rules, recorder);
      EXPECT_EQ(again.cut.members, ranked.cut.members) << name;
      EXPECT_TRUE(is_as_published(again.cut, group)) << name;
      ASSERT_EQ(again.decided.size(), ranked.decided.size()) << name;
      decided += again.decided.size();
      for (std::size_t i = 0; i < again.decided.size(); ++i) {
        EXPECT_EQ(again.decided[i].found, ranked.decided[i].found) << name;
        EXPECT_EQ(again.decided[i].resolved, ranked.decided[i].resolved) << name;
      }
    }
  EXPECT_GE(groups, 3U);
  EXPECT_GE(decided, 1U);
}

std::string planted_as(const simulation::PlantedItem& item, std::string_view name) {
  for (const auto& [key, value] : item.expected)
    if (key == name) return value;
  return {};
}

// Line breaks are for the eye.
std::string unbroken(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (c != '\n' && c != ' ')
      out += c;
    else if (!out.ends_with(' '))
      out += ' ';
  return out;
}

// The one whom a decision cut or rewarded, and the one whom it did not, in every form.
TEST(City, TellsThoseInATieThatAnOfficialDecided) {
  const Explainer explainer = explainer_of(city());
  std::size_t ties = 0;
  for (const auto& item : city().planted().items) {
    if (item.kind != "tie") continue;
    ++ties;
    const std::string chosen = planted_as(item, "chosen");
    const std::string tied = planted_as(item, "members");
    for (std::size_t at = 0; at < tied.size();) {
      const std::string person = tied.substr(at, tied.find(' ', at) - at);
      at += person.size() + 1;
      SCOPED_TRACE(person + " of " + tied);
      const Explanation told =
          explainer.explain(parse_person_id(person).value(), *item.month).value();
      const RankBranch& rank = told.rank.value();
      ASSERT_EQ(rank.ties.size(), 1U);
      const TieBranch& tie = rank.ties.front();
      EXPECT_EQ(to_string(tie.cutoff), planted_as(item, "cutoff"));
      EXPECT_EQ(tie.chosen, person == chosen);
      EXPECT_EQ(tie.members, 2U);
      EXPECT_EQ(tie.score, rank.placed.score);
      EXPECT_EQ(tie.decree.office, planted_as(item, "authority"));
      EXPECT_EQ(count_events(told, EventType::TieAtCutoffFound), 1U);
      EXPECT_EQ(count_events(told, EventType::TieResolved), 1U);

      const std::string decision = "#" + std::to_string(tie.resolved.value);
      const std::string tier_id = tie.cutoff == Cutoff::above ? "di atas" : "di bawah";
      const std::string tier_en = tie.cutoff == Cutoff::above ? "above" : "below";
      const std::string outcome_id = tie.chosen
                                         ? "Pegawai ini dipilih untuk " + tier_id + " ekspektasi."
                                         : "Pegawai ini tidak dipilih untuk " + tier_id +
                                               " ekspektasi, jadi sesuai "
                                               "ekspektasi.";
      const std::string outcome_en = tie.chosen
                                         ? "This person was chosen for " + tier_en + " expectation."
                                         : "This person was not chosen for " + tier_en +
                                               " expectation, and so meets expectation.";
      for (const auto& [language, found, outcome] :
           {std::tuple(Language::indonesian, std::string("Nilai sama pada batas: 2 anggota"),
                       outcome_id),
            std::tuple(Language::english, std::string("A tie at the cut-off: 2 members"),
                       outcome_en)}) {
        const Page page = explanation_page(told, language);
        for (const std::string& form : {unbroken(to_text(page)), to_html(page)})
          for (const std::string& part : {found, tie.decree.number, tie.decree.office,
                                          to_string(tie.decree.signatory), decision, outcome})
            EXPECT_NE(form.find(part), std::string::npos) << part;
      }
      const std::string json = explanation_json(told);
      EXPECT_NE(json.find("\"chosen\":" + std::string(tie.chosen ? "true" : "false")),
                std::string::npos);
      EXPECT_NE(json.find("\"resolved\":" + std::to_string(tie.resolved.value) + ","),
                std::string::npos)
          << json.substr(json.find("\"ties\""), 400);
      EXPECT_NE(json.find(tie.decree.number), std::string::npos);
      EXPECT_NE(json.find("\"type\":\"TieResolved\""), std::string::npos);
    }
  }
  EXPECT_GE(ties, 1U);
}

TEST(City, TheIndexHasEveryEventWhoseSubjectAPersonIs) {
  std::map<std::uint64_t, std::vector<Sequence>> said;  // of people
  const Sequence head = city().log().head().sequence;
  for (Sequence from{1}; from <= head;) {
    const auto batch = city().log().read(from);
    ASSERT_TRUE(batch.has_value() && !batch->empty());
    for (const EventView& view : batch->events) {
      const auto event = decode_event(view.bytes);
      ASSERT_TRUE(event.has_value());
      if (event->subject.kind == SubjectKind::person)
        said[event->subject.id].push_back(event->sequence);
    }
    from = next(batch->events.back().sequence);
  }
  ASSERT_GE(said.size(), 120U);
  for (const auto& [person, sequences] : said) {
    const auto found =
        city().history().sequences(subject_of(PersonId{person}), {Sequence{}, head, 1'000'000});
    ASSERT_TRUE(found.has_value()) << found.error().describe();
    EXPECT_TRUE(std::includes(found->begin(), found->end(), sequences.begin(), sequences.end()))
        << "P" << person;
    EXPECT_LE(found->size(), sequences.size() + 50) << "what others' events say of P" << person;
  }
}

// One who follows the log, as a service does, by steps that end anywhere.
TEST(City, AnExplainerThatFollowedTheLogKnowsWhatOneOpenedAnewKnows) {
  const auto head_at = [&](std::uint64_t sequence) -> Explainer::Head {
    const auto batch = city().log().read(Sequence{sequence}, {.events = 1});
    return {Sequence{sequence}, batch->events.front().leaf};
  };
  const auto& heroine = *city().planted().heroine;
  const std::uint64_t last = city().log().head().sequence.value;
  auto followed = Explainer::open(city().history(), head_at(1));
  ASSERT_TRUE(followed) << followed.error().describe();
  std::size_t explained = 0;
  for (std::uint64_t step = 1; step <= 12; ++step) {
    SCOPED_TRACE(step);
    const Explainer::Head head = head_at(step == 12 ? last : last * step / 12);
    followed = followed->moved_to(head);
    ASSERT_TRUE(followed) << followed.error().describe();
    const auto opened = Explainer::open(city().history(), head);
    ASSERT_TRUE(opened) << opened.error().describe();
    const auto one = followed->explain(heroine.person, heroine.month);
    const auto other = opened->explain(heroine.person, heroine.month);
    ASSERT_EQ(one.has_value(), other.has_value());
    if (!one) {
      EXPECT_EQ(one.error().rule, other.error().rule);
      continue;
    }
    ++explained;
    EXPECT_EQ(explanation_json(*one), explanation_json(*other));
  }
  EXPECT_GE(explained, 1U);
  const auto again = followed->moved_to(head_at(last));
  EXPECT_EQ(again->shared_agency(), followed->shared_agency()) << "nothing was added: it is shared";
}

Explanation explained(const City& city, PersonId person, Month month) {
  const auto explainer =
      Explainer::open(city.history(), {city.log().head().sequence, city.log().head().leaf});
  EXPECT_TRUE(explainer.has_value());
  auto out = explainer->explain(person, month);
  EXPECT_TRUE(out.has_value()) << (out ? "" : out.error().describe());
  return out ? std::move(*out) : Explanation{};
}

EventType type_of(const Explanation& from, Sequence sequence) {
  for (const EventRef& event : from.events)
    if (event.sequence == sequence) return event.type;
  return EventType::unspecified;
}

// The third quarter is rated in October, when a document that pays predicates is in force.
TEST(City, ExplainsAMonthByThePredicateOfTheQuarterBefore) {
  City denpasar({.people = 120, .from = month(2022, 9), .to = month(2022, 11), .seed = 4},
                {.pack = "kota-denpasar",
                 .predicate_bp = R"({"sangat_baik":500,"baik":0,"butuh_perbaikan":-200,)"
                                 R"("kurang":-500,"sangat_kurang":-1000})"});
  const auto whom = [&](std::string_view kind) {
    for (const auto& item : denpasar.planted().items)
      if (item.kind == kind && item.expected[0].second == "2022-Q3") return *item.person;
    ADD_FAILURE() << kind;
    return PersonId{};
  };
  const Explanation cut = explained(denpasar, whom("objection_dismissed"), month(2022, 10));
  ASSERT_TRUE(cut.predicate && cut.predicate->shown && cut.predicate->rate);
  EXPECT_EQ(cut.predicate->period, (Period{month(2022, 7), 3}));
  EXPECT_EQ(cut.predicate->shown->predicate, Predicate::butuh_perbaikan);
  EXPECT_EQ(type_of(cut, cut.predicate->shown->event), EventType::EvaluationDelivered);
  EXPECT_EQ(cut.predicate->quadrant->parameter, Parameter::predicate_quadrant);
  EXPECT_EQ(cut.predicate->ratings.size(), 2U);
  EXPECT_EQ(type_of(cut, cut.predicate->unit_event), EventType::UnitPredicateSet);
  EXPECT_EQ(cut.predicate->delta, BasisPoints{-200});
  EXPECT_LT(cut.predicate->amount.value, 0);
  EXPECT_TRUE(cut.reproduced);

  const Explanation corrected = explained(denpasar, whom("predicate_corrected"), month(2022, 10));
  ASSERT_TRUE(corrected.predicate && corrected.predicate->shown);
  EXPECT_EQ(corrected.predicate->shown->predicate, Predicate::baik);
  EXPECT_EQ(type_of(corrected, corrected.predicate->shown->event), EventType::EvaluationCorrected);
  EXPECT_EQ(corrected.predicate->amount, Rupiah{});

  const Explanation before = explained(denpasar, cut.person, month(2022, 9));
  ASSERT_TRUE(before.predicate.has_value());
  EXPECT_FALSE(before.predicate->shown) << "nobody was rated for the second quarter here";
  const std::string page = to_text(explanation_page(before, Language::english));
  EXPECT_NE(page.find("no predicate had been delivered"), std::string::npos) << page;
}

}  // namespace
}  // namespace runut
