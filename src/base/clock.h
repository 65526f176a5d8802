// Seams for time and randomness: pure folders receive instants and bytes, only the shell asks.
#pragma once

#include <cstddef>

#include "base/bytes.h"
#include "base/date.h"

namespace runut {

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() = 0;
};

// The machine's UTC clock. Thread-safe.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() override;
};

class Randomness {
 public:
  virtual ~Randomness() = default;
  virtual void fill(char* out, std::size_t count) = 0;

  template <class Fixed>
  [[nodiscard]] Fixed draw() {
    Fixed out;
    fill(reinterpret_cast<char*>(out.bytes.data()), Fixed::size);
    return out;
  }
};

// OpenSSL's CSPRNG, drawn in blocks. Not thread-safe: one instance a thread.
class SystemRandomness final : public Randomness {
 public:
  void fill(char* out, std::size_t count) override;

 private:
  std::array<char, 4096> block_{};
  std::size_t used_ = sizeof(block_);
};

// Deterministic (SplitMix64); for simulation and tests, never for keys or nonces that protect
// people.
class SeededRandomness final : public Randomness {
 public:
  explicit SeededRandomness(std::uint64_t seed) : state_(seed) {}
  void fill(char* out, std::size_t count) override;
  [[nodiscard]] std::uint64_t next();
  // Uniform in [0, bound); bound > 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound);

 private:
  std::uint64_t state_;
};

// RFC 9562 version 7: 48 bits of milliseconds, 74 random bits.
[[nodiscard]] Uuid make_uuid_v7(Instant now, Randomness& randomness);

}  // namespace runut
