#include <fmt/format.h>

#include "base/sha256.h"
#include "codec/envelope_codec.h"
#include "codec/event_json.h"
#include "tools/verify/checks.h"

namespace runut::verify {
namespace {

std::string described_actor(const Actor& actor) {
  std::string out =
      fmt::format("{}, {}, {}", actor_id(actor), to_string(actor.role), to_string(actor.assurance));
  if (!actor.method.empty()) out += " by " + actor.method;
  return out;
}

void add_line(std::string& out, std::string_view name, std::string_view value) {
  // Texts of an event may hold anything that is UTF-8: a terminal is told no control characters.
  std::string shown(value);
  for (char& c : shown)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  out += fmt::format("  {:<13}{}\n", name, shown);
}

}  // namespace

Result<std::string> event_lines(BytesView stored) {
  RUNUT_ASSIGN(const Event event, decode_event(stored));
  std::string out;
  if (event.origin == Origin::simulation) add_line(out, "SIMULASI", "no real event");
  add_line(out, "sequence", std::to_string(event.sequence.value));
  add_line(out, "type", to_string(event.type()));
  add_line(out, "subject",
           fmt::format("{}, its event {}", to_string(event.subject), event.subject_version));
  add_line(out, "occurred on", to_string(event.occurred_on));
  add_line(out, "acted at", to_string(event.acted_at));
  add_line(out, "recorded at", to_string(event.recorded_at));
  add_line(out, "origin", to_string(event.origin));
  add_line(out, "actor", described_actor(event.actor));
  add_line(out, "command",
           fmt::format("{}, event {} of {}", to_string(event.command), event.commit_index + 1,
                       event.commit_count));
  if (event.supersedes) add_line(out, "supersedes", std::to_string(event.supersedes->value));
  if (!event.reason.empty()) add_line(out, "reason", event.reason);
  add_line(out, "payload", payload_json(event.payload));
  if (!event.sealed.empty())
    add_line(out, "sealed", fmt::format("{} bytes, not opened", event.sealed.size()));
  add_line(out, "leaf", to_hex(leaf_hash(stored).view()));
  return out;
}

Result<std::string> show_event(std::string_view stored) {
  if (!stored.starts_with("c2sp.org/tlog-proof@")) return event_lines(stored);
  RUNUT_ASSIGN(const Receipt receipt, parse_receipt(stored));
  RUNUT_ASSIGN(std::string lines, event_lines(receipt.event));
  return lines + "  not verified: runut-verify receipt does that\n";
}

}  // namespace runut::verify
