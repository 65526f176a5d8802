// The sections of an explanation's page, one function each; private to the renderers.
#pragma once

#include <algorithm>

#include "query/explanation.h"
#include "query/wording.h"

namespace runut {

[[nodiscard]] inline bool holds(const std::vector<Sequence>& all, Sequence one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// One explanation told in one language.
struct Telling {
  const Explanation& from;
  Language language;

  [[nodiscard]] std::string t(std::string_view id, std::string_view en) const {
    return std::string(Words{id, en}.in(language));
  }
  [[nodiscard]] std::string w(auto value) const { return std::string(words(value).in(language)); }
  // "{}" filled in the language's own sentence.
  template <class... Values>
  [[nodiscard]] std::string say(std::string_view id, std::string_view en,
                                const Values&... values) const;

  [[nodiscard]] std::string money(Rupiah amount) const { return rupiah(amount, language); }
  [[nodiscard]] std::string change(Rupiah amount) const { return signed_rupiah(amount, language); }
  [[nodiscard]] std::string day(Date date) const { return date_name(date, language); }

  // Bidang Mutasi (U9); U9 where it has no name here
  [[nodiscard]] std::string unit(UnitId unit) const;
  [[nodiscard]] std::string run(const RunId& run) const {
    return run_name(run, language, unit(run.unit));
  }
  // The members of a group, as its scope names them: Bidang Mutasi (U9), class 7.
  [[nodiscard]] std::string group(const RankBranch& rank) const;
  // #12 #13 +4
  [[nodiscard]] std::string sequences(const std::vector<Sequence>& all, std::size_t most = 6) const;
  // Keberatan diputus (#123, 5 Oktober 2022); both days where it is recorded another day than it is
  // about.
  [[nodiscard]] std::string event(Sequence sequence) const;
  // Who acted: "P81, pegawai"; and how they were known.
  [[nodiscard]] std::string actor(const EventRef& event) const;
  [[nodiscard]] std::string known_by(const EventRef& event) const;
  // Where a rule stands, as short as it can be cited; whole in the table of rules.
  [[nodiscard]] std::string clause(const Provenance& provenance) const;
  // The kota-kediri-2022-08 document in force on 1 August 2022, the first day of the payment month.
  [[nodiscard]] std::string why_applied(const AppliedRule& rule) const;
  [[nodiscard]] std::string line_name(const PaymentLine& line) const;
  // Which one a quantity is: a date, a month and a time as they are said, anything else as
  // phrase().
  [[nodiscard]] std::string detail(const std::string& noted) const;
  [[nodiscard]] Tree tree(const Derivation& node) const;
};

[[nodiscard]] Section summary_section(const Telling& telling);
[[nodiscard]] Section rank_section(const Telling& telling, const RankBranch& rank);
[[nodiscard]] Section predicate_section(const Telling& telling, const PredicateBranch& branch);
[[nodiscard]] Section unranked_section(const Telling& telling, const UnrankedBranch& branch);
[[nodiscard]] Section base_section(const Telling& telling);
[[nodiscard]] Section lines_section(const Telling& telling);
[[nodiscard]] Section objection_section(const Telling& telling, const ObjectionBranch& objection);
[[nodiscard]] Section correction_section(const Telling& telling,
                                         const CorrectionBranch& correction);
[[nodiscard]] Section computation_section(const Telling& telling);
[[nodiscard]] Section rules_section(const Telling& telling);
[[nodiscard]] Section events_section(const Telling& telling);

}  // namespace runut

#include <fmt/format.h>

template <class... Values>
std::string runut::Telling::say(std::string_view id, std::string_view en,
                                const Values&... values) const {
  return fmt::format(fmt::runtime(Words{id, en}.in(language)), values...);
}
