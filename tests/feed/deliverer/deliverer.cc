// Delivers the events of a story to the endpoints of a webhook store until all are delivered, or it
// is killed: runut_test_deliverer DIRECTORY
#include <chrono>
#include <cstdio>
#include <thread>

#include "tests/feed/deliverer/story.h"

int main(int argc, char** argv) {
  using namespace runut::feed;
  if (argc != 2) return 2;
  runut::testing::RecordedLog log{long_story()};
  Feed feed(log.log(), "origin", {.tick = runut::Millis{5}});
  auto store = WebhookStore::open(argv[1], WebhookStore::Access::read_write);
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().describe().c_str());
    return 1;
  }
  const std::shared_ptr<WebhookStore> shared = std::move(*store);
  const Webhooks webhooks(feed, shared, quick());
  while (shared->list().front().progress.cursor < feed.head())
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return 0;
}
