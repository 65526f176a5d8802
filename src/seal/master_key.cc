#include "seal/master_key.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "seal/file_io.h"

namespace runut {
namespace {

Result<Key256> from_text(std::string_view text, std::string_view whence) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  Result<Bytes> raw = from_hex(text);
  if (!raw || raw->size() != Key256::size)
    return fail(Error{ErrorCode::invalid_input,
                      {},
                      std::string(whence),
                      {},
                      "a master key is 64 hexadecimal digits"});
  Key256 key(*raw);
  OPENSSL_cleanse(raw->data(), raw->size());
  return key;
}

}  // namespace

MasterKeySource master_key_source(std::string file) {
  const char* const value = std::getenv(master_key_variable);
  return {value == nullptr ? "" : value, std::move(file)};
}

Result<Key256> load_master_key(const MasterKeySource& source) {
  if (!source.environment.empty()) return from_text(source.environment, master_key_variable);
  struct stat status {};
  if (::stat(source.file.c_str(), &status) == 0 && (status.st_mode & 077) != 0)
    return fail(Error{ErrorCode::unavailable,
                      {},
                      "path",
                      source.file,
                      "others may read the master key: chmod 600, or set RUNUT_MASTER_KEY"});
  RUNUT_ASSIGN(Bytes text, seal_io::read_file(source.file));
  Result<Key256> key = from_text(text, source.file);
  OPENSSL_cleanse(text.data(), text.size());
  return key;
}

Result<Key256> load_or_create_master_key(const MasterKeySource& source, Randomness& randomness) {
  if (!source.environment.empty() || seal_io::exists(source.file)) return load_master_key(source);
  const std::filesystem::path path(source.file);
  const std::string directory = path.has_parent_path() ? path.parent_path().native() : ".";
  RUNUT_TRY(seal_io::make_directories(directory));
  Key256 key = Key256::draw(randomness);
  std::string text = to_hex(key.view()) + "\n";
  const Result<bool> created = seal_io::create_file({directory, path.filename().native()}, text);
  OPENSSL_cleanse(text.data(), text.size());
  if (!created) return fail(created.error());
  if (!*created) return load_master_key(source);  // another process founding another agency
  return key;
}

}  // namespace runut
