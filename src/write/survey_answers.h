// The sealed answers of a survey, opened for its closing. They leave the writer as sums alone.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "ledger/decide.h"
#include "log/event_log.h"
#include "seal/key_store.h"

namespace runut {

// The text of an answer that is decided and perhaps not in the log yet; nothing: it is there.
using AnswerInFlight = std::function<std::optional<std::string>(Sequence)>;

// Every answer of the survey; none where the person's key is destroyed. corrupt: an answer that
// does not open, or is none.
[[nodiscard]] Result<std::vector<OpenedAnswer>> open_survey_answers(
    const CloseSurvey& closing, const Facts& facts, const EventLog& log, const KeyStore& keys,
    const AnswerInFlight& in_flight);

// What the actor of an answer is called in the record (ledger/survey.h); nothing where no survey of
// it is open, which the rules refuse. A key that this makes is one that the answer is sealed under.
[[nodiscard]] Result<std::optional<std::uint64_t>> pseudonym_of(const Command& answering,
                                                                const Facts& facts, KeyStore& keys);

}  // namespace runut
