#include "service/ledgers.h"

namespace runut::service {

Result<Ledger*> Ledgers::find(std::string_view agency) const {
  const auto found = ledgers_.find(agency);
  if (found != ledgers_.end()) return found->second.get();
  return fail(Error{ErrorCode::not_found, "agency.unknown", "agency",
                    std::string(agency.substr(0, 100)), "no ledger of this agency is served here"});
}

}  // namespace runut::service
