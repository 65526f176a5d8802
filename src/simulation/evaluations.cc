#include "simulation/evaluations.h"

#include <fmt/format.h>

#include <algorithm>

#include "computation/groups.h"

namespace runut::simulation {
namespace {

constexpr std::int64_t avoiding_addition = 37;  // hundredths of the heroine's result
constexpr std::int64_t correction_beyond = 60;  // further up when her objection is upheld

template <class T>
void shuffle(std::vector<T>& items, SeededRandomness& random) {
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random.below(i)]);
}

std::int64_t half_up(std::int64_t numerator, std::int64_t denominator) {
  const auto rounded = divide(numerator, denominator, Rounding::half_up);
  RUNUT_CHECK(rounded.has_value(), "scores do not overflow");
  return *rounded;
}

std::array<Score, behaviour_values> values_between(SeededRandomness& random, int low, int high) {
  std::array<Score, behaviour_values> out;
  for (Score& value : out) value = Score{between(random, low, high) * 100};
  return out;
}

class Rater {
 public:
  Rater(City& city, Period period, const Document& rules, const Chance& chance)
      : city_(city), rules_(rules), chance_(chance) {
    out_.period = period;
    out_.ratings.resize(city.people.size());
  }

  Evaluations build(const std::vector<PersonIndex>& undelivered) {
    const Date day = last_day(out_.period);
    std::vector<GroupMember> members;
    for (PersonIndex p = 0; p < city_.people.size(); ++p) {
      const Posting* posting = city_.people[p].posting_on(day);
      if (posting == nullptr || !posting->eligible) continue;
      const bool delivered =
          std::find(undelivered.begin(), undelivered.end(), p) == undelivered.end();
      if (posting->rankable && delivered) {
        members.push_back(
            {city_.people[p].id, city_.units[posting->unit].id, posting->job_class, std::nullopt});
      } else {
        rate_freely(p);
      }
    }
    Parents parents;
    for (const Unit& unit : city_.units)
      if (unit.parent != nobody) parents[unit.id.value] = city_.units[unit.parent_on(day)].id.value;
    // Ids of people and units are their index plus one.
    for (const auto& [key, group] :
         form_groups(RankingScope::unit, members, parents, rules_.ranking.minimum_size)) {
      std::vector<PersonIndex> people;
      for (const GroupMember& member : group)
        people.push_back(static_cast<PersonIndex>(member.person.value - 1));
      rate_group(static_cast<UnitIndex>(key.holder - 1), std::move(people),
                 group_name(RankingScope::unit, key));
    }
    return std::move(out_);
  }

 private:
  void rate_freely(PersonIndex p) {
    SeededRandomness random = chance_.of(Purpose::evaluation, p);
    out_.ratings[p] = {Score{around(random, 7'200, 9'600)}, values_between(random, 78, 95)};
  }

