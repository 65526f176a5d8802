// What one event costs: bytes, and nanoseconds to seal, encode, hash and decode it. The figures of
// schemas/FORMAT.md come from here:
//
//   build/runut_codec_bench --benchmark_repetitions=5 --benchmark_report_aggregates_only=true
#include <benchmark/benchmark.h>

#include "base/sha256.h"
#include "codec/command_json.h"
#include "codec/envelope_codec.h"
#include "codec/event_json.h"
#include "seal/memory_key_store.h"
#include "seal/sealed.h"

namespace runut {
namespace {

constexpr std::size_t text_bytes = 100;

// An employee's own action on an imported ledger: nothing optional but the regulation.
Event bare(Payload payload) {
  SeededRandomness random(7);
  Event event;
  event.agency = agency_tag("kota-kediri");
  event.sequence = Sequence{48'213};
  event.previous = random.draw<Hash256>();
  event.occurred_on = date(2022, 8, 3);
  event.recorded_at = Instant{1'659'513'600'000'000};
  event.acted_at = event.recorded_at;
  event.origin = Origin::simulation;
  event.subject = subject_of(payload);
  event.subject_version = 214;
  event.command = make_uuid_v7(event.recorded_at, random);
  event.command_mac = random.draw<Mac128>();
  event.actor = Actor{.kind = ActorKind::person,
                      .id = 17,
                      .role = Role::employee,
                      .assurance = Assurance::claimed,
                      .method = {},
                      .issuer = {},
                      .credential = {},
                      .on_behalf_of = {}};
  event.regulation = Sequence{2};
  event.payload = std::move(payload);
  return event;
}

// The same through the service: the credential's digest, how it was checked and who issued it.
Event authenticated(Event event) {
  SeededRandomness random(8);
  event.actor.assurance = Assurance::authenticated;
  event.actor.method = "oidc";
  event.actor.issuer = "https://sso.kedirikota.go.id";
  event.actor.credential = random.draw<Hash256>();
  return event;
}

SealContext context_of(const Event& event) {
  return {event.agency, event.command, static_cast<std::uint16_t>(event.type())};
}

Event report() {
  SeededRandomness random(9);
  MemoryKeyStore keys(random);
  Event event = bare(
      DailyReportSubmitted{PersonId{17}, ReportId{202'208'031}, date(2022, 8, 3), Minutes{330}});
  const auto sealed =
      seal_text(keys, PersonId{17}, std::string(text_bytes, 'x'), context_of(event), random);
  RUNUT_CHECK(sealed.has_value(), "a text is sealed");
  event.sealed = serialise(*sealed);
  return event;
}

Event approval() {
  Event event = bare(DailyReportApproved{PersonId{17}, ReportId{202'208'031}, date(2022, 8, 3)});
  event.actor.id = 4;
  event.actor.role = Role::appraiser;
  return event;
}

// A month's payment as Kediri's rule gives it.
Event payment() {
  TppPaymentComputed payment;
  payment.person = PersonId{17};
  payment.run = RunId{UnitId{3}, month(2022, 8), RunKind::regular, 1};
  payment.unit = UnitId{12};
  payment.required = Minutes{6900};
  payment.approved = Minutes{6600};
  payment.productivity = BasisPoints{9565};
  payment.discipline = BasisPoints{9950};
  payment.performance_factor = BasisPoints{9719};
  payment.gross = Rupiah{3'012'345};
  payment.taxable = Rupiah{2'861'728};
  payment.net = Rupiah{2'518'320};
  const auto line = [&](LineKind kind, std::int64_t amount, std::size_t causes) {
    PaymentLine out{.kind = kind,
                    .component = {},
                    .code = {},
                    .amount = Rupiah{amount},
                    .causes = {},
                    .for_month = {}};
    for (std::size_t i = 0; i < causes; ++i) out.causes.emplace_back(40'000 + i);
    payment.lines.push_back(std::move(out));
  };
  line(LineKind::earned, 2'000'000, 1);
  line(LineKind::earned, 1'012'345, 1);
  line(LineKind::adjustment, -150'617, 1);
  line(LineKind::tax, -143'086, 1);
  line(LineKind::deduction, -200'322, 1);
  return bare(std::move(payment));
}

Bytes encoded(const Event& event) {
  auto bytes = encode_event(event);
  RUNUT_CHECK(bytes.has_value(), "an event is encoded");
  return std::move(*bytes);
}

void encode(benchmark::State& state, const Event& event) {
  for (auto _ : state) benchmark::DoNotOptimize(encode_event(event));
  state.counters["bytes"] = static_cast<double>(encoded(event).size());
}
void decode(benchmark::State& state, const Event& event) {
  const Bytes stored = encoded(event);
  for (auto _ : state) benchmark::DoNotOptimize(decode_event(stored));
}
void read_key(benchmark::State& state, const Event& event) {
  const Bytes stored = encoded(event);
  for (auto _ : state) benchmark::DoNotOptimize(read_envelope_key(stored));
}
void hash_leaf(benchmark::State& state, const Event& event) {
  const Bytes stored = encoded(event);
  for (auto _ : state) benchmark::DoNotOptimize(leaf_hash(stored));
}
void write_json(benchmark::State& state, const Event& event) {
  for (auto _ : state) benchmark::DoNotOptimize(payload_json(event.payload));
}

void seal(benchmark::State& state) {
  SeededRandomness random(9);
  MemoryKeyStore keys(random);
  SystemRandomness nonces;
  const SealContext context{1, random.draw<CommandId>(), 500};
  const std::string text(text_bytes, 'x');
  std::uint64_t person = 0;
  for (auto _ : state) {
    // Another person each time, as in a real month: no key schedule is reused.
    person = person % 300 + 1;
    benchmark::DoNotOptimize(serialise(*seal_text(keys, PersonId{person}, text, context, nonces)));
  }
}

Command report_command() {
  SeededRandomness random(9);
  Command command;
  command.id = random.draw<CommandId>();
  command.agency = "kota-kediri";
  command.actor = bare(Payload{}).actor;
  command.acted_at = Instant{1'659'513'600'000'000};
  command.recorded_at = command.acted_at;
  command.text = std::string(text_bytes, 'x');
  command.body = std::get<DailyReportSubmitted>(report().payload);
  return command;
}

void parse_report_command(benchmark::State& state) {
  const std::string line = to_json(report_command());
  for (auto _ : state) benchmark::DoNotOptimize(parse_command(line));
  state.counters["bytes"] = static_cast<double>(line.size());
}
// What a command's digest is taken of.
void write_report_command(benchmark::State& state) {
  const Command command = report_command();
  for (auto _ : state) benchmark::DoNotOptimize(to_json(command));
}
void mac_report_command(benchmark::State& state) {
  const std::string line = to_json(report_command());
  const std::string key(32, 'k');
  for (auto _ : state) benchmark::DoNotOptimize(hmac_sha256(key, line));
}

const int registered = [] {
  const struct {
    const char* name;
    Event event;
  } rows[] = {{"report", report()},
              {"report_authenticated", authenticated(report())},
              {"approval", approval()},
              {"approval_authenticated", authenticated(approval())},
              {"payment", payment()}};
  for (const auto& [name, event] : rows) {
    const std::string of = std::string("/") + name;
    benchmark::RegisterBenchmark(("encode" + of).c_str(), encode, event);
    benchmark::RegisterBenchmark(("decode" + of).c_str(), decode, event);
    benchmark::RegisterBenchmark(("read_key" + of).c_str(), read_key, event);
    benchmark::RegisterBenchmark(("leaf_hash" + of).c_str(), hash_leaf, event);
    benchmark::RegisterBenchmark(("payload_json" + of).c_str(), write_json, event);
  }
  benchmark::RegisterBenchmark("seal/100_bytes_of_text", seal);
  benchmark::RegisterBenchmark("parse_command/report", parse_report_command);
  benchmark::RegisterBenchmark("command_json/report", write_report_command);
  benchmark::RegisterBenchmark("command_mac/report", mac_report_command);
  return 0;
}();

}  // namespace
}  // namespace runut

BENCHMARK_MAIN();
