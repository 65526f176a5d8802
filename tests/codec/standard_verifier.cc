#include "tests/codec/standard_verifier.h"

#include <flatbuffers/idl.h>
#include <flatbuffers/reflection.h>

#include <filesystem>
#include <map>

#include "tests/codec/schema.h"

namespace runut::codec_test {
namespace {

// Aligned as the verifier wants it.
std::vector<std::uint64_t> aligned_copy(BytesView bytes) {
  std::vector<std::uint64_t> words(bytes.size() / 8 + 1);
  std::memcpy(words.data(), bytes.data(), bytes.size());
  return words;
}

}  // namespace

struct StandardVerifier::Schemas {
  std::vector<std::unique_ptr<flatbuffers::Parser>> parsers;  // hold the binary schemas
  const reflection::Schema* envelope = nullptr;
  std::map<std::string, std::pair<const reflection::Schema*, const reflection::Object*>> tables;

  const reflection::Schema* load(const std::string& path) {
    auto parser = std::make_unique<flatbuffers::Parser>();
    const std::string directory = std::filesystem::path(path).parent_path();
    const char* includes[] = {directory.c_str(), nullptr};
    RUNUT_CHECK(parser->Parse(read_text_file(path).c_str(), includes), "a public schema parses");
    parser->Serialize();
    const auto* schema = reflection::GetSchema(parser->builder_.GetBufferPointer());
    parsers.push_back(std::move(parser));
    for (const auto* object : *schema->objects())
      if (!object->is_struct()) tables[object->name()->str()] = {schema, object};
    return schema;
  }
};

StandardVerifier::StandardVerifier() : schemas_(std::make_unique<Schemas>()) {
  const std::string directory = RUNUT_SOURCE_DIR "/schemas";
  schemas_->envelope = schemas_->load(directory + "/envelope.fbs");
  for (const auto& entry : std::filesystem::directory_iterator(directory + "/events"))
    schemas_->load(entry.path());
}
StandardVerifier::~StandardVerifier() = default;

bool StandardVerifier::accepts(EventType type, BytesView stored) const {
  const auto envelope = aligned_copy(stored);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(envelope.data());
  if (!flatbuffers::BufferHasIdentifier(bytes, "RNT1") ||
      !flatbuffers::Verify(*schemas_->envelope, *schemas_->envelope->root_table(), bytes,
                           stored.size()))
    return false;
  const auto* payload = flatbuffers::GetRoot<flatbuffers::Table>(bytes)
                            ->GetPointer<const flatbuffers::Vector<std::uint8_t>*>(6);
  const BytesView inner(reinterpret_cast<const char*>(payload->Data()), payload->size());
  const auto& [schema, table] = schemas_->tables.at("runut.format." + std::string(to_string(type)));
  const auto words = aligned_copy(inner);
  return flatbuffers::Verify(*schema, *table, reinterpret_cast<const std::uint8_t*>(words.data()),
                             inner.size());
}

}  // namespace runut::codec_test
