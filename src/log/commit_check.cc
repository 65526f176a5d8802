#include "log/commit_check.h"

#include <string>

#include "log/reader_rule.h"

namespace runut {

std::size_t commit_size(const Commit& commit) {
  std::size_t bytes = 0;
  for (const StoredEvent& event : commit.events) bytes += event.bytes.size();
  return bytes;
}

Status check_commit_size(const Commit& commit) {
  if (commit.events.empty()) return fail(ErrorCode::invalid_input, "a commit has no events");
  std::size_t total = 0;
  for (const StoredEvent& event : commit.events) {
    total += event.bytes.size();
    if (event.bytes.size() > event_bytes_max)
      return fail(Error{ErrorCode::invalid_input,
                        {},
                        "event",
                        std::to_string(event.bytes.size()),
                        "an event has at most 65535 bytes"});
  }
  if (total > commit_bytes_max)
    return fail(Error{ErrorCode::invalid_input,
                      {},
                      "commit",
                      std::to_string(total),
                      "a commit has at most 64 MiB"});
  return {};
}

std::optional<Head> chained_head(const Commit& commit, const Head& head, ReadHeader read_header) {
  ReaderRule rule(head);
  for (std::size_t i = 0; i < commit.events.size(); ++i) {
    const StoredEvent& event = commit.events[i];
    const Result<RecordHeader> header = read_header(event.bytes);
    if (!header || header->command != commit.command) return std::nullopt;
    const Judgement judged = rule.judge(*header, event.leaf, event.bytes.size());
    const bool last = i + 1 == commit.events.size();
    if (judged != (last ? Judgement::counted : Judgement::pending)) return std::nullopt;
  }
  return rule.head();
}

}  // namespace runut
