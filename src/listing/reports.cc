#include "listing/reports.h"

#include "codec/envelope_codec.h"
#include "ledger/loaded_facts.h"

namespace runut::listing {
namespace {

Result<report::SourceEvent> read_event(const EventLog& log, Sequence sequence) {
  RUNUT_ASSIGN(const EventBatch batch, log.read(sequence, {.events = 1}));
  if (batch.empty())
    return fail(ErrorCode::not_found, "no event has sequence " + std::to_string(sequence.value));
  RUNUT_ASSIGN(Event event, decode_event(batch.events.front().bytes));
  return report::SourceEvent{std::move(event), batch.events.front().leaf};
}

// The newest one that covers no more than that, if any; a damaged one is an error.
Result<std::optional<report::Signed>> checkpoint_until(const Instance& instance,
                                                       Sequence sequence) {
  RUNUT_ASSIGN(const std::vector<std::uint64_t> sizes, instance.checkpoints().sizes());
  std::optional<std::uint64_t> newest;
  for (const std::uint64_t size : sizes)
    if (size <= sequence.value) newest = size;
  if (!newest) return std::optional<report::Signed>{};
  RUNUT_ASSIGN(const std::string note, instance.checkpoints().read(*newest));
  RUNUT_ASSIGN(const Checkpoint opened, open_checkpoint(note, instance.trust()));
  return std::optional<report::Signed>{{*newest, opened.tree.root}};
}

}  // namespace

Result<report::Report> report_of(const Source& source, Language language, const MakeReport& make) {
  const Sequence known_at = source.head().sequence;
  const std::optional<Date> facts_as_of = source.times().facts_as_of;
  const FactsAsOf history(source.history(), facts_as_of);
  RUNUT_ASSIGN(std::shared_ptr<const AgencyFacts> agency, load_agency(history, known_at));
  const LoadedFacts facts(history, std::move(agency), known_at);
  RUNUT_ASSIGN(const std::shared_ptr<const AgencyFacts> undated, source.agency_facts());
  RUNUT_ASSIGN(const auto checkpoint, checkpoint_until(source.instance(), known_at));
  const report::Sources sources{
      .facts = facts,
      .read = [&](Sequence sequence) { return read_event(source.log(), sequence); },
      .at = [&](Sequence at) -> std::unique_ptr<const LoadedFacts> {
        return std::make_unique<LoadedFacts>(source.history(), undated, at);
      },
      .facts_as_of = facts_as_of,
      .checkpoint = checkpoint,
      .language = language};
  Result<report::Report> made = make(sources);
  RUNUT_TRY(facts.status());  // what could not be read is no fact
  return made;
}

Result<AuditReport> audit_until(const EventLog& log, Sequence until, const FoldProgress& progress) {
  Auditor auditor;
  for (Sequence at{1}; at <= until;) {
    RUNUT_ASSIGN(const EventBatch batch, log.read(at, {.events = until.value - at.value + 1}));
    for (const EventView& stored : batch.events) {
      RUNUT_ASSIGN(Event event, decode_event(stored.bytes));
      RUNUT_TRY(auditor.add(std::move(event)));
    }
    at = next(batch.events.back().sequence);
    if (progress) progress(Sequence{at.value - 1}, until);
  }
  auditor.finish();
  return auditor.report();
}

}  // namespace runut::listing
