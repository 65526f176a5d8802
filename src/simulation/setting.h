// Where a simulation plays: a regulation pack with its documents, read and validated.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "regulation/document.h"
#include "regulation/pack.h"

namespace runut::simulation {

struct PackFile {
  std::string name;  // "pack.json", "2022-08.json": as they stand beside each other
  std::string text;
};

struct SettingDocument {
  Document document;
  std::string text;
  std::optional<std::string> amends;  // none: enacted
  [[nodiscard]] Date effective_from() const { return document.header.effective_from; }
};

struct Setting {
  Pack pack;
  std::vector<SettingDocument> documents;  // by first day

  // In force on the day; before all of them, the first.
  [[nodiscard]] const SettingDocument& document_on(Date day) const;
  // The period that the month belongs to, of the length that its last day's document evaluates.
  [[nodiscard]] Period evaluated_period(Month month) const;
  // The first with a ranking, or null.
  [[nodiscard]] const SettingDocument* first_ranking() const;
};

// `files` hold pack.json and every document that it names.
[[nodiscard]] Result<Setting> read_setting(std::span<const PackFile> files);

}  // namespace runut::simulation
