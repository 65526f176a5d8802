#include "tests/codec/event_text.h"

#include "codec/event_json.h"
#include "codec/json_writer.h"

namespace runut::codec_test {

std::string event_text(const Event& event) {
  std::string out;
  const auto line = [&](std::string_view name, const auto& value) {
    out += out.empty() ? "{\n  " : ",\n  ";
    codec::append_json_string(out, name);
    out += ": ";
    codec::append_json(out, value);
  };
  const auto maybe = [&](std::string_view name, const auto& value) {
    if (value) line(name, *value);
  };
  line("type", event.type());
  line("payload_version", std::uint32_t{event.payload_version});
  line("sequence", event.sequence);
  line("agency", event.agency);
  line("previous", event.previous);
  line("commit_index", event.commit_index);
  line("commit_count", event.commit_count);
  line("occurred_on", event.occurred_on);
  line("acted_at", event.acted_at);
  line("recorded_at", event.recorded_at);
  line("origin", event.origin);
  line("subject", to_string(event.subject));
  line("subject_version", event.subject_version);
  line("command", event.command);
  line("command_mac", event.command_mac);
  line("actor_kind", event.actor.kind);
  line("actor", event.actor.id);
  line("role", event.actor.role);
  line("assurance", event.actor.assurance);
  line("method", event.actor.method);
  line("issuer", event.actor.issuer);
  maybe("credential", event.actor.credential);
  maybe("on_behalf_of", event.actor.on_behalf_of);
  maybe("supersedes", event.supersedes);
  maybe("causation", event.causation);
  maybe("regulation", event.regulation);
  maybe("correlation", event.correlation);
  line("reason", event.reason);
  line("evidence", event.evidence);
  line("sealed", to_hex(event.sealed));
  out += ",\n  \"payload\": " + payload_json(event.payload) + "\n}\n";
  return out;
}

std::string type_name(const ::testing::TestParamInfo<EventType>& info) {
  return std::string(to_string(info.param));
}

}  // namespace runut::codec_test
