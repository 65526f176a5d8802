// A founding command tried on a ledger in memory, before anything is made on the disk.
#include "instance/instance.h"
#include "log/memory_event_log.h"
#include "seal/memory_key_store.h"
#include "write/record_header.h"

namespace runut {
namespace {

class NoHistory final : public History {
 public:
  [[nodiscard]] Status each(const Subject&, std::optional<Month>, Sequence,
                            const Visit&) const override {
    return {};
  }
  [[nodiscard]] Result<std::uint32_t> version(const Subject&) const override { return 0U; }
  [[nodiscard]] Result<std::optional<Sequence>> command(const CommandId&) const override {
    return std::nullopt;
  }
};

}  // namespace

Status Instance::try_founding(const Command& command) {
  SystemClock clock;
  SystemRandomness randomness;
  MemoryEventLog log(&read_record_header);
  NoHistory history;
  MemoryKeyStore keys(randomness);
  WriterOptions options;
  options.log_origin = checkpoint_origin(command.agency);
  options.wait_indexed = [](Sequence) { return Status{}; };
  RUNUT_ASSIGN(const auto writer,
               Writer::open(log, history, keys, clock, randomness, std::move(options)));
  RUNUT_TRY(writer->submit(command));
  RUNUT_ASSIGN(const std::vector<Answer> answers, writer->drain_all());
  RUNUT_CHECK(answers.size() == 1, "one command, one answer");
  if (answers.front().rejection) return fail(*answers.front().rejection);
  return {};
}

}  // namespace runut
