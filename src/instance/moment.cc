#include "instance/moment.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "codec/envelope_codec.h"

namespace runut {
namespace {

tl::unexpected<Error> unusable(std::string_view text, std::string why) {
  return fail(
      Error{ErrorCode::invalid_input, "moment.form", "moment", std::string(text), std::move(why)});
}

Result<EventView> event_at(const EventLog& log, Sequence sequence, EventBatch& batch) {
  RUNUT_ASSIGN(batch, log.read(sequence, {.events = 1, .bytes = 1}));
  if (batch.empty())
    return fail(Error{ErrorCode::corrupt,
                      {},
                      "sequence",
                      std::to_string(sequence.value),
                      "the log ends before this event"});
  return batch.events.front();
}

// Times never decrease along the log: the writer sees to that.
Result<Head> last_before(const EventLog& log, std::string_view text, Instant end) {
  std::uint64_t known = 0;  // recorded before `end`
  std::uint64_t later = log.head().sequence.value + 1;
  while (later - known > 1) {
    const std::uint64_t middle = known + (later - known) / 2;
    EventBatch batch;
    RUNUT_ASSIGN(const EventView view, event_at(log, Sequence{middle}, batch));
    RUNUT_ASSIGN(const EnvelopeKey key, read_envelope_key(view.bytes));
    (key.recorded_at < end ? known : later) = middle;
  }
  if (known == 0)
    return fail(Error{ErrorCode::not_found, "moment.before_founding", "moment", std::string(text),
                      "the ledger did not exist yet"});
  return head_at(log, Sequence{known});
}

}  // namespace

Result<Head> head_at(const EventLog& log, Sequence sequence) {
  EventBatch batch;
  RUNUT_ASSIGN(const EventView view, event_at(log, sequence, batch));
  return Head{sequence, view.leaf};
}

Result<Head> find_moment(const EventLog& log, std::string_view text, int utc_offset_minutes) {
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(),
                                                   [](char c) { return c >= '0' && c <= '9'; });
  if (digits) {
    Sequence sequence;
    const auto [end, failure] =
        std::from_chars(text.data(), text.data() + text.size(), sequence.value);
    if (failure != std::errc{} || sequence == Sequence{} || sequence > log.head().sequence)
      return unusable(
          text, "the ledger has the events 1 to " + std::to_string(log.head().sequence.value));
    return head_at(log, sequence);
  }
  if (const auto day = parse_date(text))
    return last_before(log, text, start_of(*day + 1, utc_offset_minutes));
  if (const auto instant = parse_instant(text))
    return last_before(log, text, Instant{instant->micros + 1});
  return unusable(text,
                  "a sequence (4711), a day (2022-09-01, its end) or an instant "
                  "(2022-09-01T08:00:00+07:00)");
}

}  // namespace runut
