// The sequences that an event names: its own, those of its envelope, and those in its payload.
#pragma once

#include "domain/event.h"

namespace runut {

namespace internal {

template <class T, class Visit>
void each_sequence_in(T& value, Visit& visit);
template <class T, class Visit>
void each_sequence_in(std::optional<T>& value, Visit& visit);
template <class T, class Visit>
void each_sequence_in(std::vector<T>& values, Visit& visit);

template <class T, class Visit>
void each_sequence_in(std::optional<T>& value, Visit& visit) {
  if (value) each_sequence_in(*value, visit);
}
template <class T, class Visit>
void each_sequence_in(std::vector<T>& values, Visit& visit) {
  for (T& value : values) each_sequence_in(value, visit);
}
template <class T, class Visit>
void each_sequence_in(T& value, Visit& visit) {
  if constexpr (std::is_same_v<T, Sequence>)
    visit(value);
  else if constexpr (Record<T>)
    T::visit(value, [&](std::string_view, auto& field) { each_sequence_in(field, visit); });
}

}  // namespace internal

template <class Visit>
void each_named_sequence(Payload& payload, Visit&& visit) {
  std::visit([&](auto& fields) { internal::each_sequence_in(fields, visit); }, payload);
}

template <class Visit>
void each_named_sequence(Event& event, Visit&& visit) {
  visit(event.sequence);
  for (std::optional<Sequence>* named :
       {&event.supersedes, &event.causation, &event.regulation, &event.actor.on_behalf_of})
    internal::each_sequence_in(*named, visit);
  each_named_sequence(event.payload, visit);
}

}  // namespace runut
