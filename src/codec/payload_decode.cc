#include "codec/envelope_codec.h"
#include "codec/payload_codec.h"
#include "codec/scalar.h"
#include "codec/table_reader.h"
#include "codec/upcaster.h"

namespace runut {
namespace {

using codec::Found;
using codec::IsFixed;
using codec::IsScalar;
using codec::Scalar;
using codec::TableBuffer;
using codec::TableReader;

// Reads records out of one buffer; after a false, `error` says why.
class RecordReader {
 public:
  Error error;

  template <Record R>
  bool read(const TableReader& table, R& record) {
    bool ok = true;
    std::size_t index = 0;
    R::visit(record, [&](std::string_view name, auto& field) {
      if (ok && !read_field(table, index, field)) {
        ok = false;
        refuse(ErrorCode::corrupt, "payload.value", R::record_name, name,
               "the stored value is none that an encoder writes");
      }
      ++index;
    });
    if (ok && !table.knows_all(index)) {
      refuse(ErrorCode::unsupported, "payload.field", R::record_name, {},
             "a field that only a newer version of the program knows");
      return false;
    }
    return ok;
  }

 private:
  // The innermost reason stays.
  void refuse(ErrorCode code, std::string_view rule, std::string_view record, std::string_view name,
              std::string_view message) {
    if (!error.rule.empty()) return;
    std::string field(record);
    if (!name.empty()) field.append(".").append(name);
    error = Error{code, std::string(rule), std::move(field), {}, std::string(message)};
  }

  template <class T>
  static bool from_stored(typename Scalar<T>::Stored stored, T& out) {
    out = Scalar<T>::from_stored(stored);
    return Scalar<T>::valid(out) && Scalar<T>::to_stored(out) == stored;
  }

  template <class T>
  bool read_field(const TableReader& table, std::size_t index, std::optional<T>& field) {
    if (!table.has(index)) return true;
    return read_field(table, index, field.emplace());
  }

  template <IsScalar T>
  bool read_field(const TableReader& table, std::size_t index, T& field) {
    typename Scalar<T>::Stored stored{};
    return table.scalar(index, stored) != Found::broken && from_stored(stored, field);
  }

  template <IsFixed T>
  bool read_field(const TableReader& table, std::size_t index, T& field) {
    BytesView bytes;
    if (table.fixed(index, T::size, 1, bytes) != Found::present) return false;
    field = T::from(bytes);
    return true;
  }

  bool read_field(const TableReader& table, std::size_t index, std::string& field) {
    BytesView text;
    const Found found = table.text(index, text);
    field = text;
    return found != Found::broken;
  }

  template <Record R>
  bool read_field(const TableReader& table, std::size_t index, R& field) {
    std::optional<TableReader> child;
    return table.child(index, child) == Found::present && read(*child, field);
  }

  template <class T>
  bool read_field(const TableReader& table, std::size_t index, std::vector<T>& field) {
    constexpr std::size_t size = stored_size<T>();
    TableReader::List list;
    const Found found = table.list(index, size, size, list);
    if (found != Found::present) return found == Found::absent;
    field.resize(list.count);
    std::size_t at = 0;
    for (T& element : field) {
      if constexpr (Record<T>) {
        std::optional<TableReader> child;
        if (!table.child_at(list.at + at, child) || !read(*child, element)) return false;
      } else {
        typename Scalar<T>::Stored stored{};
        std::memcpy(&stored, list.bytes.data() + at, size);
        if (!from_stored(stored, element)) return false;
      }
      at += size;
    }
    return true;
  }

  template <class T>
  static constexpr std::size_t stored_size() {
    if constexpr (Record<T>)
      return sizeof(std::uint32_t);
    else
      return sizeof(typename Scalar<T>::Stored);
  }
};

template <Record R>
Result<Payload> decode_record(BytesView stored) {
  TableBuffer buffer(stored);
  const auto table = TableReader::root(buffer);
  if (!table || stored.size() > envelope_bytes_max)
    return fail(Error{ErrorCode::corrupt,
                      "payload.table",
                      std::string(R::record_name),
                      {},
                      "the bytes are no FlatBuffers table of this type"});
  RecordReader reader;
  Result<Payload> payload(tl::in_place, std::in_place_type<R>);
  if (!reader.read(*table, std::get<R>(*payload))) return fail(std::move(reader.error));
  return payload;
}

}  // namespace

std::uint8_t payload_version(EventType) {
  return 1;
}

namespace {

#define RUNUT_DECODE(number, name, text) \
  case EventType::name: return decode_record<name>;
Result<Payload> (*decoder_of(EventType type))(BytesView) {
  switch (type) {
    RUNUT_RELEASED_EVENTS(RUNUT_DECODE)
    case EventType::unspecified: break;
  }
  return nullptr;
}
#undef RUNUT_DECODE

}  // namespace

Result<Payload> decode_payload(EventType type, std::uint8_t version, BytesView stored) {
  const auto decode = decoder_of(type);
  if (decode == nullptr)
    return fail(Error{ErrorCode::unsupported, "event.type", "type",
                      std::to_string(static_cast<unsigned>(type)),
                      "an event type that this version does not release"});
  if (version > payload_version(type))
    return fail(Error{ErrorCode::unsupported, "payload.version", std::string(to_string(type)),
                      std::to_string(version), "written by a newer version of the program"});
  if (version < payload_version(type)) return upcast(type, version, stored);
  return decode(stored);
}

}  // namespace runut
