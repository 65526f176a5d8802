#include "listing/alternatives.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "codec/envelope_codec.h"
#include "listing/columns.h"

namespace runut::listing {
namespace {

std::string_view kind_of(const Payload& payload) {
  if (std::holds_alternative<TppPaymentComputed>(payload)) return "payment";
  if (std::holds_alternative<RankingMemberPlaced>(payload)) return "ranking";
  return "decision";
}

// The run, period or month that the event is about; else the fact's date.
std::string dated(const Event& event) {
  return std::visit(
      [&]<class P>(const P& e) {
        if constexpr (requires { RunId{e.run}; })
          return to_string(e.run);
        else if constexpr (requires { Period{e.period}; })
          return to_string(e.period);
        else
          return to_string(event.occurred_on);
      },
      event.payload);
}

std::string outcome_of(const ChangedCommit& commit, const ChangedEvent& event) {
  if (commit.refusal)
    return "refused" + (commit.refusal->rule.empty() ? "" : ": " + commit.refusal->rule);
  if (!event.instead) return "gone";
  return event.recorded ? "changed" : "new";
}

}  // namespace

Result<Event> event_at(const EventLog& log, Sequence sequence) {
  const Sequence head = log.head().sequence;
  if (sequence == Sequence{} || sequence > head)
    return fail(Error{ErrorCode::not_found,
                      {},
                      "event",
                      std::to_string(sequence.value),
                      fmt::format("the ledger has events 1 to {}", head.value)});
  RUNUT_ASSIGN(const EventBatch batch, log.read(sequence, {.events = 1}));
  if (batch.empty()) return fail(ErrorCode::corrupt, "the log has no event below its own head");
  return decode_event(batch.events.front().bytes);
}

Sequence end_of_commit(const Event& event) {
  return Sequence{event.commit().value + event.commit_count - 1};
}

Result<std::unique_ptr<Alternative>> alternative_after(const Source& source, Sequence until) {
  return Alternative::begin(source.history(), until, [&log = source.log()](Sequence sequence) {
    return event_at(log, sequence);
  });
}

Status follow_to_head(const Source& source, Alternative& alternative, Sequence until) {
  const Sequence head = source.head().sequence;
  for (Sequence at = next(until); at <= head;) {
    RUNUT_ASSIGN(const EventBatch batch,
                 source.log().read(at, {.events = head.value - at.value + 1}));
    for (const EventView& stored : batch.events) {
      RUNUT_ASSIGN(Event event, decode_event(stored.bytes));
      RUNUT_TRY(alternative.follow(std::move(event)));
    }
    at = next(batch.events.back().sequence);
    source.tell_progress(Sequence{at.value - 1 - until.value}, Sequence{head.value - until.value});
  }
  return {};
}

std::vector<Column> change_columns() {
  return {agency_column,
          {"event", ColumnType::sequence, "The event that says otherwise"},
          {"kind", ColumnType::text, "payment, ranking or decision"},
          {"type", ColumnType::text, "Of the event"},
          {"subject", ColumnType::text, "A person, a unit or the agency"},
          {"of", ColumnType::text, "Its run, period or month, else its date"},
          {"line", ColumnType::text, "The quantity that changes"},
          {"component", ColumnType::text, "Of a payment's line"},
          {"before", ColumnType::text, "As recorded"},
          {"after", ColumnType::text, "As it would have been"},
          {"difference", ColumnType::text, "Of numbers: after less before"},
          {"outcome", ColumnType::text, "changed, gone, new, or refused: and the rule"}};
}

Status list_changes(const Alternative& alternative, const std::string& agency, const Emit& emit) {
  for (const ChangedCommit& commit : alternative.changed())
    for (const ChangedEvent& changed : commit.events) {
      const Event& event = changed.either();
      const std::string outcome = outcome_of(commit, changed);
      const auto row = [&](const ChangedQuantity& each) {
        return emit.row({agency, std::to_string(event.sequence.value),
                         std::string(kind_of(event.payload)), std::string(to_string(event.type())),
                         to_string(event.subject), dated(event), each.line, each.component,
                         each.before, each.after, each.difference, outcome});
      };
      // What is there on one side alone says enough by that; of a payment every line counts.
      const bool is_whole = changed.recorded && changed.instead;
      if (is_whole || std::holds_alternative<TppPaymentComputed>(event.payload)) {
        for (const ChangedQuantity& each : changed_quantities(changed)) RUNUT_TRY(row(each));
      } else {
        RUNUT_TRY(row({"event", "", changed.recorded ? "recorded" : "",
                       changed.instead ? "recorded" : "", ""}));
      }
    }
  return {};
}

void note_changes(const Alternative& alternative, const std::string& begin, const Emit& emit) {
  std::size_t payments = 0;
  std::size_t rankings = 0;
  std::size_t decisions = 0;
  std::set<std::uint64_t> people;
  for (const ChangedCommit& commit : alternative.changed())
    for (const ChangedEvent& changed : commit.events) {
      const Event& event = changed.either();
      const std::string_view kind = kind_of(event.payload);
      ++(kind == "payment" ? payments : kind == "ranking" ? rankings : decisions);
      if (event.subject.kind == SubjectKind::person) people.insert(event.subject.id);
    }
  emit.note(fmt::format(
      "{}{} payments, {} places in rankings and {} other decisions come out otherwise, of {} "
      "people; {} of {} commits were decided again",
      begin, spaced(payments), spaced(rankings), spaced(decisions), spaced(people.size()),
      spaced(alternative.decided_again()), spaced(alternative.followed())));
  if (alternative.kept().empty()) return;
  constexpr std::size_t named = 20;
  const std::vector<Sequence>& all = alternative.kept();
  std::string kept;
  for (std::size_t i = 0; i < std::min(named, all.size()); ++i)
    kept += " " + std::to_string(all[i].value);
  if (all.size() > named) kept += fmt::format(" and {} more", all.size() - named);
  emit.note(
      "kept as recorded, for what was asked or answered, or by whom, is not known (ties alone, "
      "without a decree; surveys, whose answers are sealed):" +
      kept);
}

}  // namespace runut::listing
