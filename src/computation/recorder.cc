#include "computation/recorder.h"

namespace runut {

const Derivation* Derivation::find(Quantity wanted, std::string_view detail) const {
  if (quantity == wanted && (detail.empty() || note.detail == detail)) return this;
  for (const Derivation& input : inputs)
    if (const Derivation* found = input.find(wanted, detail)) return found;
  return nullptr;
}

std::string grouped(std::int64_t value) {
  std::string text = format_rupiah(Rupiah{value});
  text.erase(text.find("Rp "), 3);
  return text;
}

std::vector<Sequence> distinct(std::vector<Sequence> events) {
  std::sort(events.begin(), events.end());
  events.erase(std::unique(events.begin(), events.end()), events.end());
  if (!events.empty() && events.front() == Sequence{}) events.erase(events.begin());
  return events;
}

}  // namespace runut
