#include <flatbuffers/flatbuffers.h>

#include <array>

#include "codec/payload_codec.h"
#include "codec/scalar.h"

namespace runut {
namespace {

using codec::IsFixed;
using codec::IsScalar;
using codec::Scalar;
using flatbuffers::FlatBufferBuilder;
using flatbuffers::Table;
using flatbuffers::uoffset_t;
using flatbuffers::voffset_t;

constexpr voffset_t slot(std::size_t index) {
  return static_cast<voffset_t>(4 + 2 * index);
}
constexpr std::size_t fields_max = 32;

// --- check ------------------------------------------------------------------------------------

// The path of the first field that must not be stored: ".minutes", ".lines[1].code", empty for the
// value itself; none when all may be.
using Path = std::optional<std::string>;

template <class T>
Path invalid_field(const T& field) {
  if constexpr (codec::is_optional<T>) {
    return field ? invalid_field(*field) : Path();
  } else if constexpr (IsScalar<T>) {
    return Scalar<T>::valid(field) ? Path() : Path("");
  } else if constexpr (std::is_same_v<T, std::string>) {
    return is_utf8(field) ? Path() : Path("");
  } else if constexpr (codec::is_vector<T>) {
    for (std::size_t i = 0; i < field.size(); ++i)
      if (const Path inner = invalid_field(field[i])) return fmt::format("[{}]{}", i, *inner);
    return {};
  } else if constexpr (Record<T>) {
    Path path;
    T::visit(field, [&](std::string_view name, const auto& member) {
      if (path) return;
      if (const Path inner = invalid_field(member)) path = fmt::format(".{}{}", name, *inner);
    });
    return path;
  } else {
    return {};
  }
}

template <Record R>
Status check(const R& record) {
  const Path path = invalid_field(record);
  if (!path) return {};
  return fail(Error{ErrorCode::internal,
                    "payload.value",
                    std::string(R::record_name) + *path,
                    {},
                    "a value that must not be stored: out of range, unspecified or not UTF-8"});
}

// --- write ------------------------------------------------------------------------------------

template <Record R>
uoffset_t write_table(FlatBufferBuilder& builder, const R& record);

// Strings, vectors and tables are written before the table that refers to them; 0: nothing to refer
// to. What is empty is not written, unless it is optional and there.
template <class T>
uoffset_t write_child(FlatBufferBuilder& builder, const T& field, bool even_if_empty = false) {
  if constexpr (codec::is_optional<T>) {
    return field ? write_child(builder, *field, true) : 0;
  } else if constexpr (Record<T>) {
    return write_table(builder, field);
  } else if constexpr (codec::is_sequence<T>) {
    if (field.empty() && !even_if_empty) return 0;
    if constexpr (std::is_same_v<T, std::string>) {
      return builder.CreateString(field).o;
    } else if constexpr (Record<typename T::value_type>) {
      std::vector<flatbuffers::Offset<Table>> offsets;
      offsets.reserve(field.size());
      for (const auto& element : field) offsets.emplace_back(write_table(builder, element));
      return builder.CreateVector(offsets).o;
    } else {
      using Element = Scalar<typename T::value_type>;
      std::vector<typename Element::Stored> stored;
      stored.reserve(field.size());
      for (const auto& element : field) stored.push_back(Element::to_stored(element));
      return builder.CreateVector(stored).o;
    }
  } else {
    return 0;
  }
}

// Width of a field inside its table: written widest first, as generated code does, to save padding.
template <class T>
constexpr std::size_t width_of() {
  if constexpr (codec::is_optional<T>)
    return width_of<typename T::value_type>();
  else if constexpr (IsScalar<T>)
    return sizeof(typename Scalar<T>::Stored);
  else if constexpr (IsFixed<T>)
    return 1;
  else
    return sizeof(uoffset_t);
}

template <class T>
void write_field(FlatBufferBuilder& builder, voffset_t at, const T& field, uoffset_t child) {
  if constexpr (codec::is_optional<T>) {
    using Inner = typename T::value_type;
    if (!field) return;
    if constexpr (IsScalar<Inner>)
      builder.AddElement(at, Scalar<Inner>::to_stored(*field));
    else
      write_field(builder, at, *field, child);
  } else if constexpr (IsScalar<T>) {
    builder.AddElement(at, Scalar<T>::to_stored(field), typename Scalar<T>::Stored{0});
  } else if constexpr (IsFixed<T>) {
    builder.AddStruct(at, &field);
  } else {
    builder.AddOffset(at, flatbuffers::Offset<void>(child));
  }
}

template <Record R>
uoffset_t write_table(FlatBufferBuilder& builder, const R& record) {
  std::array<uoffset_t, fields_max> children{};
  std::size_t index = 0;
  R::visit(record, [&](std::string_view, const auto& field) {
    RUNUT_CHECK(index < fields_max, "a record with too many fields");
    children[index++] = write_child(builder, field);
  });
  const uoffset_t start = builder.StartTable();
  for (const std::size_t width : {8U, 4U, 2U, 1U}) {
    index = 0;
    R::visit(record, [&]<class T>(std::string_view, const T& field) {
      if (width_of<T>() == width) write_field(builder, slot(index), field, children[index]);
      ++index;
    });
  }
  return builder.EndTable(start);
}

}  // namespace

Result<BytesView> encode_payload(const Payload& payload) {
  thread_local FlatBufferBuilder builder(1024);
  builder.Clear();
  const auto write = []<class P>(const P& record) -> Result<uoffset_t> {
    if constexpr (Record<P>) {
      RUNUT_TRY(check(record));
      return write_table(builder, record);
    } else {
      return fail(
          Error{ErrorCode::internal, "payload.value", {}, {}, "an event without a payload"});
    }
  };
  RUNUT_ASSIGN(const uoffset_t root, std::visit(write, payload));
  builder.Finish(flatbuffers::Offset<Table>(root));
  return BytesView(reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize());
}

}  // namespace runut
