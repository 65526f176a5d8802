#include "proof/proof_text.h"

#include "proof/lines.h"

namespace runut {
namespace {

constexpr std::size_t proof_max_hashes = 128;
constexpr std::string_view next_receipt = "\n\nc2sp.org/tlog-proof@v1\n";

}  // namespace

std::string proof_text(std::span<const Hash256> proof) {
  std::string text;
  for (const Hash256& hash : proof) text.append(to_base64(hash.view())).append("\n");
  return text;
}

Result<HashPath> parse_proof_text(std::string_view text) {
  LineReader lines(text);
  HashPath proof;
  while (!lines.at_end()) {
    RUNUT_ASSIGN(const std::string_view line, lines.next("a hash of the proof"));
    const auto hash = parse_hash(line);
    if (!hash) return lines.wrong("a proof line is base64 of 32 bytes");
    if (proof.size() == proof_max_hashes) return lines.wrong("a proof has at most 128 hashes");
    proof.push_back(*hash);
  }
  return proof;
}

std::vector<std::string_view> split_receipts(std::string_view text) {
  std::vector<std::string_view> receipts;
  for (;;) {
    const std::size_t end = text.find(next_receipt);
    if (end == std::string_view::npos) break;
    receipts.push_back(text.substr(0, end + 1));
    text.remove_prefix(end + 2);
  }
  // The blank line behind the last.
  if (text.ends_with("\n\n")) text.remove_suffix(1);
  receipts.push_back(text);
  return receipts;
}

}  // namespace runut
