#include "codec/payload_codec.h"

#include <array>

#include <flatbuffers/flatbuffers.h>

#include "codec/scalar.h"
#include "codec/upcaster.h"

namespace runut {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Table;
using flatbuffers::uoffset_t;
using flatbuffers::Verifier;
using flatbuffers::voffset_t;
using codec::IsFixed;
using codec::IsScalar;
using codec::Scalar;

constexpr voffset_t slot(std::size_t index) { return static_cast<voffset_t>(4 + 2 * index); }
constexpr std::size_t fields_max = 32;

// --- encode -----------------------------------------------------------------------------------

template <Record R>
uoffset_t encode_table(FlatBufferBuilder& builder, const R& record);

// Strings, vectors and tables are written before the table that refers to them; 0: nothing to refer to.
template <class T>
uoffset_t encode_child(FlatBufferBuilder& builder, const T& field) {
  if constexpr (codec::is_optional<T>) {
    return field ? encode_child(builder, *field) : 0;
  } else if constexpr (std::is_same_v<T, std::string>) {
    return builder.CreateString(field).o;
  } else if constexpr (Record<T>) {
    return encode_table(builder, field);
  } else if constexpr (codec::is_vector<T>) {
    using Element = typename T::value_type;
    if constexpr (Record<Element>) {
      std::vector<flatbuffers::Offset<Table>> offsets;
      offsets.reserve(field.size());
      for (const Element& element : field) offsets.emplace_back(encode_table(builder, element));
      return builder.CreateVector(offsets).o;
    } else {
      std::vector<typename Scalar<Element>::Stored> stored;
      stored.reserve(field.size());
      for (const Element& element : field) stored.push_back(Scalar<Element>::to_stored(element));
      return builder.CreateVector(stored).o;
    }
  } else {
    return 0;
  }
}

// Width of a field inside its table: written widest first, as generated code does, to save padding.
template <class T>
constexpr std::size_t width_of() {
  if constexpr (codec::is_optional<T>) return width_of<typename T::value_type>();
  else if constexpr (IsScalar<T>) return sizeof(typename Scalar<T>::Stored);
  else if constexpr (IsFixed<T>) return 1;
  else return 4;
}

template <class T>
void add_field(FlatBufferBuilder& builder, voffset_t at, const T& field, uoffset_t child) {
  if constexpr (codec::is_optional<T>) {
    using Inner = typename T::value_type;
    if (!field) return;
    if constexpr (IsScalar<Inner>) builder.AddElement(at, Scalar<Inner>::to_stored(*field));
    else add_field(builder, at, *field, child);
  } else if constexpr (IsScalar<T>) {
    builder.AddElement(at, Scalar<T>::to_stored(field), typename Scalar<T>::Stored{0});
  } else if constexpr (IsFixed<T>) {
    builder.AddStruct(at, &field);
  } else {
    builder.AddOffset(at, flatbuffers::Offset<void>(child));
  }
}

template <Record R>
uoffset_t encode_table(FlatBufferBuilder& builder, const R& record) {
  std::array<uoffset_t, fields_max> children{};
  std::size_t index = 0;
  R::visit(record, [&](std::string_view, const auto& field) {
    RUNUT_CHECK(index < fields_max, "a record with too many fields");
    children[index++] = encode_child(builder, field);
  });
  const uoffset_t start = builder.StartTable();
  for (const std::size_t width : {8U, 4U, 2U, 1U}) {
    index = 0;
    R::visit(record, [&]<class T>(std::string_view, const T& field) {
      if (width_of<T>() == width) add_field(builder, slot(index), field, children[index]);
      ++index;
    });
  }
  return builder.EndTable(start);
}

// --- verify -----------------------------------------------------------------------------------

template <Record R>
bool verify_table(Verifier& verifier, const Table* table);

template <class T>
bool verify_field(Verifier& verifier, const Table* table, voffset_t at) {
  if constexpr (codec::is_optional<T>) {
    return verify_field<typename T::value_type>(verifier, table, at);
  } else if constexpr (IsScalar<T>) {
    using Stored = typename Scalar<T>::Stored;
    return table->VerifyField<Stored>(verifier, at, sizeof(Stored));
  } else if constexpr (IsFixed<T>) {
    return table->VerifyField<T>(verifier, at, 1);
  } else {
    if (!table->VerifyOffset(verifier, at)) return false;
    if constexpr (std::is_same_v<T, std::string>) {
      return verifier.VerifyString(table->GetPointer<const flatbuffers::String*>(at));
    } else if constexpr (Record<T>) {
      const auto* child = table->GetPointer<const Table*>(at);
      return child == nullptr || verify_table<T>(verifier, child);
    } else {
      using Element = typename T::value_type;
      if constexpr (Record<Element>) {
        const auto* vector = table->GetPointer<const flatbuffers::Vector<flatbuffers::Offset<Table>>*>(at);
        if (!verifier.VerifyVector(vector)) return false;
        for (uoffset_t i = 0; vector != nullptr && i < vector->size(); ++i)
          if (!verify_table<Element>(verifier, vector->Get(i))) return false;
        return true;
      } else {
        return verifier.VerifyVector(
            table->GetPointer<const flatbuffers::Vector<typename Scalar<Element>::Stored>*>(at));
      }
    }
  }
}

template <Record R>
bool verify_table(Verifier& verifier, const Table* table) {
  bool ok = table->VerifyTableStart(verifier);
  std::size_t index = 0;
  R record;
  R::visit(record, [&]<class T>(std::string_view, const T&) {
    ok = ok && verify_field<T>(verifier, table, slot(index++));
  });
  return ok && verifier.EndTable();
}

// --- decode (of what has been verified) ---------------------------------------------------------

template <Record R>
Status decode_table(const Table* table, R& record);

tl::unexpected<Error> unreadable(std::string_view record, std::string_view field) {
  return fail(Error{ErrorCode::corrupt, "payload.value", std::string(record) + "." + std::string(field),
                    {}, "the stored value is none that an encoder writes"});
}

template <class T>
Status decode_field(const Table* table, voffset_t at, T& field, std::string_view record,
                    std::string_view name) {
  if constexpr (codec::is_optional<T>) {
    if (!table->CheckField(at)) {
      field.reset();
      return {};
    }
    field.emplace();
    return decode_field(table, at, *field, record, name);
  } else if constexpr (IsScalar<T>) {
    using Stored = typename Scalar<T>::Stored;
    if (!Scalar<T>::from_stored(table->GetField<Stored>(at, Stored{0}), field))
      return unreadable(record, name);
  } else if constexpr (IsFixed<T>) {
    const auto* bytes = table->GetStruct<const std::uint8_t*>(at);
    if (bytes == nullptr) return unreadable(record, name);
    std::copy_n(bytes, T::size, field.bytes.begin());
  } else if constexpr (std::is_same_v<T, std::string>) {
    const auto* text = table->GetPointer<const flatbuffers::String*>(at);
    if (text == nullptr) return unreadable(record, name);
    field.assign(text->c_str(), text->size());
  } else if constexpr (Record<T>) {
    const auto* child = table->GetPointer<const Table*>(at);
    if (child == nullptr) return unreadable(record, name);
    return decode_table(child, field);
  } else {
    using Element = typename T::value_type;
    if constexpr (Record<Element>) {
      const auto* vector = table->GetPointer<const flatbuffers::Vector<flatbuffers::Offset<Table>>*>(at);
      if (vector == nullptr) return unreadable(record, name);
      field.resize(vector->size());
      for (uoffset_t i = 0; i < vector->size(); ++i) RUNUT_TRY(decode_table(vector->Get(i), field[i]));
    } else {
      const auto* vector =
          table->GetPointer<const flatbuffers::Vector<typename Scalar<Element>::Stored>*>(at);
      if (vector == nullptr) return unreadable(record, name);
      field.resize(vector->size());
      for (uoffset_t i = 0; i < vector->size(); ++i)
        if (!Scalar<Element>::from_stored(vector->Get(i), field[i])) return unreadable(record, name);
    }
  }
  return {};
}

template <Record R>
Status decode_table(const Table* table, R& record) {
  Status status;
  std::size_t index = 0;
  R::visit(record, [&](std::string_view name, auto& field) {
    if (status) status = decode_field(table, slot(index), field, R::record_name, name);
    ++index;
  });
  return status;
}

template <Record R>
Result<Payload> decode_record(BytesView stored) {
  // Scalars are read where they stand, so the buffer has to be aligned as the encoder aligned it.
  Bytes aligned;
  if (reinterpret_cast<std::uintptr_t>(stored.data()) % 8 != 0) {
    aligned.reserve(std::max<std::size_t>(stored.size(), 32));  // beyond the small-string buffer
    aligned.assign(stored);
    stored = aligned;
  }
  const auto* data = reinterpret_cast<const std::uint8_t*>(stored.data());
  const auto broken = [] {
    return fail(Error{ErrorCode::corrupt, "payload.table", std::string(R::record_name), {},
                      "the bytes are no FlatBuffers table of this type"});
  };
  if (stored.size() < 8 || stored.size() > FLATBUFFERS_MAX_BUFFER_SIZE) return broken();
  Verifier verifier(data, stored.size(), 16, 1'000'000);
  if (verifier.VerifyOffset(0) == 0) return broken();
  const auto* table = flatbuffers::GetRoot<Table>(data);
  if (!verify_table<R>(verifier, table)) return broken();
  R record;
  RUNUT_TRY(decode_table(table, record));
  return Payload{std::move(record)};
}

}  // namespace

