#include "listing/source.h"

#include "codec/envelope_codec.h"
#include "instance/moment.h"
#include "instance/snapshots.h"
#include "ledger/loaded_facts.h"
#include "projections/registry.h"
#include "projector/replayed_rows.h"

namespace runut::listing {
namespace {

tl::unexpected<Error> behind(Sequence sequence, std::string message) {
  return fail(Error{ErrorCode::unavailable, "view.behind", "sequence",
                    std::to_string(sequence.value), std::move(message)});
}

// Views go on together, batch by batch, unless one of them is new.
Result<Head> folded_by_all(const PinnedViews& views) {
  RUNUT_ASSIGN(const ViewPosition first, views.position(all_projections.front().name));
  for (const Projection& projection : all_projections) {
    RUNUT_ASSIGN(const ViewPosition position, views.position(projection.name));
    if (position == first) continue;
    return behind(std::min(position.sequence, first.sequence),
                  "the view " + std::string(projection.name) + " is being made anew");
  }
  return Head{first.sequence, first.leaf};
}

tl::unexpected<Error> empty_ledger() {
  return fail(ErrorCode::not_found, "the ledger is empty");
}

Result<Head> earlier_moment(const Instance& instance, std::string_view as_known_at) {
  if (instance.founded() == nullptr) return empty_ledger();
  Result<Head> head =
      find_moment(instance.log(), as_known_at, instance.founded()->utc_offset_minutes);
  if (head) return head;
  Error error = std::move(head).error();
  if (error.field == "moment") error.field = "as_known_at";
  return fail(std::move(error));
}

}  // namespace

Result<Head> moment_of(const Instance& instance, std::string_view as_known_at) {
  if (!as_known_at.empty()) return earlier_moment(instance, as_known_at);
  RUNUT_ASSIGN(const Sequence known, instance.known_at());
  if (known == Sequence{}) return empty_ledger();
  return head_at(instance.log(), known);
}

Result<Source> Source::open(const Instance& instance, std::string_view as_known_at,
                            const OtherTimes& times, FoldProgress progress) {
  Source source(instance, instance.views()->pin(), times, std::move(progress));
  RUNUT_ASSIGN(const Head folded, folded_by_all(source.views_));
  if (folded.sequence == Sequence{}) return empty_ledger();
  source.head_ = folded;
  if (!as_known_at.empty()) {
    RUNUT_ASSIGN(source.head_, earlier_moment(instance, as_known_at));
  }
  if (source.head_.sequence > folded.sequence)
    return behind(source.head_.sequence, "the views have reached event " +
                                             std::to_string(folded.sequence.value) + " only");
  source.folded_ = as_known_at.empty();
  RUNUT_ASSIGN(std::shared_ptr<const RowReader> index,
               source.views_.rows(subject_index::projection.name));
  source.history_ = std::make_unique<SubjectIndex>(std::move(index));
  return source;
}

Result<std::shared_ptr<const AgencyFacts>> Source::agency_facts() const {
  RUNUT_ASSIGN(std::shared_ptr<AgencyFacts> facts, load_agency(*history_, head_.sequence));
  return std::shared_ptr<const AgencyFacts>(std::move(facts));
}

Result<Date> Source::today() const {
  RUNUT_ASSIGN(const EventBatch last, log().read(head_.sequence, {.events = 1}));
  RUNUT_ASSIGN(const EnvelopeKey key, read_envelope_key(last.events.front().bytes));
  return local_date(key.recorded_at, instance_->founded()->utc_offset_minutes);
}

Result<std::unique_ptr<RowReader>> Source::rows(const Projection& projection,
                                                std::optional<Date> occurred_by) const {
  if (folded_ && !occurred_by) return views_.rows(projection.name);
  std::optional<KeptRows> kept;  // of every event, whatever its date
  TakesEvent takes;
  if (occurred_by) {
    takes = [date = *occurred_by](const Event& event) { return is_seen_as_of(event, date); };
  } else {
    RUNUT_ASSIGN(kept, nearest_rows(*instance_, projection, head_.sequence));
  }
  RUNUT_ASSIGN(std::unique_ptr<RowReader> rows,
               ReplayedRows::fold(instance_->log(), projection, head_.sequence, progress_,
                                  std::move(kept), std::move(takes)));
  return rows;
}

}  // namespace runut::listing
