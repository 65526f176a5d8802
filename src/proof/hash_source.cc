#include "proof/hash_source.h"

#include <algorithm>
#include <bit>
#include <string>

#include "base/sha256.h"

namespace runut {
namespace {

// The leaves [begin, begin + count); begin is a multiple of the largest power of two <= count.
struct Range {
  std::uint64_t begin = 0;
  std::uint64_t count = 0;
};

// Largest power of two smaller than `count`, which is at least 2.
std::uint64_t split(std::uint64_t count) {
  return std::bit_floor(count - 1);
}

Range left_of(const Range& range) {
  return {range.begin, split(range.count)};
}
Range right_of(const Range& range) {
  return {range.begin + split(range.count), range.count - split(range.count)};
}

// The complete subtrees that make up a range, largest first.
Result<HashPath> cover(HashSource& hashes, const Range& range) {
  HashPath path;
  std::uint64_t begin = range.begin;
  for (std::uint64_t rest = range.count; rest > 0; rest -= std::bit_floor(rest)) {
    const auto level = static_cast<unsigned>(std::bit_width(rest)) - 1;
    RUNUT_ASSIGN(const Hash256 hash, hashes.subtree({level, begin >> level}));
    path.push_back(hash);
    begin += std::bit_floor(rest);
  }
  return path;
}

Result<Hash256> hash_of(HashSource& hashes, const Range& range) {
  RUNUT_ASSIGN(HashPath path, cover(hashes, range));
  return Frontier(range.count, std::move(path)).root();
}

}  // namespace

Result<Hash256> LeafHashes::subtree(const SubtreeId& id) {
  if (id.level >= 63 || ((id.index + 1) << id.level) > leaves_.size())
    return fail(ErrorCode::not_found, "the subtree is not complete");
  const std::size_t count = std::size_t{1} << id.level;
  Frontier frontier;
  for (const Hash256& leaf : leaves_.subspan(id.index << id.level, count)) frontier.append(leaf);
  return frontier.root();
}

Result<Frontier> frontier_at(HashSource& hashes, std::uint64_t size) {
  RUNUT_ASSIGN(HashPath path, cover(hashes, {0, size}));
  return Frontier(size, std::move(path));
}

Result<Hash256> root_at(HashSource& hashes, std::uint64_t size) {
  RUNUT_ASSIGN(const Frontier frontier, frontier_at(hashes, size));
  return frontier.root();
}

Result<HashPath> inclusion_proof(HashSource& hashes, const InclusionQuery& query) {
  if (query.index >= query.size)
    return fail(Error{ErrorCode::invalid_input,
                      {},
                      "index",
                      std::to_string(query.index),
                      "the tree has only " + std::to_string(query.size) + " leaves"});
  HashPath path;  // from the root down, turned round at the end
  Range range{0, query.size};
  while (range.count > 1) {
    const bool in_left = query.index < range.begin + split(range.count);
    RUNUT_ASSIGN(const Hash256 sibling,
                 hash_of(hashes, in_left ? right_of(range) : left_of(range)));
    path.push_back(sibling);
    range = in_left ? left_of(range) : right_of(range);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

Result<HashPath> consistency_proof(HashSource& hashes, const ConsistencyQuery& query) {
  if (query.earlier > query.later)
    return fail(Error{ErrorCode::invalid_input,
                      {},
                      "size",
                      std::to_string(query.earlier),
                      "the later tree has only " + std::to_string(query.later) + " leaves"});
  HashPath path;
  if (query.earlier == 0 || query.earlier == query.later) return path;
  Range range{0, query.later};
  const std::uint64_t end = query.earlier;  // where the earlier tree ends within the range
  while (range.begin + range.count > end) {
    const bool in_left = end <= range.begin + split(range.count);
    RUNUT_ASSIGN(const Hash256 sibling,
                 hash_of(hashes, in_left ? right_of(range) : left_of(range)));
    path.push_back(sibling);
    range = in_left ? left_of(range) : right_of(range);
  }
  // What is left is a subtree of the earlier tree; the whole of it, when it begins at 0.
  if (range.begin != 0) {
    RUNUT_ASSIGN(const Hash256 hash, hash_of(hashes, range));
    path.push_back(hash);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace runut
