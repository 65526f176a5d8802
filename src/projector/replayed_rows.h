// A view as it stood at an earlier event: folded anew from the log, into memory.
#pragma once

#include <memory>
#include <vector>

#include "projector/fold_pass.h"
#include "projector/folding.h"

namespace runut {

// Costs one reading of the log up to that event, and memory for the rows of this one view.
// Thread-safe.
class ReplayedRows final : public RowReader {
 public:
  // corrupt: the log cannot be read up to `until`, or a fold refused an event.
  [[nodiscard]] static Result<std::unique_ptr<ReplayedRows>> fold(
      const EventLog& log, const Projection& projection, Sequence until,
      const FoldProgress& progress = {});

  [[nodiscard]] Result<std::optional<Bytes>> get(BytesView key) const override;
  [[nodiscard]] Status scan(BytesView from, BytesView until,
                            const RowVisitor& visit) const override;

 private:
  explicit ReplayedRows(std::unique_ptr<Folding> folding)
      : folding_(std::move(folding)), rows_(folding_->rows(0).sorted()) {}
  [[nodiscard]] std::vector<Rows::Row>::const_iterator first_from(BytesView key) const;

  std::unique_ptr<Folding> folding_;  // holds what rows_ views
  std::vector<Rows::Row> rows_;
};

}  // namespace runut
