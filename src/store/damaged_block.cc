#include "store/damaged_block.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <string>

namespace runut {
namespace {

struct BlockPlace {
  std::string path;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;  // without the trailer
};

// A word of RocksDB's message and what follows it, up to the next space or the end.
std::optional<std::uint64_t> number_behind(std::string_view text, std::string_view word) {
  const std::size_t at = text.rfind(word);
  if (at == std::string_view::npos) return std::nullopt;
  text.remove_prefix(at + word.size());
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc{} ? std::optional(number) : std::nullopt;
}

// "block checksum mismatch: … in FILE offset N size M"
std::optional<BlockPlace> place_in(std::string_view message) {
  constexpr std::string_view mismatch = "block checksum mismatch";
  constexpr std::string_view file = " in ";
  constexpr std::string_view offset = " offset ";
  constexpr std::string_view size = " size ";
  const std::size_t from = message.find(mismatch);
  const std::size_t in = from == std::string_view::npos ? from : message.find(file, from);
  const std::size_t end = message.rfind(offset);
  if (in == std::string_view::npos || end == std::string_view::npos || end < in + file.size())
    return std::nullopt;
  const auto offset_read = number_behind(message, offset);
  const auto size_read = number_behind(message, size);
  if (!offset_read || !size_read) return std::nullopt;
  return BlockPlace{std::string(message.substr(in + file.size(), end - in - file.size())),
                    *offset_read, *size_read};
}

// The block and its first byte behind, which says how it is compressed. Empty: it cannot be read.
Bytes read_block(const BlockPlace& place) {
  constexpr std::uint64_t block_bytes_max = 64 << 20;
  if (place.size > block_bytes_max) return {};
  std::ifstream file(place.path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(place.offset));
  Bytes block(place.size + 1, '\0');
  file.read(block.data(), static_cast<std::streamsize>(block.size()));
  return file ? block : Bytes{};
}

std::optional<std::uint32_t> take_varint(BytesView& bytes) {
  std::uint32_t value = 0;
  for (unsigned shift = 0; shift < 32 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    value |= std::uint32_t{byte & 0x7Fu} << shift;
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

// What lies in front of the restarts, which are words of four bytes with their number, the least
// byte first, at the end.
BytesView entries_of(BytesView block) {
  if (block.size() < 4) return {};
  std::uint64_t restarts = 0;
  for (std::size_t i = 0; i < 4; ++i)
    restarts |= std::uint64_t{static_cast<std::uint8_t>(block[block.size() - 4 + i])} << (8 * i);
  // A number that cannot be: the rows are looked for all the same, up to where they cannot be.
  const std::uint64_t tail = 4 + 4 * restarts;
  return block.substr(0, tail < block.size() ? block.size() - tail : block.size() - 4);
}

}  // namespace

std::vector<SalvagedRow> salvage_block(const Status& refusal) {
  constexpr std::size_t internal_suffix = 8;  // RocksDB's own sequence and kind behind each key
  std::vector<SalvagedRow> rows;
  const auto place = refusal ? std::nullopt : place_in(refusal.error().message);
  if (!place) return rows;
  const Bytes bytes = read_block(*place);
  if (bytes.empty() || bytes.back() != 0) return rows;
  BytesView entries = entries_of(BytesView(bytes).substr(0, bytes.size() - 1));
  Bytes key;
  while (!entries.empty()) {
    const auto shared = take_varint(entries);
    const auto own = take_varint(entries);
    const auto value = take_varint(entries);
    if (!shared || !own || !value || *shared > key.size() || *own > entries.size() ||
        *value > entries.size() - *own || *shared + *own < internal_suffix)
      break;
    key.resize(*shared);
    key.append(entries.substr(0, *own));
    rows.push_back(
        {key.substr(0, key.size() - internal_suffix), Bytes(entries.substr(*own, *value))});
    entries.remove_prefix(*own + *value);
  }
  return rows;
}

}  // namespace runut
