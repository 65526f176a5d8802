#include "query/changed_events.h"

#include <map>
#include <string>
#include <tuple>

#include "codec/json_writer.h"
#include "domain/named_sequences.h"

namespace runut {
namespace {

// What tells the events of one type and subject in a commit apart.
std::string detail_of(const Payload& payload) {
  return std::visit(
      []<class P>(const P& e) -> std::string {
        std::string out;
        if constexpr (requires { std::string(e.group); }) out += e.group;
        if constexpr (requires { to_string(e.cutoff); }) out += to_string(e.cutoff);
        if constexpr (requires { Month{e.for_month}; }) out += to_string(e.for_month);
        if constexpr (std::is_same_v<P, RegulationSection>) out += std::to_string(e.index);
        return out;
      },
      payload);
}

using AboutKey = std::tuple<EventType, Subject, std::string>;
AboutKey about(const Event& event) {
  // Somebody's group may be what differs: a person is placed once.
  const bool is_person = event.subject.kind == SubjectKind::person;
  const bool by_month = std::holds_alternative<TppCorrectionPosted>(event.payload);
  return {event.type(), event.subject,
          is_person && !by_month ? std::string() : detail_of(event.payload)};
}

Payload without_sequences(Payload payload) {
  if (auto* payment = std::get_if<TppPaymentComputed>(&payload))
    for (PaymentLine& line : payment->lines) line.causes.clear();
  each_named_sequence(payload, [](Sequence& sequence) { sequence = Sequence{}; });
  return payload;
}

bool says_the_same(const Event& a, const Event& b) {
  return a.occurred_on == b.occurred_on &&
         (a.payload == b.payload || without_sequences(a.payload) == without_sequences(b.payload));
}

template <class T>
QuantityValue value_of(const T& field) {
  if constexpr (std::is_same_v<T, Score>) {
    return score_value(field);
  } else if constexpr (std::is_same_v<T, BasisPoints>) {
    return percent_value(field);
  } else if constexpr (std::is_same_v<T, Rupiah> || std::is_same_v<T, Minutes>) {
    return number_value(field.value);
  } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
    return number_value(static_cast<std::int64_t>(field));
  } else {
    std::string text;
    codec::append_json(text, field);
    if (text.size() > 1 && text.front() == '"') text = text.substr(1, text.size() - 2);
    return text_value(text);
  }
}

// Fields that say who and when are no quantities: both sides share them.
template <class P>
void add_fields(const P& payload, Quantities& out) {
  if constexpr (Record<P>)
    P::visit(payload, [&]<class T>(std::string_view name, const T& field) {
      if constexpr (std::is_same_v<T, Sequence> || std::is_same_v<T, std::vector<PaymentLine>> ||
                    std::is_same_v<T, Decree> || std::is_same_v<T, PersonId> ||
                    std::is_same_v<T, Period> || std::is_same_v<T, RunId>)
        return;
      else if constexpr (requires { field.has_value(); }) {
        if (field) out.emplace_back(QuantityName{std::string(name), ""}, value_of(*field));
      } else
        out.emplace_back(QuantityName{std::string(name), ""}, value_of(field));
    });
}

Quantities quantities_of(const std::optional<Event>& event) {
  Quantities out;
  if (!event) return out;
  if (const auto* payment = std::get_if<TppPaymentComputed>(&event->payload))
    for (const PaymentLine& line : payment->lines)
      add_amount(out,
                 {std::string(to_string(line.kind)),
                  line.component ? std::string(to_string(*line.component)) : line.code},
                 line.amount.value);
  std::visit([&](const auto& payload) { add_fields(payload, out); }, event->payload);
  return out;
}

}  // namespace

std::vector<ChangedEvent> changed_events(const std::vector<Event>& recorded,
                                         const std::vector<Event>& instead) {
  std::map<AboutKey, std::vector<const Event*>> others;  // last first, to take from the end
  for (auto event = instead.rbegin(); event != instead.rend(); ++event)
    others[about(*event)].push_back(&*event);
  std::vector<ChangedEvent> out;
  for (const Event& event : recorded) {
    std::vector<const Event*>& same = others[about(event)];
    if (same.empty()) {
      out.push_back({event, std::nullopt});
      continue;
    }
    if (!says_the_same(event, *same.back())) out.push_back({event, *same.back()});
    same.pop_back();
  }
  for (const Event& event : instead) {
    std::vector<const Event*>& same = others[about(event)];
    if (same.empty() || same.back() != &event) continue;
    out.push_back({std::nullopt, event});
    same.pop_back();
  }
  return out;
}

std::vector<ChangedQuantity> changed_quantities(const ChangedEvent& changed) {
  return compare_sides(quantities_of(changed.recorded), quantities_of(changed.instead));
}

}  // namespace runut
