#include "projections/row.h"

namespace runut {

tl::unexpected<Error> damaged_row(std::string_view what) {
  return fail(Error{ErrorCode::corrupt,
                    "view.row",
                    std::string(what),
                    {},
                    "a row of a view is not what its fold writes; rebuild the view"});
}

}  // namespace runut
