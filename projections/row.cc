#include "projections/row.h"

namespace runut {

void RowValue::grow(std::size_t more) {
  const BytesView so_far = view();
  const std::size_t capacity = 2 * (so_far.size() + more);
  auto larger = std::make_unique_for_overwrite<char[]>(capacity);
  std::memcpy(larger.get(), so_far.data(), so_far.size());
  large_ = std::move(larger);
  begin_ = large_.get();
  next_ = begin_ + so_far.size();
  end_ = begin_ + capacity;
}

tl::unexpected<Error> damaged_row(std::string_view what) {
  return fail(Error{ErrorCode::corrupt,
                    "view.row",
                    std::string(what),
                    {},
                    "a row of a view is not what its fold writes; rebuild the view"});
}

}  // namespace runut
