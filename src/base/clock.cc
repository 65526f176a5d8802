#include "base/clock.h"

#include <openssl/rand.h>

#include <algorithm>
#include <chrono>

namespace runut {

Instant SystemClock::now() {
  return Instant{std::chrono::duration_cast<std::chrono::microseconds>(
                     std::chrono::system_clock::now().time_since_epoch())
                     .count()};
}

void SystemRandomness::fill(char* out, std::size_t count) {
  while (count > 0) {
    if (used_ == block_.size()) {
      RUNUT_CHECK(RAND_bytes(reinterpret_cast<unsigned char*>(block_.data()),
                             static_cast<int>(block_.size())) == 1,
                  "the system gives no random bytes");
      used_ = 0;
    }
    const std::size_t take = std::min(count, block_.size() - used_);
    std::copy_n(block_.data() + used_, take, out);
    std::fill_n(block_.data() + used_, take, '\0');
    used_ += take;
    out += take;
    count -= take;
  }
}

std::uint64_t SeededRandomness::next() {
  state_ += 0x9E3779B97F4A7C15ULL;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
  return mixed ^ (mixed >> 31);
}

std::uint64_t SeededRandomness::below(std::uint64_t bound) {
  RUNUT_CHECK(bound > 0, "empty range");
  const std::uint64_t limit = bound * (UINT64_MAX / bound);  // rejection keeps it uniform
  std::uint64_t drawn = next();
  while (drawn >= limit) drawn = next();
  return drawn % bound;
}

void SeededRandomness::fill(char* out, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<char>(next() >> 56);
}

Uuid make_uuid_v7(Instant now, Randomness& randomness) {
  auto uuid = randomness.draw<Uuid>();
  const auto millis = static_cast<std::uint64_t>(now.micros / 1000);
  for (std::size_t i = 0; i < 6; ++i)
    uuid.bytes[i] = static_cast<std::uint8_t>(millis >> (40 - 8 * i));
  uuid.bytes[6] = static_cast<std::uint8_t>(0x70U | (uuid.bytes[6] & 0x0FU));
  uuid.bytes[8] = static_cast<std::uint8_t>(0x80U | (uuid.bytes[8] & 0x3FU));
  return uuid;
}

}  // namespace runut
