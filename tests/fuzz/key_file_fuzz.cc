// The key file: what is accepted is exactly what writing the parsed records gives, apart from the
// torn tail.
#include <cstddef>
#include <cstdint>

#include "seal/key_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace runut;
  const BytesView bytes(reinterpret_cast<const char*>(data), size);
  const auto contents = parse_key_file(bytes);
  if (!contents) return 0;
  Bytes written;
  append_key_header(written, contents->header);
  for (const KeyRecord& record : contents->records) append_key_record(written, record);
  RUNUT_CHECK(written == bytes.substr(0, contents->intact_bytes), "records have one form");
  RUNUT_CHECK(contents->intact_bytes + contents->torn_bytes == size, "every byte is accounted for");
  return 0;
}
