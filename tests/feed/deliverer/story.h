// What the deliverer delivers, and how: shared with the test that kills it.
#pragma once

#include "feed/webhooks.h"
#include "tests/feed/recorded_log.h"

namespace runut::feed {

inline WebhookOptions quick() {
  WebhookOptions options;
  options.agency = "kota-uji";
  options.threads = 2;
  options.attempts_max = 4;
  options.backoff_first = Millis{1};
  options.backoff_max = Millis{4};
  options.client.total_max = Millis{300};
  return options;
}

inline testing::EventBuilder long_story() {
  testing::EventBuilder ledger = testing::small_office(3);
  for (int day = 1; day <= 8; ++day) testing::work_a_day(ledger, date(2022, 8, day), 3);
  return ledger;
}

}  // namespace runut::feed