  void rate_group(UnitIndex unit, std::vector<PersonIndex> members, std::string name) {
    RankedGroup group;
    group.unit = unit;
    group.name = std::move(name);
    const auto n = static_cast<std::uint32_t>(members.size());
    group.counts = tier_counts(n, rules_.ranking.tiers, rules_.ranking.tail_rounding);
    SeededRandomness random = chance_.of(Purpose::evaluation, 1'000'000'000ULL + unit);
    shuffle(members, random);
    const bool story = unit == city_.heroine_unit || unit == city_.tie_unit;

    // A ladder of results without a rung twice, so that nobody is tied by chance. Behaviour moves
    // scores by more than a rung, except in the story groups, whose order is the ladder's.
    const std::int64_t step = std::max<std::int64_t>((story ? 2'200 : 2'600) / n, 1);
    for (std::uint32_t k = 0; k < n; ++k) {
      const std::int64_t jitter =
          static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(step / 3 + 1)));
      out_.ratings[members[k]] = {
          Score{9'700 - k * step - jitter},
          story ? values_between(random, 85, 87) : values_between(random, 76, 96)};
    }
    if (!story && unit % 5 == 2) {
      out_.ratings[members[0]] = {Score{11'460}, values_between(random, 108, 116)};
      out_.innovators.push_back(members[0]);
    }
    group.order = std::move(members);
    if (unit == city_.heroine_unit) cast_heroine(group);
    if (unit == city_.tie_unit) cast_tie(group);
    std::sort(group.order.begin(), group.order.end(), [&](PersonIndex a, PersonIndex b) {
      const int better = compare(a, b);
      return better != 0 ? better > 0 : a < b;
    });
    if (unit == city_.heroine_unit) {
      const std::size_t place = first_below(group);
      RUNUT_CHECK(group.order[place] == out_.heroine && group.order[place - 1] == out_.neighbour,
                  "the heroine stands right below the cut-off");
    }
    out_.groups.push_back(std::move(group));
  }

  [[nodiscard]] int compare(PersonIndex a, PersonIndex b) const {
    return compare_keys(rank_key(out_.ratings[a], rules_), rank_key(out_.ratings[b], rules_),
                        rules_.ranking.tie_keys);
  }

  // Puts somebody of the group who passes `fits` on the given rung of the ladder.
  template <class Fits>
  PersonIndex cast(RankedGroup& group, std::size_t place, Fits fits) {
    for (std::size_t i = 0; i < group.order.size(); ++i) {
      const PersonIndex p = group.order[i];
      if (city_.people[p].reserved || !fits(city_.people[p])) continue;
      std::swap(out_.ratings[p], out_.ratings[group.order[place]]);
      std::swap(group.order[i], group.order[place]);
      city_.people[p].reserved = city_.people[p].clean = true;
      city_.people[p].diligence = 10'000;
      return p;
    }
    RUNUT_CHECK(false, "a story group has staff to cast");
    return nobody;
  }
  static std::size_t first_below(const RankedGroup& group) {
    return group.order.size() - static_cast<std::size_t>(group.counts.below);
  }
  static bool is_staff(const Person& person) {
    return person.postings[0].echelon == Echelon::staff && !person.appraises;
  }

  void cast_heroine(RankedGroup& group) {
    RUNUT_CHECK(group.counts.below > 0, "a story group has a tier below");
    const std::size_t place = first_below(group);
    for (PersonIndex p : group.order) {  // a civil servant, whose identifier is a NIP
      Person& person = city_.people[p];
      if (is_staff(person) && person.status == EmploymentStatus::pns) {
        person.female = true;
        break;
      }
    }
    out_.heroine = cast(group, place, [](const Person& person) {
      return is_staff(person) && person.female && person.status == EmploymentStatus::pns;
    });
    out_.neighbour = cast(group, place - 1, is_staff);
    Ratings& hers = out_.ratings[out_.heroine];
    const RankKey above = rank_key(out_.ratings[out_.neighbour], rules_);
    // The first result that would pass the neighbour, then so much less.
    Ratings tried = hers;
    while (compare_keys(rank_key(tried, rules_), above, rules_.ranking.tie_keys) <= 0)
      tried.result.value += 1;
    hers.result = Score{tried.result.value - avoiding_addition};
    out_.heroine_avoids = Score{avoiding_addition};
    out_.heroine_corrected = {Score{tried.result.value + correction_beyond}, hers.values};
  }

  void cast_tie(RankedGroup& group) {
    RUNUT_CHECK(group.counts.below > 0, "a story group has a tier below");
    const std::size_t place = first_below(group);
    out_.tied[0] = cast(group, place - 1, is_staff);
    out_.tied[1] = cast(group, place, is_staff);
    out_.ratings[out_.tied[1]] = out_.ratings[out_.tied[0]];
  }

  City& city_;
  const Document& rules_;
  const Chance& chance_;
  Evaluations out_;
};

}  // namespace

RankKey rank_key(const Ratings& ratings, const Document& rules) {
  std::int64_t sum = 0;
  for (const Score value : ratings.values) sum += value.value;
  const std::int64_t behaviour = half_up(sum, behaviour_values);
  const std::int64_t score =
      half_up(rules.evaluation.weights().result.value * ratings.result.value +
                  rules.evaluation.weights().behaviour.value * behaviour,
              whole.value);
  return {Score{score}, ratings.result, Score{behaviour}, whole};
}

const RankedGroup& Evaluations::group_of(UnitIndex unit) const {
  for (const RankedGroup& group : groups)
    if (group.unit == unit) return group;
  RUNUT_CHECK(false, "no group of this unit");
  return groups.front();
}

Evaluations build_evaluations(City& city, Period period, const Document& rules,
                              const std::vector<PersonIndex>& undelivered, const Chance& chance) {
  return Rater(city, period, rules, chance).build(undelivered);
}

}  // namespace runut::simulation
