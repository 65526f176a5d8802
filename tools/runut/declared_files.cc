#include "tools/runut/declared_files.h"

#include <sys/stat.h>

#include <cstdio>

#include "base/sha256.h"
#include "ledger/loaded_facts.h"

namespace runut::cli {
namespace {

constexpr Millis index_wait{600'000};

Error refused(std::string value, std::string message) {
  return Error{ErrorCode::rejected, "import.file", "import", std::move(value), std::move(message)};
}

// Of what may be read twice.
bool is_file(const std::string& path) {
  struct stat about {};
  return path != "-" && ::stat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode);
}

Result<Hash256> hash_of(const std::string& path) {
  const auto unreadable = [&] {
    return fail(ErrorCode::unavailable, "the file cannot be read: " + path);
  };
  std::FILE* const file = std::fopen(path.c_str(), "re");
  if (file == nullptr) return unreadable();
  Sha256Stream hash;
  std::string part(std::size_t{1} << 16, '\0');
  for (std::size_t got = part.size(); got == part.size();) {
    got = std::fread(part.data(), 1, part.size(), file);
    hash.add(BytesView(part.data(), got));
  }
  const bool failed = std::ferror(file) != 0;
  (void)std::fclose(file);
  if (failed) return unreadable();
  return hash.finish();
}

}  // namespace

std::optional<Error> refusal_of_file(const Hash256& file, const Hash256& declared) {
  if (file == declared) return std::nullopt;
  return refused(to_hex(file.view()),
                 "this file is not the declared one, whose SHA-256 is " + to_hex(declared.view()));
}

Status DeclaredFiles::look_up(Instance& instance) {
  const Sequence head = instance.log().head().sequence;
  if (head == looked_up_) return {};
  if (instance.projector() != nullptr) RUNUT_TRY(instance.projector()->wait_for(head, index_wait));
  RUNUT_ASSIGN(const std::shared_ptr<AgencyFacts> agency, load_agency(instance.history(), head));
  for (const auto& [number, fact] : agency->imports.declared)
    declared_.emplace(number, fact.declared.file);
  looked_up_ = head;
  return {};
}

Result<std::optional<Error>> DeclaredFiles::refusal_of(std::uint32_t number,
                                                       const std::string& path,
                                                       Instance& instance) {
  if (!knows(number)) RUNUT_TRY(look_up(instance));
  const auto declared = declared_.find(number);
  if (declared == declared_.end()) return std::optional<Error>{};
  if (!is_file(path))
    return std::optional<Error>(
        refused(path, "commands of a declared import come from its file, not from a pipe"));
  auto file = files_.find(path);
  if (file == files_.end()) {
    RUNUT_ASSIGN(const Hash256 hash, hash_of(path));
    file = files_.emplace(path, hash).first;
  }
  return refusal_of_file(file->second, declared->second);
}

}  // namespace runut::cli