std::uint8_t payload_version(EventType) { return 1; }

Bytes encode_payload(const Payload& payload) {
  thread_local FlatBufferBuilder builder(1024);
  builder.Clear();
  const uoffset_t root = std::visit(
      []<class P>(const P& record) -> uoffset_t {
        if constexpr (Record<P>) {
          return encode_table(builder, record);
        } else {
          RUNUT_CHECK(false, "an event without a payload");
        }
      },
      payload);
  builder.Finish(flatbuffers::Offset<Table>(root));
  return {reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize()};
}

Result<Payload> decode_payload(EventType type, std::uint8_t version, BytesView stored) {
  if (is_known(type) && version < payload_version(type)) return upcast(type, version, stored);
  if (version == 0 || version > payload_version(type))
    return fail(Error{ErrorCode::unsupported, "payload.version", std::string(to_string(type)),
                      std::to_string(version), "written by a newer version of the program"});
  switch (type) {
#define RUNUT_DECODE(number, name, text) \
  case EventType::name: return decode_record<name>(stored);
    RUNUT_RELEASED_EVENTS(RUNUT_DECODE)
#undef RUNUT_DECODE
    case EventType::unspecified: break;
  }
  return fail(Error{ErrorCode::unsupported, "event.type", "type",
                    std::to_string(static_cast<unsigned>(type)),
                    "an event type that this version does not release"});
}

}  // namespace runut
