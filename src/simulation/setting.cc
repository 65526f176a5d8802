#include "simulation/setting.h"

#include <fmt/format.h>

#include <algorithm>

#include "regulation/document_json.h"

namespace runut::simulation {
namespace {

Result<const PackFile*> file_named(std::span<const PackFile> files, std::string_view name) {
  for (const PackFile& file : files)
    if (file.name == name) return &file;
  return fail(Error{ErrorCode::not_found, "pack.file", "file", std::string(name),
                    fmt::format("the pack has no file {}", name)});
}

tl::unexpected<Error> first_of(std::vector<Error> errors, const std::string& file) {
  Error error = std::move(errors.front());
  error.message = fmt::format("{}: {}", file, error.message);
  return fail(std::move(error));
}

}  // namespace

const SettingDocument& Setting::document_on(Date day) const {
  const SettingDocument* held = &documents.front();
  for (const SettingDocument& document : documents)
    if (document.effective_from() <= day) held = &document;
  return *held;
}

Period Setting::evaluated_period(Month month) const {
  const std::int32_t months = document_on(last_day(month)).document.ranking.period_months;
  return {month - month.index % months, months};
}

const SettingDocument* Setting::first_ranking() const {
  for (const SettingDocument& document : documents)
    if (document.document.ranking.enabled) return &document;
  return nullptr;
}

Result<Setting> read_setting(std::span<const PackFile> files) {
  RUNUT_ASSIGN(const PackFile* index, file_named(files, "pack.json"));
  auto pack = read_pack(index->text);
  if (!pack) return first_of(std::move(pack).error(), index->name);
  Setting setting{std::move(*pack), {}};
  for (const PackDocument& named : setting.pack.documents) {
    RUNUT_ASSIGN(const PackFile* file, file_named(files, named.file));
    auto document = read_document(file->text);
    if (!document) return first_of(std::move(document).error(), file->name);
    setting.documents.push_back({std::move(*document), file->text, named.amends});
  }
  if (setting.documents.empty())
    return fail(Error{
        ErrorCode::invalid_input, "pack.documents", "documents", {}, "the pack names no document"});
  std::stable_sort(
      setting.documents.begin(), setting.documents.end(),
      [](const auto& a, const auto& b) { return a.effective_from() < b.effective_from(); });
  return setting;
}

}  // namespace runut::simulation
