#include "service/feed_asked.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "feed/cloud_event.h"
#include "http/target.h"

namespace runut::service {
namespace {

std::optional<std::uint64_t> plain_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

void append_entries(std::vector<std::string>& out, std::string_view list) {
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    out.emplace_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
}

class AskedReader {
 public:
  AskedReader(const EventsBounds& bounds, Sequence head) : bounds_(bounds), head_(head) {}

  void read(const http::Request& request) {
    bool began = false;
    for (const http::Field& field : request.query) {
      const std::string& value = field.value;
      if (field.name == "type") {
        append_entries(lists_.types, value);
      } else if (field.name == "unit") {
        append_entries(lists_.units, value);
      } else if (field.name == "person") {
        append_entries(lists_.persons, value);
      } else if (field.name == "wait") {
        const auto most = std::chrono::duration_cast<std::chrono::seconds>(bounds_.wait_max);
        asked_.wait =
            std::chrono::seconds(number(field, 0, static_cast<std::uint64_t>(most.count())));
      } else if (field.name == "limit") {
        asked_.limit = number(field, 1, bounds_.limit_max);
      } else if (field.name == "after" || field.name == "from") {
        if (std::exchange(began, true))
          report("query.begin", field.name, value, "one request begins at one place");
        read_begin(field);
      } else {
        report("query.unknown", field.name, value,
               "known are type, unit, person, after, from, wait and limit");
      }
    }
    if (const auto header = request.header("Last-Event-ID"))
      asked_.after = Sequence{number({"Last-Event-ID", std::string(*header)}, 0, UINT64_MAX)};
    asked_.filter = feed::read_filter(lists_, violations_);
  }

  tl::expected<EventsAsked, std::vector<Error>> result() {
    if (violations_.empty() && asked_.after > head_)
      violations_.push_back(
          {ErrorCode::conflict, "events.cursor_beyond_head", "after",
           std::to_string(asked_.after.value),
           fmt::format(
               "the log ends with event {}: whoever has seen more has seen another history, "
               "or this ledger is an older copy",
               head_.value)});
    if (!violations_.empty()) return tl::unexpected(std::move(violations_));
    return std::move(asked_);
  }

 private:
  void read_begin(const http::Field& field) {
    if (field.name == "from" && field.value == "now")
      asked_.after = head_;
    else if (field.name == "from")
      asked_.after = Sequence{number(field, 1, UINT64_MAX) - 1};
    else
      asked_.after = Sequence{number(field, 0, UINT64_MAX)};
  }

  // `least` after it has reported a violation.
  std::uint64_t number(const http::Field& field, std::uint64_t least, std::uint64_t most) {
    const auto value = plain_number(field.value);
    if (value && *value >= least && *value <= most) return *value;
    report("query.number", field.name, field.value,
           most == UINT64_MAX ? fmt::format("a whole number from {}", least)
                              : fmt::format("a whole number from {} to {}", least, most));
    return least;
  }

  void report(std::string_view rule, std::string_view field, const std::string& value,
              std::string message) {
    violations_.push_back({ErrorCode::invalid_input, std::string(rule), std::string(field),
                           value.substr(0, 80), std::move(message)});
  }

  const EventsBounds& bounds_;
  const Sequence head_;
  EventsAsked asked_;
  feed::FilterText lists_;
  std::vector<Error> violations_;
};

std::string_view trimmed_range(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

std::optional<EventForm> form_named(std::string_view type) {
  if (type == "text/event-stream" || type == "text/*") return EventForm::stream;
  if (type == feed::cloud_batch_type || type == "application/json" || type == "application/*" ||
      type == "*/*")
    return EventForm::batch;
  if (type == "application/x-ndjson" || type == "application/ndjson") return EventForm::lines;
  return std::nullopt;
}

// 0 to 1000 (RFC 9110 section 12.4.2); what is malformed counts as absent.
int weight_of(std::string_view parameters) {
  const std::size_t at = parameters.find("q=");
  if (at == std::string_view::npos) return 1000;
  std::string_view text = parameters.substr(at + 2);
  text = text.substr(0, text.find_first_of("; \t"));
  if (text.starts_with('1')) return 1000;
  int weight = 0;
  int unit = 100;
  for (const char c : text.substr(std::min<std::size_t>(2, text.size()), 3)) {
    if (c < '0' || c > '9') break;
    weight += (c - '0') * unit;
    unit /= 10;
  }
  return weight;
}

}  // namespace

tl::expected<EventsAsked, std::vector<Error>> read_asked(const http::Request& request,
                                                         const EventsBounds& bounds,
                                                         Sequence head) {
  AskedReader reader(bounds, head);
  reader.read(request);
  return reader.result();
}

std::optional<EventForm> form_of(const http::Request& request) {
  const auto accept = request.header("Accept");
  if (!accept || trimmed_range(*accept).empty()) return EventForm::batch;
  std::optional<EventForm> best;
  int best_weight = 0;
  std::vector<std::string> ranges;
  append_entries(ranges, *accept);
  for (const std::string_view range : ranges) {
    const std::size_t end = std::min(range.find(';'), range.size());
    const auto form = form_named(trimmed_range(range.substr(0, end)));
    const int weight = weight_of(range.substr(end));
    if (!form || weight <= best_weight) continue;
    best = form;
    best_weight = weight;
  }
  return best;
}

std::string next_target(const http::Request& request, Sequence seen) {
  std::string out = request.target.substr(0, request.target.find('?'));
  out += fmt::format("?after={}", seen.value);
  for (const http::Field& field : request.query)
    if (field.name != "after" && field.name != "from")
      out += "&" + http::percent_encoded(field.name) + "=" + http::percent_encoded(field.value);
  return out;
}

}  // namespace runut::service
