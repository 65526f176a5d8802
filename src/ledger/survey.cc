#include "ledger/survey.h"

#include <algorithm>
#include <charconv>

#include "base/sha256.h"

namespace runut {
namespace {

bool is_appraised_by(const PersonFacts& person, PersonId appraiser, Date day) {
  const auto* const of_day = person.appraiser_on(day);
  return of_day != nullptr && of_day->value.appraiser == appraiser;
}

bool share_appraiser(const PersonFacts& a, const PersonFacts& b, Date day) {
  const auto* const of_a = a.appraiser_on(day);
  return of_a != nullptr && is_appraised_by(b, of_a->value.appraiser, day);
}

bool share_unit(const PersonFacts& a, const PersonFacts& b, Date day) {
  const AssignmentFact* const post_a = a.assignment_on(day);
  const AssignmentFact* const post_b = b.assignment_on(day);
  return post_a != nullptr && post_b != nullptr && post_a->unit == post_b->unit;
}

tl::unexpected<Error> damaged_answer(std::string_view why) {
  // Without the text: it is personal.
  return fail(ErrorCode::corrupt, "a sealed answer of a survey " + std::string(why));
}

}  // namespace

std::string answer_text(std::span<const Score> values) {
  std::string out;
  for (const Score value : values) out += (out.empty() ? "" : " ") + std::to_string(value.value);
  return out;
}

Result<std::vector<Score>> read_answer(std::string_view text) {
  std::vector<Score> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    std::int64_t value = -1;
    const auto read = std::from_chars(text.data() + at, text.data() + end, value);
    if (read.ec != std::errc{} || read.ptr != text.data() + end || value < 0 || value > 12'000)
      return damaged_answer("holds what is no value");
    out.push_back(Score{value});
    at = end + 1;
  }
  if (out.size() != behaviour_values) return damaged_answer("has not seven values");
  return out;
}

std::uint64_t survey_pseudonym(BytesView key, PersonId rated, Period period, PersonId actor) {
  Bytes named = "runut survey pseudonym\n";
  append_u64(named, rated.value);
  append_u32(named, static_cast<std::uint32_t>(period.first.index));
  append_u32(named, static_cast<std::uint32_t>(period.months));
  append_u64(named, actor.value);
  return read_u64(hmac_sha256(key, named).view());
}

std::vector<SurveyAnswerFact> answers_to_sum(const PersonFacts& person, Period period) {
  const SurveyFact* const survey = person.survey(period);
  if (survey == nullptr || person.erased) return {};
  return survey->answers;
}

Result<std::vector<SurveyRelationSum>> sum_answers(std::span<const SurveyAnswerFact> answers,
                                                   std::span<const OpenedAnswer> opened) {
  std::vector<SurveyRelationSum> out;
  for (const auto& row : EnumNames<SurveyRelation>::table) {
    SurveyRelationSum sum{row.value, 0, 0};
    for (const SurveyAnswerFact& answer : answers) {
      if (answer.relation != row.value) continue;
      const auto found = std::find_if(opened.begin(), opened.end(), [&](const OpenedAnswer& one) {
        return one.sequence == answer.sequence;
      });
      if (found == opened.end()) return damaged_answer("was not opened for its closing");
      RUNUT_ASSIGN(const std::vector<Score> values, read_answer(found->text));
      for (const Score value : values)
        sum.sum_hundredths += static_cast<std::uint64_t>(value.value);
      ++sum.answers;
    }
    if (sum.answers > 0) out.push_back(sum);
  }
  return out;
}

std::optional<SurveyRelation> survey_relation(const PersonFacts& rated, const PersonFacts& other,
                                              Date day) {
  if (rated.person == other.person) return std::nullopt;
  if (is_appraised_by(rated, other.person, day)) return SurveyRelation::superior;
  if (is_appraised_by(other, rated.person, day)) return SurveyRelation::subordinate;
  if (share_unit(rated, other, day) || share_appraiser(rated, other, day))
    return SurveyRelation::peer;
  return std::nullopt;
}

}  // namespace runut
