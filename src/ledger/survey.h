// Surveys (rulebook section 3.2): the sealed text of an answer, and the sums of answers. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "computation/facts.h"
#include "ledger/decide.h"

namespace runut {

// What is sealed: the values in hundredths, "8000 8550 9000 8000 8000 8000 8000".
[[nodiscard]] std::string answer_text(std::span<const Score> values);
// corrupt: no text that answer_text() made of seven values.
[[nodiscard]] Result<std::vector<Score>> read_answer(std::string_view text);

// The answers whose values a closing sums; none when the person's key is destroyed.
[[nodiscard]] std::vector<SurveyAnswerFact> answers_to_sum(const PersonFacts& person,
                                                           Period period);
// By relation, those with answers. Of each answer in `answers` the text stands in `opened`.
[[nodiscard]] Result<std::vector<SurveyRelationSum>> sum_answers(
    std::span<const SurveyAnswerFact> answers, std::span<const OpenedAnswer> opened);

// Readings: the superior is the appraiser of that day; subordinates are those whose appraiser the
// person is; peers have a post in the same unit or the same appraiser, and are neither of the two.
// Nothing: the two have no such relation (or are the same).
[[nodiscard]] std::optional<SurveyRelation> survey_relation(const PersonFacts& rated,
                                                            const PersonFacts& other, Date day);

}  // namespace runut
