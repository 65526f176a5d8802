// Mutations that keep JSON well formed. Blind ones hardly ever get past the parser, so what comes
// behind it would never be tried: every second mutation changes one value of the parsed document.
#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "json/json.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t size_max);

namespace {

namespace json = boost::json;

class Random {
 public:
  explicit Random(unsigned seed) : state_(seed) {}
  std::size_t below(std::size_t bound) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state_ >> 33u) % bound;
  }

 private:
  std::uint64_t state_;
};

void collect(json::value& value, std::vector<json::value*>& out) {
  out.push_back(&value);
  if (auto* object = value.if_object()) {
    for (auto& member : *object) collect(member.value(), out);
  } else if (auto* array = value.if_array()) {
    for (auto& element : *array) collect(element, out);
  }
}

json::value edge(Random& random) {
  static constexpr std::array<std::int64_t, 10> numbers = {
      0, 1, -1, 2, 99, 10'000, INT32_MAX, INT64_MAX, INT64_MIN, 1'000'000'000'000};
  static constexpr std::array<std::string_view, 12> texts = {"",
                                                             "0",
                                                             "100.00",
                                                             "-1.00",
                                                             "120.01",
                                                             "2022-08",
                                                             "2022-08-31",
                                                             "2022-02-30",
                                                             "2022-S1",
                                                             "P1",
                                                             "9223372036854775808",
                                                             "assumed"};
  switch (random.below(7)) {
    case 0: return nullptr;
    case 1: return random.below(2) == 0;
    case 2: return json::array{};
    case 3: return json::object{};
    case 4: return json::string(texts.at(random.below(texts.size())));
    default: return numbers.at(random.below(numbers.size()));
  }
}

void mutate_string(json::string& text) {
  std::array<std::uint8_t, 256> bytes{};
  const std::size_t size = std::min(text.size(), bytes.size() / 2);
  std::memcpy(bytes.data(), text.data(), size);
  const std::size_t now = LLVMFuzzerMutate(bytes.data(), size, bytes.size());
  // ASCII: broken encodings are found by the blind half.
  text.clear();
  for (std::size_t i = 0; i < now; ++i) text.push_back(static_cast<char>(bytes.at(i) & 0x7fu));
}

void change(json::value& value, const json::value& other, Random& random) {
  const std::size_t way = random.below(4);
  if (way == 0) {
    value = edge(random);
  } else if (way == 1) {
    value = json::value(other);
  } else if (auto* object = value.if_object(); object != nullptr && !object->empty()) {
    const auto at = object->begin() + static_cast<std::ptrdiff_t>(random.below(object->size()));
    if (way == 2)
      object->erase(at);
    else
      (*object)[std::string(at->key()) + "x"] = edge(random);
  } else if (auto* array = value.if_array(); array != nullptr && !array->empty()) {
    const auto at = array->begin() + static_cast<std::ptrdiff_t>(random.below(array->size()));
    if (way == 2)
      array->erase(at);
    else
      array->insert(at, json::value(*at));
  } else if (auto* text = value.if_string(); text != nullptr) {
    mutate_string(*text);
  } else if (auto* number = value.if_int64(); number != nullptr) {
    *number = static_cast<std::int64_t>(static_cast<std::uint64_t>(*number) + random.below(3) - 1u);
  }
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t size_max, unsigned seed) {
  Random random(seed);
  if (random.below(2) == 0) return LLVMFuzzerMutate(data, size, size_max);
  auto value = runut::parse_json({reinterpret_cast<const char*>(data), size});
  if (!value) return LLVMFuzzerMutate(data, size, size_max);
  std::vector<json::value*> places;
  collect(*value, places);
  const json::value other = *places.at(random.below(places.size()));
  change(*places.at(random.below(places.size())), other, random);
  const std::string text = json::serialize(*value);
  if (text.size() > size_max) return LLVMFuzzerMutate(data, size, size_max);
  std::memcpy(data, text.data(), text.size());
  return text.size();
}
