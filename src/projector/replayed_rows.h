// A view as it stood at an earlier event: folded anew from the log, into memory, from the beginning
// or from rows that were kept (instance/snapshots.h).
#pragma once

#include <memory>
#include <vector>

#include "projector/fold_pass.h"
#include "projector/folding.h"

namespace runut {

// Rows of the same projection, folded up to this event of the same log.
struct KeptRows {
  std::shared_ptr<const RowReader> rows;
  Sequence folded;
};

// Costs one reading of the log from what was kept up to that event, and memory for the rows that
// were written on the way. Thread-safe.
class ReplayedRows final : public RowReader {
 public:
  // corrupt: the log cannot be read up to `until`, or a fold refused an event. `kept` must not have
  // folded more than `until`, and there is none where `takes` passes events over.
  [[nodiscard]] static Result<std::unique_ptr<ReplayedRows>> fold(
      const EventLog& log, const Projection& projection, Sequence until,
      const FoldProgress& progress = {}, std::optional<KeptRows> kept = std::nullopt,
      TakesEvent takes = {});

  [[nodiscard]] Result<std::optional<Bytes>> get(BytesView key) const override;
  [[nodiscard]] Status scan(BytesView from, BytesView until,
                            const RowVisitor& visit) const override;

 private:
  ReplayedRows(std::unique_ptr<Folding> folding, std::shared_ptr<const RowReader> kept)
      : folding_(std::move(folding)), rows_(folding_->rows(0).sorted()), kept_(std::move(kept)) {}
  [[nodiscard]] std::vector<Rows::Row>::const_iterator first_from(BytesView key) const;

  std::unique_ptr<Folding> folding_;  // holds what rows_ views
  std::vector<Rows::Row> rows_;
  std::shared_ptr<const RowReader> kept_;  // null: rows_ is all there is
};

}  // namespace runut
