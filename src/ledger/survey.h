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

// What somebody is called who answers a survey as peer or subordinate: the first 64 bits of
// HMAC-SHA-256 (RFC 2104) under the rated person's key, over who rates whom in which period. The
// same person is the same within one survey, so that nobody answers twice, and nobody in another.
// Whoever has that key can tell whether it is somebody's; without it, or once it is destroyed,
// nobody can.
[[nodiscard]] std::uint64_t survey_pseudonym(BytesView key, PersonId rated, Period period,
                                             PersonId actor);

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
