// Commands as JSON, one object a line (schemas/commands.schema.json).
#pragma once

#include "domain/command.h"

namespace runut {

// Canonical: the same command gives the same bytes. Also what the command digest covers.
[[nodiscard]] std::string to_json(const Command& command);

// Strict: unknown, missing and duplicate members, wrong types, ranges and encodings are refused;
// the error names the field by its path (data.minutes), the value and the rule. Nothing is
// defaulted but what the schema marks optional.
[[nodiscard]] Result<Command> parse_command(std::string_view line);

inline constexpr std::size_t command_bytes_max = 1U << 20;

// Fields that a submitter leaves to the ledger: absent in JSON.
// IdentifierAssigned.lookup is always computed; PaymentOrdered.amount may be left out and is then
// the locked total, PaymentReturned.amount the locked net (in a Command: Rupiah{-1}).
inline constexpr Rupiah locked_amount{-1};
// DisciplinarySanctionCancelled.sanction and DelegationRevoked.delegation may be left out where one
// alone can be meant (in a Command: Sequence{}): a file of commands is written before anybody knows
// sequences.
inline constexpr Sequence the_one_that_stands{};
// DisciplinarySanctionImposed.first_month may be left out and is then the month after effective_on
// (in a Command: Month{}, which no JSON can say).
inline constexpr Month month_after_effect{};
// Ratings by expectation leave out WorkResultRated.result (in a Command: `unscored`) and
// BehaviourRated.values (empty), their corrections both. The predicate and the credit of
// EvaluationDelivered and EvaluationCorrected are always computed.

}  // namespace runut
