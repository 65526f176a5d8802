// What the routes that read are given: which ledger, and what of it the caller may see.
#pragma once

#include <functional>
#include <mutex>
#include <set>

#include "service/ledgers.h"

namespace runut::service {

// Whose data the caller may see; null: everybody's.
using Visible = std::function<bool(PersonId)>;

// Work that takes the whole log: one at a time, so that it leaves the other reader threads to
// those who ask for little. Thread-safe.
class OneAtATime {
 public:
  // exhausted (reading.busy): somebody else's is running. The right ends with the lock.
  [[nodiscard]] Result<std::unique_lock<std::mutex>> enter() {
    std::unique_lock lock(mutex_, std::try_to_lock);
    if (lock.owns_lock()) return lock;
    return fail(Error{ErrorCode::exhausted,
                      "reading.busy",
                      {},
                      {},
                      "another question that reads the whole log is being answered; ask again"});
  }

 private:
  std::mutex mutex_;
};

// Shared by the handlers that are made from it; the ledgers outlive them.
struct Reading {
  const Ledgers& ledgers;
  std::function<Result<Visible>(const http::Call&)> visible{};  // none: everybody's
  // Told of the people whose data an answer shows, once it is made.
  std::function<void(const http::Call&, const std::set<PersonId>&)> shown{};
  Millis wait_max{5'000};          // for at_least
  std::size_t rows_usual = 1'000;  // of a page
  std::size_t rows_max = 10'000;
  std::shared_ptr<OneAtATime> long_work = std::make_shared<OneAtATime>();

  [[nodiscard]] Result<Visible> visible_to(const http::Call& call) const {
    return visible ? visible(call) : Result<Visible>(Visible());
  }
  void tell_shown(const http::Call& call, const std::set<PersonId>& people) const {
    if (shown && !people.empty()) shown(call, people);
  }
};

}  // namespace runut::service
