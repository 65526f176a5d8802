// The ledgers that a service holds, by agency.
#pragma once

#include <map>

#include "http/route.h"
#include "service/ledger.h"

namespace runut::service {

class Ledgers {
 public:
  void add(std::unique_ptr<Ledger> ledger) {
    std::string agency = ledger->agency();
    ledgers_.emplace(std::move(agency), std::move(ledger));
  }
  // not_found (agency.unknown): not served here.
  [[nodiscard]] Result<Ledger*> find(std::string_view agency) const;
  // Of the pattern's {agency}.
  [[nodiscard]] Result<Ledger*> of(const http::Call& call) const { return find(call.at("agency")); }
  [[nodiscard]] const std::map<std::string, std::unique_ptr<Ledger>, std::less<>>& all() const {
    return ledgers_;
  }

 private:
  std::map<std::string, std::unique_ptr<Ledger>, std::less<>> ledgers_;
};

}  // namespace runut::service
