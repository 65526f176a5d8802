// The shipped packs, read from the source tree.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "regulation/document_json.h"

namespace runut::testing {

inline std::string shipped_text(const std::string& pack, const std::string& file) {
  std::ifstream in(std::string(RUNUT_SOURCE_DIR) + "/schemas/regulations/" + pack + "/" + file,
                   std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline Document shipped_document(const std::string& pack, const std::string& file) {
  auto document = read_document(shipped_text(pack, file));
  if (!document)
    for (const Error& violation : document.error()) ADD_FAILURE() << violation.describe();
  return document ? *std::move(document) : Document{};
}

inline std::string kediri_text(const std::string& file) {
  return shipped_text("kota-kediri", file);
}
inline Document kediri_document(const std::string& file) {
  return shipped_document("kota-kediri", file);
}

inline std::shared_ptr<Document> kediri_copy(const std::string& file, const std::string& id,
                                             Date effective_from) {
  auto document = std::make_shared<Document>(kediri_document(file));
  document->header.id = id;
  document->header.effective_from = effective_from;
  return document;
}

}  // namespace runut::testing
