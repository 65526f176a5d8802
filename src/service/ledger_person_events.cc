#include "service/ledger_person_events.h"

#include <algorithm>

namespace runut::service {
namespace {

class IndexedEvents final : public feed::PersonEvents {
 public:
  explicit IndexedEvents(const Instance& instance) : instance_(instance) {}

  [[nodiscard]] Sequence known() const override {
    return instance_.known_at().value_or(Sequence{});
  }

  [[nodiscard]] Result<std::vector<Sequence>> find(std::span<const PersonId> people, Sequence after,
                                                   Sequence until,
                                                   std::size_t most) const override {
    std::vector<Sequence> out;
    for (const PersonId person : people) {
      RUNUT_ASSIGN(const std::vector<Sequence> found,
                   instance_.index().sequences(subject_of(person), {after, until, most}));
      out.insert(out.end(), found.begin(), found.end());
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    out.resize(std::min(out.size(), most));
    return out;
  }

 private:
  const Instance& instance_;
};

}  // namespace

std::unique_ptr<feed::PersonEvents> person_events_of(const Instance& instance) {
  return std::make_unique<IndexedEvents>(instance);
}

}  // namespace runut::service
