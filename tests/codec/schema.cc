#include "tests/codec/schema.h"

#include <flatbuffers/idl.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "codec/scalar.h"

namespace runut::codec_test {
namespace {

using codec::Scalar;

// --- from the code
// --------------------------------------------------------------------------------

template <class T>
void describe(Schema& schema, Field& field) {
  if constexpr (codec::is_optional<T>) {
    describe<typename T::value_type>(schema, field);
    field.presence = codec::IsScalar<typename T::value_type> ? "= null" : "";
  } else if constexpr (codec::is_vector<T>) {
    Field element;
    describe<typename T::value_type>(schema, element);
    field.type = "[" + element.type + "]";
  } else if constexpr (std::is_same_v<T, std::string>) {
    field.type = "string";
  } else if constexpr (codec::IsFixed<T>) {
    field.type = T::size == 32 ? "Hash256" : "Id128";
    field.presence = "(required)";
  } else if constexpr (Record<T>) {
    auto& fields = schema.tables[std::string(T::record_name)];
    fields.clear();
    const T record;
    T::visit(record, [&]<class F>(std::string_view name, const F&) {
      fields.emplace_back().name = name;
      describe<F>(schema, fields.back());
    });
    field.type = T::record_name;
    field.presence = "(required)";
  } else {
    field.type = Scalar<T>::fbs;
    if constexpr (NamedEnum<T>) {
      auto& values = schema.enums[field.type];
      values = {"Unspecified"};
      for (const auto& row : EnumNames<T>::table) {
        values.resize(static_cast<std::size_t>(row.value), "(a gap)");
        values.emplace_back(row.name);
      }
    }
  }
}

// --- from files
// -----------------------------------------------------------------------------------

std::string type_text(const flatbuffers::Type& type) {
  if (type.base_type == flatbuffers::BASE_TYPE_VECTOR)
    return "[" + type_text(type.VectorType()) + "]";
  if (type.struct_def != nullptr) return type.struct_def->name;
  if (type.enum_def != nullptr) return type.enum_def->name;
  return flatbuffers::kTypeNames[type.base_type];
}

std::string presence_text(const flatbuffers::FieldDef& field) {
  if (field.IsRequired()) return "(required)";
  return field.IsScalarOptional() ? "= null" : "";
}

std::vector<Field> fields_of(const flatbuffers::StructDef& table) {
  std::vector<Field> fields;
  for (const auto* field : table.fields.vec)
    fields.push_back({field->name, type_text(field->value.type), presence_text(*field),
                      table.fixed ? std::size_t{field->value.offset} : 0U});
  return fields;
}

void merge(Schema& into, const Schema& from) {
  into.tables.insert(from.tables.begin(), from.tables.end());
  into.structs.insert(from.structs.begin(), from.structs.end());
  into.enums.insert(from.enums.begin(), from.enums.end());
}

std::string text_of(const Field& field) {
  return field.name + ":" + field.type + (field.presence.empty() ? "" : " " + field.presence);
}

}  // namespace

Schema schema_of_the_code() {
  Schema schema;
  Field ignored;
#define RUNUT_TEST_DESCRIBE(number, name, text) describe<name>(schema, ignored);
  RUNUT_RELEASED_EVENTS(RUNUT_TEST_DESCRIBE)
#undef RUNUT_TEST_DESCRIBE
  describe<SubjectKind>(schema, ignored);
  describe<ActorKind>(schema, ignored);
  describe<Role>(schema, ignored);
  describe<Assurance>(schema, ignored);
  describe<Origin>(schema, ignored);
  return schema;
}

Schema parse_schema(const std::string& text, const std::string& directory, std::string& error) {
  flatbuffers::Parser parser;
  const char* includes[] = {directory.c_str(), nullptr};
  if (!parser.Parse(text.c_str(), includes)) error = parser.error_;
  Schema schema;
  for (const auto* table : parser.structs_.vec)
    (table->fixed ? schema.structs : schema.tables)[table->name] = fields_of(*table);
  for (const auto* type : parser.enums_.vec) {
    auto& values = schema.enums[type->name];
    for (const auto* value : type->Vals()) {
      values.resize(static_cast<std::size_t>(value->GetAsUInt64()), "(a gap)");
      values.push_back(value->name);
    }
  }
  return schema;
}

Schema read_schemas(const std::string& directory, std::string& error) {
  Schema schema = parse_schema(read_text_file(directory + "/envelope.fbs"), directory, error);
  for (const auto& entry : std::filesystem::directory_iterator(directory + "/events"))
    if (entry.path().extension() == ".fbs")
      merge(schema, parse_schema(read_text_file(entry.path()), directory + "/events", error));
  return schema;
}

std::vector<std::string> drift(const Schema& code, const Schema& files) {
  std::vector<std::string> lines;
  for (const auto& [name, fields] : code.tables) {
    const auto found = files.tables.find(name);
    if (found == files.tables.end()) {
      lines.push_back("table " + name + ": in the code, not in a schema");
      continue;
    }
    for (std::size_t i = 0; i < std::max(fields.size(), found->second.size()); ++i) {
      const std::string wanted = i < fields.size() ? text_of(fields[i]) : "no field";
      const std::string written = i < found->second.size() ? text_of(found->second[i]) : "no field";
      if (wanted != written)
        lines.push_back(name + ", field " + std::to_string(i) + ": the code has " + wanted +
                        ", the schema " + written);
    }
  }
  for (const auto& [name, fields] : files.tables)
    if (!code.tables.contains(name) && name != "Envelope")
      lines.push_back("table " + name + ": in a schema, not released by the code");
  for (const auto& [name, values] : code.enums)
    if (const auto found = files.enums.find(name);
        found == files.enums.end() || found->second != values)
      lines.push_back("enum " + name + ": the vocabulary and the schema differ");
  for (const auto& [name, values] : files.enums)
    if (!code.enums.contains(name)) lines.push_back("enum " + name + ": no such vocabulary");
  return lines;
}

std::vector<std::string> broken_promises(const Schema& released, const Schema& now) {
  std::vector<std::string> lines;
  const auto table_changes = [&](const std::string& name, const std::vector<Field>& old_fields,
                                 const std::vector<Field>& new_fields) {
    for (std::size_t i = 0; i < old_fields.size(); ++i)
      if (i >= new_fields.size() || !(new_fields[i] == old_fields[i]))
        lines.push_back(name + "." + old_fields[i].name + ": released as " +
                        text_of(old_fields[i]) + " with id " + std::to_string(i));
    for (std::size_t i = old_fields.size(); i < new_fields.size(); ++i) {
      const Field& field = new_fields[i];
      const bool scalar =
          field.type.find_first_of("[ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 0 && field.type != "string";
      if (field.presence == "(required)" || (scalar && field.presence.empty()))
        lines.push_back(name + "." + field.name + ": an appended field is optional");
    }
  };
  for (const auto& [name, fields] : released.tables)
    table_changes(name, fields,
                  now.tables.contains(name) ? now.tables.at(name) : std::vector<Field>{});
  for (const auto& [name, fields] : released.structs)
    if (!now.structs.contains(name) || now.structs.at(name) != fields)
      lines.push_back("struct " + name + ": released, never changed");
  for (const auto& [name, values] : released.enums) {
    const auto found = now.enums.find(name);
    if (found == now.enums.end() || found->second.size() < values.size() ||
        !std::equal(values.begin(), values.end(), found->second.begin()))
      lines.push_back("enum " + name + ": a released value changed or went");
  }
  return lines;
}

std::string read_text_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace runut::codec_test
