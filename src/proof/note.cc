#include "proof/note.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/sha256.h"

namespace runut {
namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";  // em dash, space
constexpr char ed25519_type = 0x01;

// Unicode White_Space in UTF-8, apart from ASCII.
constexpr std::string_view blanks[] = {
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
    "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
    "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
    "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20;
}

Bytes key_material(const Ed25519PublicKey& key) {
  Bytes material(1, ed25519_type);
  material.append(key.view());
  return material;
}

tl::unexpected<Error> bad_line(std::size_t line, std::string_view message) {
  return fail(
      Error{ErrorCode::invalid_input, {}, "line", std::to_string(line), std::string(message)});
}

std::size_t lines_in(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// "— NAME BASE64" without its newline.
Result<NoteSignature> parse_signature(std::string_view line, std::size_t number) {
  if (!line.starts_with(dash)) return bad_line(number, "a signature line begins with '— '");
  line.remove_prefix(dash.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos)
    return bad_line(number, "a signature line has a key name and a signature");
  NoteSignature signature;
  signature.name = std::string(line.substr(0, space));
  if (!is_key_name(signature.name)) return bad_line(number, "not a key name");
  const auto raw = from_base64(line.substr(space + 1));
  if (!raw || raw->size() < 5)
    return bad_line(number, "a signature is base64 of a 4-byte key id and at least one byte");
  signature.key_id = read_u32(*raw);
  signature.signature = raw->substr(4);
  return signature;
}

}  // namespace

bool is_key_name(std::string_view name) {
  if (name.empty() || !is_utf8(name)) return false;
  if (std::any_of(name.begin(), name.end(),
                  [](char c) { return is_control(c) || c == ' ' || c == '+'; }))
    return false;
  return std::none_of(std::begin(blanks), std::end(blanks), [name](std::string_view blank) {
    return name.find(blank) != std::string_view::npos;
  });
}

std::uint32_t VerifierKey::id() const {
  return read_u32(sha256({name, "\n", key_material(public_key)}).view());
}

std::string to_string(const VerifierKey& key) {
  return fmt::format("{}+{:08x}+{}", key.name, key.id(), to_base64(key_material(key.public_key)));
}

Result<VerifierKey> parse_verifier_key(std::string_view text) {
  const auto wrong = [text](std::string_view message) {
    return fail(Error{ErrorCode::invalid_input,
                      {},
                      "verifier key",
                      std::string(text.substr(0, 200)),
                      std::string(message)});
  };
  const std::size_t first = text.find('+');  // base64 may contain more of them
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return wrong("a verifier key is NAME+ID+BASE64");
  VerifierKey key;
  key.name = std::string(text.substr(0, first));
  if (!is_key_name(key.name)) return wrong("not a key name");
  const auto material = from_base64(text.substr(second + 1));
  if (!material || material->empty()) return wrong("the key is not base64");
  if ((*material)[0] != ed25519_type)
    return fail(Error{ErrorCode::unsupported,
                      {},
                      "verifier key",
                      std::string(text.substr(0, 200)),
                      "only Ed25519 keys (type 1) are known here"});
  if (material->size() != 1 + Ed25519PublicKey::size) return wrong("an Ed25519 key has 32 bytes");
  key.public_key = Ed25519PublicKey::from(BytesView(*material).substr(1));
  if (text.substr(first + 1, second - first - 1) != fmt::format("{:08x}", key.id()))
    return wrong("the key id is not that of this name and key");
  return key;
}

Result<SignedNote> parse_note(std::string_view bytes) {
  if (bytes.size() > note_max_bytes)
    return fail(Error{ErrorCode::exhausted,
                      {},
                      "note",
                      fmt::format("{} bytes", bytes.size()),
                      "a note has at most 1 MiB"});
  if (!is_utf8(bytes)) return fail(ErrorCode::invalid_input, "a note is UTF-8");
  const auto control =
      std::find_if(bytes.begin(), bytes.end(), [](char c) { return is_control(c) && c != '\n'; });
  if (control != bytes.end()) {
    const auto at = static_cast<std::size_t>(control - bytes.begin());
    return bad_line(lines_in(bytes.substr(0, at)) + 1, "a control character in a note");
  }
  const std::size_t blank = bytes.rfind("\n\n");
  if (blank == std::string_view::npos)
    return fail(ErrorCode::invalid_input, "a note has a blank line before its signatures");
  SignedNote note;
  note.text = std::string(bytes.substr(0, blank + 1));
  std::string_view rest = bytes.substr(blank + 2);
  std::size_t number = lines_in(note.text) + 2;
  if (rest.empty()) return bad_line(number, "a note has at least one signature");
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return bad_line(number, "the last line has no newline");
    if (note.signatures.size() == note_max_signatures)
      return bad_line(number, "a note has at most 100 signatures");
    RUNUT_ASSIGN(NoteSignature signature, parse_signature(rest.substr(0, end), number));
    note.signatures.push_back(std::move(signature));
    rest.remove_prefix(end + 1);
    ++number;
  }
  return note;
}

std::string to_string(const SignedNote& note) {
  std::string text = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) {
    Bytes raw;
    append_u32(raw, signature.key_id);
    raw.append(signature.signature);
    text.append(dash).append(signature.name).append(" ").append(to_base64(raw)).append("\n");
  }
  return text;
}

Status sign_note(SignedNote& note, Signer& signer) {
  RUNUT_CHECK(note.text.ends_with('\n'), "a note's text ends in a newline");
  RUNUT_ASSIGN(const Ed25519Signature signature, signer.sign(note.text));
  const VerifierKey key{signer.name(), signer.public_key()};
  note.signatures.push_back({key.name, key.id(), Bytes(signature.view())});
  return {};
}

Status verify_note(const SignedNote& note, std::span<const VerifierKey> trusted) {
  bool verified = false;
  for (const NoteSignature& signature : note.signatures) {
    const auto key = std::find_if(trusted.begin(), trusted.end(), [&](const VerifierKey& known) {
      return known.name == signature.name && known.id() == signature.key_id;
    });
    if (key == trusted.end()) continue;
    if (signature.signature.size() != Ed25519Signature::size ||
        !ed25519_verify(key->public_key, note.text, Ed25519Signature::from(signature.signature)))
      return fail(Error{ErrorCode::corrupt, "note.signature", "key", to_string(*key),
                        "the signature is not over this text"});
    verified = true;
  }
  if (verified) return {};
  return fail(
      Error{ErrorCode::unauthorised, "note.signature", {}, {}, "no trusted key signed this note"});
}

}  // namespace runut
