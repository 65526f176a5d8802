// Reads the covering index (projections/subject_index.h): a ledger's History out of a store.
#pragma once

#include <memory>
#include <vector>

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
                            const Visit& visit) const override {
    return each_after(subject, month, Sequence{}, until, visit);
  }
  [[nodiscard]] Status each_after(const Subject& subject, std::optional<Month> month,
                                  Sequence after, Sequence until,
                                  const Visit& visit) const override;
  [[nodiscard]] Result<std::uint32_t> version(const Subject& subject) const override;
  [[nodiscard]] Result<std::optional<Sequence>> command(const CommandId& id) const override;
  // Costs one seek.
  [[nodiscard]] Result<CommandId> greatest_command() const override;

  struct Wanted {
    Sequence after;
    Sequence until;
    std::size_t most = 0;
  };
  // Of the events that touch the subject, whatever month they are filed under, the first `most`
  // with after < sequence <= until, ascending. Costs the keys of the subject's rows, and the rows
  // that hold what is found.
  [[nodiscard]] Result<std::vector<Sequence>> sequences(const Subject& subject,
                                                        const Wanted& wanted) const;

 private:
  std::shared_ptr<const RowReader> rows_;
};

}  // namespace runut
