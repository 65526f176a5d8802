// The fixed part of an envelope: struct Header of schemas/envelope.fbs, byte for byte.
#pragma once

#include <bit>
#include <cstddef>

#include "domain/event.h"

namespace runut::codec {

static_assert(std::endian::native == std::endian::little, "the header is copied as it stands");

struct Header {
  std::uint64_t sequence;
  std::uint64_t agency;
  Hash256 previous;
  CommandId command;
  Mac128 command_mac;
  std::int64_t acted_at;
  std::int64_t recorded_at;
  std::uint64_t subject;
  std::uint64_t actor;
  std::uint32_t subject_version;
  std::int32_t occurred_on;
  std::uint32_t commit_index;
  std::uint32_t commit_count;
  std::uint16_t type;
  std::uint8_t payload_version;
  std::uint8_t origin;
  std::uint8_t subject_kind;
  std::uint8_t actor_kind;
  std::uint8_t role;
  std::uint8_t assurance;
};
static_assert(sizeof(Header) == 136 && alignof(Header) == 8 &&
              std::is_trivially_copyable_v<Header>);

// X(field), in order: what a test compares with the schema.
// clang-format off
#define RUNUT_HEADER_FIELDS(X)                                              \
  X(sequence) X(agency) X(previous) X(command) X(command_mac)               \
  X(acted_at) X(recorded_at) X(subject) X(actor) X(subject_version)         \
  X(occurred_on) X(commit_index) X(commit_count) X(type) X(payload_version) \
  X(origin) X(subject_kind) X(actor_kind) X(role) X(assurance)
// clang-format on

// The fields of table Envelope, in the order of their ids.
enum class EnvelopeField : std::uint8_t {
  header,
  payload,
  sealed,
  regulation,
  supersedes,
  causation,
  on_behalf_of,
  method,
  reason,
  issuer,
  correlation,
  credential,
  evidence,
  count
};

inline constexpr std::string_view identifier = "RNT1";

// A key needs no more of an event than its place: these hold for each one that counts.
[[nodiscard]] constexpr bool is_placed(const Header& header) {
  return header.sequence != 0 && header.commit_index < header.commit_count &&
         header.commit_index < header.sequence;
}

}  // namespace runut::codec
