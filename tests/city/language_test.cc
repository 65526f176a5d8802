// Explanations of a whole city in both languages: a word that stands in both is one that somebody
// forgot to translate, unless it is a term of art, a code or a quotation.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "city.h"
#include "codec/envelope_codec.h"
#include "query/explain.h"
#include "query/explain_page.h"

namespace runut {
namespace {

using testing::City;

std::string without(std::string text, const std::string& quoted) {
  for (std::size_t at = text.find(quoted); !quoted.empty() && at != std::string::npos;
       at = text.find(quoted, at))
    text.replace(at, quoted.size(), " ");
  return text;
}

// What stands in the ledger in the words of others; longer ones first, as they hold shorter ones.
std::vector<std::string> quotations(const Explanation& from) {
  std::vector<std::string> out{from.agency_name, from.agency, from.document};
  for (const auto& [unit, name] : from.units) out.push_back(name);
  if (from.rank)
    for (const TieBranch& tie : from.rank->ties)
      out.insert(out.end(), {tie.decree.number, tie.decree.office});
  for (const AppliedRule& rule : from.rules)
    out.insert(out.end(), {rule.provenance.source, rule.provenance.clause, rule.document});
  for (const EventRef& event : from.events)
    out.insert(out.end(), {event.actor.method, event.actor.issuer});
  for (const ObjectionBranch& branch : from.objections)
    for (const auto& decree : {branch.decree, branch.corrected_by})
      if (decree) out.insert(out.end(), {decree->number, decree->office});
  std::sort(out.begin(), out.end(),
            [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return out;
}

// Words of letters alone: what is joined to digits or to '_' is an id or a code.
std::set<std::string> words_of(const Page& page, const Explanation& from) {
  std::vector<std::string> texts{page.title, page.notice, page.signature.statement};
  for (const auto& [name, value] : page.head.rows) texts.insert(texts.end(), {name, value});
  texts.insert(texts.end(), page.signature.signatories.begin(), page.signature.signatories.end());
  Page body;
  body.sections = page.sections;
  texts.push_back(to_text(body));
  std::set<std::string> out;
  for (std::string text : texts) {
    for (const std::string& quoted : quotations(from)) text = without(text, quoted);
    std::string word;
    bool code = false;
    for (const char c : text + " ") {
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (letter || (c >= '0' && c <= '9') || c == '_') {
        word += c;
        code = code || !letter;
        continue;
      }
      if (!word.empty() && !code) out.insert(word);
      word.clear();
      code = false;
    }
  }
  return out;
}

// The same in both languages, on purpose.
const std::set<std::string> terms{
    "TPP", "SIMULASI", "NIP", "PNS", "CPNS", "PPPK", "PPh", "SHA", "hash", "Rp", "WIB", "WITA", "U",
    "P", "R", "Perwali", "Kediri", "PP", "runut", "audit", "bank", "unit", "BPJS", "Kesehatan",
    "Korpri", "min", "max", "kota",
    // sections, grades, and months that both languages spell alike
    "A", "B", "C", "D", "E", "F", "G", "I", "II", "III", "IV", "IX", "V", "VII", "X", "a", "b", "c",
    "d", "e", "April", "September", "November", "status", "Status", "data", "rupiah"};

void expect_two_languages(const Explanation& from, std::set<std::string>& leaked) {
  const auto id = words_of(explanation_page(from, Language::indonesian), from);
  const auto en = words_of(explanation_page(from, Language::english), from);
  EXPECT_GT(id.size(), 40U);
  for (const std::string& word : id)
    if (en.contains(word) && !terms.contains(word)) leaked.insert(word);
}

TEST(Explanations, LeaveNoWordOfOneLanguageInTheOther) {
  City city({.people = 120, .from = month(2022, 1), .to = month(2022, 8), .seed = 1});
  const auto explainer =
      Explainer::open(city.history(), {city.log().head().sequence, city.log().head().leaf});
  ASSERT_TRUE(explainer.has_value());

  std::set<std::string> leaked;
  std::size_t explained = 0;
  std::size_t cut = 0;
  std::size_t corrected = 0;
  std::size_t hopeless = 0;
  bool rare_told = false;
  for (const auto& [person, facts] : explainer->agency().persons) {
    (void)facts;
    for (Month paid = month(2022, 1); paid <= month(2022, 8); paid = paid + 1) {
      const auto explanation = explainer->explain(person, paid);
      if (!explanation) {
        EXPECT_EQ(explanation.error().rule, "explain.no_payment") << explanation.error().describe();
        continue;
      }
      ++explained;
      cut += explanation->rank && explanation->rank->by_result ? 1U : 0U;
      hopeless += explanation->rank && explanation->rank->by_behaviour &&
                          !explanation->rank->by_behaviour->possible
                      ? 1U
                      : 0U;
      corrected += explanation->corrections.empty() ? 0U : 1U;
      expect_two_languages(*explanation, leaked);
      if (rare_told || !explanation->rank) continue;
      rare_told = true;
      // What this city has nobody for.
      Explanation rare = *explanation;
      rare.rank->by_result = Avoidance{};
      rare.reproduced = false;
      for (const auto& row : EnumNames<LeftOutReason>::table) {
        rare.payment.left_out = row.value;
        expect_two_languages(rare, leaked);
      }
      rare.rank.reset();
      for (const auto& row : EnumNames<UnrankedReason>::table) {
        rare.unranked = UnrankedBranch{explanation->rank->period, row.value, Sequence{1}};
        expect_two_languages(rare, leaked);
      }
    }
  }
  City predicates({.people = 100, .from = month(2022, 10), .to = month(2022, 10), .seed = 1},
                  {.pack = "kota-denpasar",
                   .predicate_bp = R"({"sangat_baik":500,"baik":10,"butuh_perbaikan":-200,)"
                                   R"("kurang":-500,"sangat_kurang":-1000})"});
  const auto by_predicate = Explainer::open(
      predicates.history(), {predicates.log().head().sequence, predicates.log().head().leaf});
  ASSERT_TRUE(by_predicate.has_value());
  std::set<Predicate> shown;
  for (const auto& [person, facts] : by_predicate->agency().persons) {
    const auto explanation = by_predicate->explain(person, month(2022, 10));
    if (!explanation || !explanation->predicate || !explanation->predicate->shown) continue;
    shown.insert(explanation->predicate->shown->predicate);
    expect_two_languages(*explanation, leaked);
  }
  EXPECT_EQ(shown.size(), 3U) << "the predicates that a city deals out";
  EXPECT_GT(explained, 100U);
  EXPECT_GT(cut, 3U);
  EXPECT_GT(corrected, 0U);
  EXPECT_TRUE(rare_told);
  std::string list;
  for (const std::string& word : leaked) list += word + " ";
  EXPECT_EQ(list, "");
  RecordProperty("nothing_would_have_avoided", static_cast<int>(hopeless));
}

}  // namespace
}  // namespace runut
