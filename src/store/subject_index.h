// Reads the covering index (projections/subject_index.h): a ledger's History out of a store.
#pragma once

#include <memory>

#include "domain/history.h"
#include "projections/rows.h"

namespace runut {

// Sees what has been projected: wait for the projector first where that matters. Thread-safe as far
// as its rows are.
class SubjectIndex final : public History {
 public:
  // For instance CurrentRows(views, "subject_index").
  explicit SubjectIndex(std::shared_ptr<const RowReader> rows) : rows_(std::move(rows)) {}

  [[nodiscard]] Status each(const Subject& subject, std::optional<Month> month, Sequence until,
                            const Visit& visit) const override;
  [[nodiscard]] Result<std::uint32_t> version(const Subject& subject) const override;
  [[nodiscard]] Result<std::optional<Sequence>> command(const CommandId& id) const override;

 private:
  std::shared_ptr<const RowReader> rows_;
};

}  // namespace runut
