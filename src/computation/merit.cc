#include "computation/merit.h"

#include <algorithm>

#include "base/sha256.h"

namespace runut {

namespace {
constexpr std::int64_t hundredths_a_point = 100;
}

std::uint64_t merit_total(std::span<const MeritAspectPoints> aspects) {
  std::uint64_t sum = 0;
  for (const MeritAspectPoints& one : aspects) sum += one.points_hundredths;
  return sum;
}

std::optional<MeritCategory> merit_category(std::uint32_t total_hundredths,
                                            std::span<const MeritRange> categories) {
  if (total_hundredths > merit_maximum(categories)) return std::nullopt;
  std::optional<MeritCategory> out;
  for (const MeritRange& range : categories)
    if (range.from * hundredths_a_point <= total_hundredths) out = range.category;
  return out;
}

std::uint32_t merit_maximum(std::span<const MeritRange> categories) {
  std::int64_t highest = 0;
  for (const MeritRange& range : categories) highest = std::max(highest, range.until);
  return static_cast<std::uint32_t>(highest * hundredths_a_point);
}

Hash256 evidence_bundle(std::span<const MeritEvidenceFact> evidence) {
  Bytes joined;
  for (const MeritEvidenceFact& one : evidence) joined += one.document.view();
  return sha256(joined);
}

}  // namespace runut
