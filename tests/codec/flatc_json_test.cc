// A stranger with nothing but the public schemas reads the ledger: flatc turns our bytes into JSON,
// which is compared with the fields.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <map>

#include "codec/envelope_codec.h"
#include "codec/payload_codec.h"
#include "tests/codec/event_text.h"
#include "tests/codec/generator.h"
#include "tests/codec/process.h"
#include "tests/codec/schema.h"

namespace runut::codec_test {
namespace {

namespace json = boost::json;

constexpr std::uint64_t samples = 6;  // of each type

// --- what flatc should say: stored values, nothing for what is absent, zero or empty
// ---------------

template <class T>
json::value stored_json(const T& field);

template <class T>
bool is_written(const T& field) {
  if constexpr (codec::is_optional<T>)
    return field.has_value();
  else if constexpr (codec::is_sequence<T>)
    return !field.empty();
  else if constexpr (codec::IsScalar<T>)
    return codec::Scalar<T>::to_stored(field) != 0;
  else
    return true;
}

json::value byte_list(BytesView bytes) {
  json::array out;
  for (const char c : bytes) out.push_back(static_cast<unsigned char>(c));
  return out;
}

template <class T>
json::value stored_json(const T& field) {
  if constexpr (codec::is_optional<T>) {
    return stored_json(*field);
  } else if constexpr (std::is_same_v<T, std::string>) {
    return json::value(field);
  } else if constexpr (codec::is_vector<T>) {
    json::array out;
    for (const auto& element : field) out.push_back(stored_json(element));
    return out;
  } else if constexpr (codec::IsFixed<T>) {
    return json::object{{"bytes", byte_list(field.view())}};
  } else if constexpr (Record<T>) {
    json::object out;
    T::visit(field, [&](std::string_view name, const auto& member) {
      if (is_written(member)) out[name] = stored_json(member);
    });
    return out;
  } else if constexpr (NamedEnum<T>) {
    return json::value(to_string(field));
  } else if constexpr (std::is_same_v<T, bool>) {
    return json::value(field);
  } else {
    return json::value(codec::Scalar<T>::to_stored(field));
  }
}

json::value expected(const Payload& payload) {
  return std::visit(
      []<class P>(const P& record) -> json::value {
        if constexpr (Record<P>)
          return stored_json(record);
        else
          return nullptr;
      },
      payload);
}

// --- what it does say
// -------------------------------------------------------------------------------

// Which file of schemas/events has the table.
std::map<std::string, std::string> files_of_tables() {
  std::map<std::string, std::string> files;
  const std::string events = RUNUT_SOURCE_DIR "/schemas/events";
  for (const auto& entry : std::filesystem::directory_iterator(events)) {
    const std::string text = read_text_file(entry.path());
    for (std::size_t at = text.find("\ntable "); at != std::string::npos;
         at = text.find("\ntable ", at + 1)) {
      const std::size_t name = at + 7;
      files[text.substr(name, text.find(' ', name) - name)] = entry.path();
    }
  }
  return files;
}

// `options` say which schema and root. One result a file.
std::vector<json::value> flatc_json(const std::string& options, const std::vector<Bytes>& buffers) {
  TemporaryDirectory directory;
  std::string command = std::string(RUNUT_FLATC) + " --json --strict-json --natural-utf8 -o '" +
                        directory.path() + "' " + options + " --";
  for (std::size_t i = 0; i < buffers.size(); ++i) {
    const std::string path = fmt::format("{}/{}.bin", directory.path(), i);
    write_file(path, buffers[i]);
    command += " '" + path + "'";
  }
  const Outcome outcome = run(command);
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  std::vector<json::value> out;
  for (std::size_t i = 0; i < buffers.size(); ++i) {
    json::error_code error;
    out.push_back(
        json::parse(read_text_file(fmt::format("{}/{}.json", directory.path(), i)), error));
    EXPECT_FALSE(error) << error.message();
  }
  return out;
}

class FlatcReads : public ::testing::TestWithParam<EventType> {};

TEST_P(FlatcReads, every_payload_as_it_was_written) {
  const std::string type(to_string(GetParam()));
  std::vector<Payload> payloads;
  std::vector<Bytes> buffers;
  for (std::uint64_t seed = 0; seed < samples; ++seed) {
    const auto optionals = seed == 0   ? Optionals::all
                           : seed == 1 ? Optionals::none
                                       : Optionals::mixed;
    payloads.push_back(Generator(seed, optionals).payload(GetParam()));
    buffers.emplace_back(encode_payload(payloads.back()).value());
  }
  const auto read = flatc_json(
      "--raw-binary --root-type runut.format." + type + " '" + files_of_tables().at(type) + "'",
      buffers);
  for (std::size_t i = 0; i < samples; ++i)
    EXPECT_EQ(read[i], expected(payloads[i])) << "sample " << i;
}

INSTANTIATE_TEST_SUITE_P(Released, FlatcReads, ::testing::ValuesIn(released_types()), type_name);

TEST(FlatcReadsAnEnvelope, with_everything_and_with_nothing_optional) {
  for (const auto optionals : {Optionals::all, Optionals::none}) {
    const Event event = Generator(1, optionals).event(EventType::DailyReportSubmitted);
    const auto fixed = [](const auto& value) {
      return json::object{{"bytes", byte_list(value.view())}};
    };
    json::object out{{"header",
                      {{"sequence", event.sequence.value},
                       {"agency", event.agency},
                       {"previous", fixed(event.previous)},
                       {"command", fixed(event.command)},
                       {"command_mac", fixed(event.command_mac)},
                       {"acted_at", event.acted_at.micros},
                       {"recorded_at", event.recorded_at.micros},
                       {"subject", event.subject.id},
                       {"actor", event.actor.id},
                       {"subject_version", event.subject_version},
                       {"occurred_on", event.occurred_on.days},
                       {"commit_index", event.commit_index},
                       {"commit_count", event.commit_count},
                       {"type", static_cast<unsigned>(event.type())},
                       {"payload_version", event.payload_version},
                       {"origin", to_string(event.origin)},
                       {"subject_kind", to_string(event.subject.kind)},
                       {"actor_kind", to_string(event.actor.kind)},
                       {"role", to_string(event.actor.role)},
                       {"assurance", to_string(event.actor.assurance)}}},
                     {"payload", byte_list(encode_payload(event.payload).value())}};
    if (optionals == Optionals::all) {
      out["sealed"] = byte_list(event.sealed);
      out["regulation"] = event.regulation.value().value;
      out["supersedes"] = event.supersedes.value().value;
      out["causation"] = event.causation.value().value;
      out["on_behalf_of"] = event.actor.on_behalf_of.value().value;
      out["method"] = event.actor.method;
      out["reason"] = event.reason;
      out["issuer"] = event.actor.issuer;
      out["correlation"] = fixed(event.correlation.value());
      out["credential"] = fixed(event.actor.credential.value());
      json::array evidence;
      for (const Hash256& digest : event.evidence) evidence.push_back(fixed(digest));
      out["evidence"] = std::move(evidence);
    } else if (!event.actor.method.empty() || !event.actor.issuer.empty() ||
               !event.reason.empty()) {
      for (const auto& [name, text] :
           {std::pair("method", event.actor.method), std::pair("issuer", event.actor.issuer),
            std::pair("reason", event.reason)})
        if (!text.empty()) out[name] = text;
    }
    // No --raw-binary: flatc checks the file identifier.
    const auto read = flatc_json(std::string("'") + RUNUT_SOURCE_DIR + "/schemas/envelope.fbs'",
                                 {encode_event(event).value()});
    EXPECT_EQ(read.at(0), json::value(out));
  }
}

}  // namespace
}  // namespace runut::codec_test
