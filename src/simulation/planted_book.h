// The planted items of a simulation in progress: open while their commands are still being written,
// handed on when nothing more can belong to them, so that a long simulation does not hold them all.
#pragma once

#include <map>

#include "simulation/planted.h"

namespace runut::simulation {

using ItemIndex = std::size_t;

class PlantedBook {
 public:
  // Both outlive the book. Kinds are counted in `totals`.
  PlantedBook(Planted& totals, const PlantedSink& sink) : totals_(totals), sink_(sink) {}

  ItemIndex add(PlantedItem item) {
    ++totals_.by_kind[item.kind];
    open_.emplace_hint(open_.end(), next_, std::move(item));
    return next_++;
  }
  // Of an open item.
  [[nodiscard]] PlantedItem& at(ItemIndex item) { return open_.at(item); }
  // One after the last that was added.
  [[nodiscard]] ItemIndex end() const { return next_; }

  // Hands on the items from `first` to before `end`, in that order; the sink's first error.
  Status hand_on(ItemIndex first, ItemIndex end) {
    const auto from = open_.lower_bound(first);
    const auto until = open_.lower_bound(end);
    for (auto item = from; item != until; ++item) RUNUT_TRY(sink_(item->second));
    open_.erase(from, until);
    return {};
  }

  [[nodiscard]] Planted& totals() { return totals_; }
  [[nodiscard]] const Planted& totals() const { return totals_; }

 private:
  Planted& totals_;
  const PlantedSink& sink_;
  ItemIndex next_ = 0;
  std::map<ItemIndex, PlantedItem> open_;
};

}  // namespace runut::simulation
