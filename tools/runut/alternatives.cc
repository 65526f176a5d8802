#include "tools/runut/alternatives.h"

#include <fmt/format.h>

#include <set>

#include "codec/envelope_codec.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
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

Result<Event> event_at(const Instance& instance, Sequence sequence) {
  const Sequence head = instance.log().head().sequence;
  if (sequence == Sequence{} || sequence > head)
    return fail(Error{ErrorCode::not_found,
                      {},
                      "event",
                      std::to_string(sequence.value),
                      fmt::format("the ledger has events 1 to {}", head.value)});
  RUNUT_ASSIGN(const EventBatch batch, instance.log().read(sequence, {.events = 1}));
  if (batch.empty()) return fail(ErrorCode::corrupt, "the log has no event below its own head");
  return decode_event(batch.events.front().bytes);
}

Sequence end_of_commit(const Event& event) {
  return Sequence{event.commit().value + event.commit_count - 1};
}

Result<std::unique_ptr<Alternative>> alternative_after(const Instance& instance, Sequence until) {
  return Alternative::begin(instance.history(), until,
                            [&](Sequence sequence) { return event_at(instance, sequence); });
}

Status follow_to_head(const Instance& instance, Alternative& alternative, Sequence until,
                      Sequence head) {
  Progress progress("decide again", "events");
  for (std::uint64_t next = until.value + 1; next <= head.value;) {
    RUNUT_ASSIGN(const EventBatch batch,
                 instance.log().read(Sequence{next}, {.events = head.value - next + 1}));
    for (const EventView& stored : batch.events) {
      RUNUT_ASSIGN(Event event, decode_event(stored.bytes));
      RUNUT_TRY(alternative.follow(std::move(event)));
    }
    next += batch.size();
    progress.at(next - 1 - until.value, head.value - until.value);
  }
  return {};
}

std::vector<Column> change_columns() {
  return {{"agency"}, {"event", true}, {"kind"},   {"type"},  {"subject"},    {"of"},
          {"line"},   {"component"},   {"before"}, {"after"}, {"difference"}, {"outcome"}};
}

void print_changes(const Alternative& alternative, const std::string& agency, Format format) {
  Table table(format, change_columns());
  for (const ChangedCommit& commit : alternative.changed())
    for (const ChangedEvent& changed : commit.events) {
      const Event& event = changed.either();
      const std::string outcome = outcome_of(commit, changed);
      const auto row = [&](const ChangedQuantity& each) {
        table.row({agency, std::to_string(event.sequence.value),
                   std::string(kind_of(event.payload)), std::string(to_string(event.type())),
                   to_string(event.subject), dated(event), each.line, each.component, each.before,
                   each.after, each.difference, outcome});
      };
      // What is there on one side alone says enough by that; of a payment every line counts.
      const bool is_whole = changed.recorded && changed.instead;
      if (is_whole || std::holds_alternative<TppPaymentComputed>(event.payload)) {
        for (const ChangedQuantity& each : changed_quantities(changed)) row(each);
      } else {
        row({"event", "", changed.recorded ? "recorded" : "", changed.instead ? "recorded" : "",
             ""});
      }
    }
  table.finish();
}

void note_changes(const Alternative& alternative) {
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
  std::fprintf(
      stderr,
      "%s payments, %s places in rankings and %s other decisions come out otherwise, of %s "
      "people; %s of %s commits were decided again\n",
      grouped(payments).c_str(), grouped(rankings).c_str(), grouped(decisions).c_str(),
      grouped(people.size()).c_str(), grouped(alternative.decided_again()).c_str(),
      grouped(alternative.followed()).c_str());
  if (alternative.kept().empty()) return;
  std::string kept;
  for (const Sequence sequence : alternative.kept()) kept += " " + std::to_string(sequence.value);
  std::fprintf(
      stderr,
      "kept as recorded, for what was asked or answered is not known (ties alone, without a "
      "decree; surveys, whose answers are sealed):%s\n",
      kept.c_str());
}

}  // namespace runut::cli
