#include "regulation/lint.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "regulation/document_json.h"
#include "regulation/pack.h"
#include "regulation/timeline.h"

namespace runut {
namespace {

constexpr std::string_view pack_file = "pack.json";

void add_all(const std::string& file, std::vector<Error> errors, std::vector<LintFinding>& out) {
  for (Error& error : errors) out.push_back({file, std::move(error)});
}

void add_one(const std::string& file, std::string rule, std::string field, std::string value,
             std::string message, std::vector<LintFinding>& out) {
  out.push_back({file, Error{ErrorCode::rejected, std::move(rule), std::move(field),
                             std::move(value), std::move(message)}});
}

const NamedText* find_file(std::span<const NamedText> files, std::string_view name) {
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const NamedText& file) { return file.name == name; });
  return found == files.end() ? nullptr : &*found;
}

std::optional<Document> lint_listed(std::span<const NamedText> files, const PackDocument& listed,
                                    const std::string& place, std::vector<LintFinding>& out) {
  const NamedText* file = find_file(files, listed.file);
  if (file == nullptr) {
    add_one(std::string(pack_file), "pack.file_missing", place + "/file", listed.file,
            "there is no such file beside pack.json", out);
    return std::nullopt;
  }
  DocumentResult document = read_document(file->text);
  if (!document) {
    add_all(file->name, std::move(document).error(), out);
    return std::nullopt;
  }
  if (document->header.id != listed.id)
    add_one(file->name, "pack.document_id", "/regulation/id", document->header.id,
            "pack.json calls this document " + listed.id, out);
  return std::move(*document);
}

}  // namespace

std::vector<LintFinding> lint_document(const NamedText& document) {
  std::vector<LintFinding> out;
  if (DocumentResult read = read_document(document.text); !read)
    add_all(document.name, std::move(read).error(), out);
  return out;
}

std::vector<LintFinding> lint_pack(std::span<const NamedText> files) {
  std::vector<LintFinding> out;
  const NamedText* index = find_file(files, pack_file);
  if (index == nullptr) {
    add_one(std::string(pack_file), "pack.missing", "", "", "a pack has a pack.json", out);
    return out;
  }
  auto pack = read_pack(index->text);
  if (!pack) {
    add_all(index->name, std::move(pack).error(), out);
    return out;
  }
  Timeline timeline;
  std::uint64_t sequence = 0;
  bool all_read = true;
  for (std::size_t i = 0; i < pack->documents.size(); ++i) {
    const PackDocument& listed = pack->documents[i];
    std::optional<Document> document =
        lint_listed(files, listed, "/documents/" + std::to_string(i), out);
    all_read = all_read && document.has_value();
    if (!all_read) continue;
    auto laid = std::make_shared<const Document>(*std::move(document));
    ++sequence;
    const Status status = listed.amends
                              ? timeline.amend(*listed.amends, std::move(laid), Sequence{sequence})
                              : timeline.enact(std::move(laid), Sequence{sequence});
    if (!status) out.push_back({listed.file, status.error()});
  }
  for (const NamedText& file : files) {
    const bool listed =
        std::any_of(pack->documents.begin(), pack->documents.end(),
                    [&](const PackDocument& document) { return document.file == file.name; });
    if (!listed && file.name != pack_file)
      add_one(file.name, "pack.file_unlisted", "", file.name,
              "pack.json does not name this document", out);
  }
  return out;
}

}  // namespace runut
