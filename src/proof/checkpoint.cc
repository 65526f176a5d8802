#include "proof/checkpoint.h"

#include <algorithm>

#include "proof/lines.h"

namespace runut {
namespace {

bool is_line(std::string_view text) {
  return !text.empty() && is_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20;
  });
}

}  // namespace

std::string checkpoint_text(const Checkpoint& checkpoint) {
  RUNUT_CHECK(is_line(checkpoint.origin), "an origin is one line");
  std::string text = checkpoint.origin + "\n" + std::to_string(checkpoint.tree.size) + "\n" +
                     to_base64(checkpoint.tree.root.view()) + "\n";
  for (const std::string& extension : checkpoint.extensions) {
    RUNUT_CHECK(is_line(extension), "an extension is one line");
    text += extension + "\n";
  }
  return text;
}

Result<Checkpoint> parse_checkpoint_text(std::string_view text) {
  LineReader lines(text);
  Checkpoint checkpoint;
  RUNUT_ASSIGN(const std::string_view origin, lines.next("the origin"));
  RUNUT_ASSIGN(const std::string_view size, lines.next("the tree size"));
  const auto leaves = parse_decimal(size);
  if (!leaves) return lines.wrong("the tree size is a decimal number without leading zeros");
  RUNUT_ASSIGN(const std::string_view root, lines.next("the root hash"));
  const auto hash = parse_hash(root);
  if (!hash) return lines.wrong("the root hash is base64 of 32 bytes");
  checkpoint.origin = std::string(origin);
  checkpoint.tree = {*leaves, *hash};
  while (!lines.at_end()) {
    RUNUT_ASSIGN(const std::string_view extension, lines.next("an extension line"));
    if (!is_line(extension)) return lines.wrong("an extension line is not empty");
    checkpoint.extensions.emplace_back(extension);
  }
  if (!is_line(checkpoint.origin))
    return fail(Error{ErrorCode::invalid_input, {}, "line", "1", "the origin is not empty"});
  return checkpoint;
}

Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, Signer& signer) {
  SignedNote note{checkpoint_text(checkpoint), {}};
  RUNUT_TRY(sign_note(note, signer));
  return to_string(note);
}

Result<Checkpoint> open_checkpoint(std::string_view note, const CheckpointTrust& trust) {
  RUNUT_ASSIGN(const SignedNote parsed, parse_note(note));
  RUNUT_TRY(verify_note(parsed, trust.keys));
  RUNUT_ASSIGN(Checkpoint checkpoint, parse_checkpoint_text(parsed.text));
  if (!trust.origin.empty() && checkpoint.origin != trust.origin)
    return fail(Error{ErrorCode::conflict, "checkpoint.origin", "origin", checkpoint.origin,
                      "this checkpoint is of another log than " + trust.origin});
  return checkpoint;
}

}  // namespace runut
