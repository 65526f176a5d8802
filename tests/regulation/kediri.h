// The shipped pack, read from the source tree.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "regulation/document_json.h"

namespace runut::testing {

inline std::string kediri_text(const std::string& file) {
  std::ifstream in(std::string(RUNUT_SOURCE_DIR) + "/schemas/regulations/kota-kediri/" + file,
                   std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline Document kediri_document(const std::string& file) {
  auto document = read_document(kediri_text(file));
  if (!document)
    for (const Error& violation : document.error()) ADD_FAILURE() << violation.describe();
  return document ? *std::move(document) : Document{};
}

inline std::shared_ptr<Document> kediri_copy(const std::string& file, const std::string& id,
                                             Date effective_from) {
  auto document = std::make_shared<Document>(kediri_document(file));
  document->header.id = id;
  document->header.effective_from = effective_from;
  return document;
}

}  // namespace runut::testing
