// The digest of a view: SHA-256 over its rows in the order of their keys, each as u32 length, key,
// u32 length, value (big-endian). The position is no row. Two views that hold the same facts have
// the same digest, on every engine and however the log was cut into batches.
#pragma once

#include <functional>

#include "store/views.h"

namespace runut {

// What a view holds at one moment, however it moves on.
class ViewState {
 public:
  explicit ViewState(ViewPtr view)
      : view_(std::move(view)),
        at_(view_->store().iterate(view_->family(), {.fill_cache = false})) {}

  struct Digest {
    Hash256 hash;
    std::uint64_t rows = 0;
  };
  [[nodiscard]] Result<Digest> digest();
  // The same of rows that are no family, as of a view at an earlier event.
  [[nodiscard]] static Result<Digest> digest_of(const RowReader& rows);

  // One row that two states do not share; absent values are empty optionals.
  struct Difference {
    Bytes key;
    std::optional<Bytes> left;
    std::optional<Bytes> right;
  };
  // Every difference, ascending by key; an error of the visitor ends it and is returned.
  using VisitDifference = std::function<Status(Difference difference)>;
  [[nodiscard]] static Status each_difference(ViewState& left, ViewState& right,
                                              const VisitDifference& visit);

 private:
  void seek_to_first_row();
  ViewPtr view_;
  StoreIterator at_;
};

}  // namespace runut
