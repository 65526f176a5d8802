// A tiny encoding of events for tests of the log: the header's fields, then any text.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/sha256.h"
#include "log/event_log.h"

namespace runut::testing_log {

// How long a test waits for what a healthy log does at once.
inline constexpr Millis patience{30'000};

inline Bytes encode(const RecordHeader& header, BytesView text) {
  Bytes out = "E";
  append_u64(out, header.sequence.value);
  out.append(header.previous.view());
  out.append(header.command.view());
  append_u32(out, header.commit_index);
  append_u32(out, header.commit_count);
  out.push_back(header.takeover ? 1 : 0);
  out.append(text);
  return out;
}

inline constexpr std::size_t header_size = 1 + 8 + 32 + 16 + 4 + 4 + 1;

inline Result<RecordHeader> read_header(BytesView stored) {
  if (!stored.empty() && stored[0] == 'F')
    return fail(ErrorCode::unsupported, "an event of a newer format");
  if (stored.size() < header_size || stored[0] != 'E')
    return fail(ErrorCode::corrupt, "not an event");
  RecordHeader header;
  header.sequence = Sequence{read_u64(stored.substr(1))};
  header.previous = Hash256::from(stored.substr(9, 32));
  header.command = CommandId::from(stored.substr(41, 16));
  header.commit_index = read_u32(stored.substr(57));
  header.commit_count = read_u32(stored.substr(61));
  header.takeover = stored[65] != 0;
  return header;
}

inline CommandId command_id(std::uint64_t number) {
  CommandId id;
  for (std::size_t i = 0; i < 8; ++i)
    id.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
  return id;
}

// A commit chained on `head`, and what the head is after it.
inline Commit chain(Head& head, CommandId command, const std::vector<std::string>& texts,
                    bool takeover = false) {
  Commit commit{command, {}};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const RecordHeader header{next(head.sequence),
                              head.leaf,
                              command,
                              static_cast<std::uint32_t>(i),
                              static_cast<std::uint32_t>(texts.size()),
                              takeover};
    Bytes bytes = encode(header, texts[i]);
    head = Head{header.sequence, leaf_hash(bytes)};
    commit.events.push_back({std::move(bytes), head.leaf});
  }
  return commit;
}

// Takeovers with ids that never repeat in a process.
inline Result<Commit> takeover_on(const Head& head) {
  static SystemRandomness randomness;
  Head after = head;
  return chain(after, randomness.draw<CommandId>(), {"takeover"}, true);
}

}  // namespace runut::testing_log
