// Signed notes (C2SP signed-note): a text and signature lines "— NAME BASE64(key id || signature)".
// Only Ed25519 signatures (type 0x01) are made and verified; other lines are carried along.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "proof/signer.h"

namespace runut {

inline constexpr std::size_t note_max_bytes = 1U << 20;
inline constexpr std::size_t note_max_signatures = 100;

// UTF-8, not empty, no Unicode blanks, no control characters, no plus sign.
[[nodiscard]] bool is_key_name(std::string_view name);

// Who is trusted to sign: the name and the key, told apart in a note by name and key id.
struct VerifierKey {
  std::string name;
  Ed25519PublicKey public_key;
  friend bool operator==(const VerifierKey&, const VerifierKey&) = default;

  // The first four bytes of SHA-256(name || 0x0A || 0x01 || public key).
  [[nodiscard]] std::uint32_t id() const;
};

// "NAME+hex key id+base64(0x01 || public key)", as sumdb and witnesses write verifier keys.
[[nodiscard]] std::string to_string(const VerifierKey& key);
// `invalid_input`; `unsupported` for another signature type.
[[nodiscard]] Result<VerifierKey> parse_verifier_key(std::string_view text);

struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  Bytes signature;  // without the key id, at least one byte
  friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};

struct SignedNote {
  std::string text;  // ends in a newline
  std::vector<NoteSignature> signatures;
  friend bool operator==(const SignedNote&, const SignedNote&) = default;
};

// `invalid_input` names the line (from 1). Nothing is trusted yet: see verify_note.
[[nodiscard]] Result<SignedNote> parse_note(std::string_view bytes);
// The note must be one that parse_note accepts.
[[nodiscard]] std::string to_string(const SignedNote& note);

// Adds a signature over the text, which must end in a newline.
[[nodiscard]] Status sign_note(SignedNote& note, Signer& signer);

// At least one signature of a trusted key, and none of a trusted key that is wrong; lines of
// unknown keys are ignored. `unauthorised` when no trusted key signed, `corrupt` for a wrong
// signature.
[[nodiscard]] Status verify_note(const SignedNote& note, std::span<const VerifierKey> trusted);

}  // namespace runut
