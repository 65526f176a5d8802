#include "tools/runut/importer.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "codec/command_json.h"

namespace runut::cli {
namespace {

// Handed to the log in one go, and kept in memory while they become durable.
constexpr std::size_t batch_commands = 512;
constexpr std::size_t waiting_commands_max = 8'192;
constexpr std::size_t waiting_bytes_max = 64 << 20;

// What a file may say of itself: whoever holds a file has proved nothing about the actors in it.
Status check_assurance(const Command& command) {
  if (command.actor.assurance == Assurance::claimed) return {};
  return fail(Error{ErrorCode::rejected, "actor.assurance", "actor.assurance",
                    std::string(to_string(command.actor.assurance)),
                    "a file cannot authenticate anybody: only claimed is accepted from one"});
}

}  // namespace

void Importer::refuse(const ParsedLine& line, std::string id, Error error) {
  ++counts_.refused;
  progress_.clear();
  report_.add({files_.back(), line.number, std::move(id), std::move(error)});
  stopped_ = stopped_ || options_.stop_at_first;
}

Status Importer::read(const std::string& path) {
  RUNUT_ASSIGN(const std::unique_ptr<ParsedLines> lines, ParsedLines::open(path));
  files_.push_back(path == "-" ? "stdin" : path);
  path_ = path;
  while (!stopped_) {
    if (!waiting_.empty() && lines->would_wait()) RUNUT_TRY(drain(true));
    if (stopped_) break;
    if (keys_ != nullptr) lines->digest_with(*keys_);
    RUNUT_ASSIGN(ParsedLine* const line, lines->next());
    if (line == nullptr) break;
    if (line->is_blank) {
      ++counts_.empty;
      continue;
    }
    ++counts_.lines;
    RUNUT_TRY(take(*line));
    progress_.at(counts_.events);
  }
  return drain(true);
}

Status Importer::take(ParsedLine& line) {
  const Result<Command>& command = line.command;
  const auto refused = [&](Error error) -> Status {
    // What stands before it in the file is told before it.
    RUNUT_TRY(drain(true));
    if (!stopped_)
      refuse(line, command ? to_string(command->id) : line.visible_id, std::move(error));
    return {};
  };
  if (!command) return refused(command.error());
  if (const Status claimed = check_assurance(*command); !claimed) return refused(claimed.error());
  if (!instance_) {
    Status opened = open_for(*command);
    if (!opened) {
      const std::string& field = opened.error().field;
      const bool of_line =
          opened.error().rule == "agency.founded" || (!field.empty() && field != "data");
      const ErrorCode code = opened.error().code;
      if (of_line && (code == ErrorCode::rejected || code == ErrorCode::unauthorised ||
                      code == ErrorCode::invalid_input))
        return refused(opened.error());
      return opened;
    }
  }
  if (command->import_number) {
    RUNUT_ASSIGN(std::optional<Error> other, refused_by_declaration(*command->import_number));
    if (other) return refused(std::move(*other));
  }
  return submit(line);
}

// The declaration may be among what is still to be answered.
Result<std::optional<Error>> Importer::refused_by_declaration(std::uint32_t number) {
  if (!declared_.knows(number)) RUNUT_TRY(drain(true));
  return declared_.refusal_of(number, path_, *instance_);
}

// The ledger is the one of --agency, else of the first command that can be read.
Status Importer::open_for(const Command& command) {
  const LedgerOptions& wanted = options_.ledger;
  const std::string agency = wanted.agency.empty() ? command.agency : wanted.agency;
  InstanceOptions options;
  RUNUT_ASSIGN(options.place, place_of(wanted.data, wanted.keys, agency));
  options.log = wanted.log;
  if (!has_ledger(options.place) && wanted.log.empty()) {
    if (!std::holds_alternative<FoundAgency>(command.body))
      return fail(Error{ErrorCode::rejected, "agency.founded", "command",
                        std::string(command_name(command.body)),
                        "there is no ledger in " + options.place.directory() +
                            "; a ledger begins with FoundAgency"});
    if (command.agency != agency)
      return fail(Error{ErrorCode::rejected, "agency.other", "agency", command.agency,
                        "this import is for " + agency});
  }
  if (std::holds_alternative<FoundAgency>(command.body) && !has_ledger(options.place)) {
    RUNUT_TRY(Instance::try_founding(command));
  }
  options.create = std::holds_alternative<FoundAgency>(command.body);
  options.progress = [this](Sequence folded, Sequence until) {
    progress_.at(folded.value, until.value);
  };
  RUNUT_ASSIGN(instance_, Instance::open(std::move(options), Instance::Access::read_write));
  RUNUT_ASSIGN(keys_, instance_->keys());
  return {};
}

Status Importer::submit(ParsedLine& line) {
  RUNUT_TRY(instance_->submit(std::move(*line.command), line.digest));
  waiting_.push_back({files_.size() - 1, line.number, line.bytes});
  waiting_bytes_ += line.bytes;
  // Refused as far as can be known: nothing behind it is to be recorded.
  if (options_.stop_at_first && instance_->refusal_of_last() != nullptr) return drain(true);
  if (waiting_.size() >= waiting_commands_max || waiting_bytes_ >= waiting_bytes_max)
    return drain(true);
  if (++since_drain_ >= batch_commands) return drain(false);
  return {};
}

Status Importer::drain(bool everything) {
  since_drain_ = 0;
  if (!instance_ || waiting_.empty()) return {};
  RUNUT_ASSIGN(const std::vector<Answer> answers,
               everything ? instance_->drain_all() : instance_->drain(Millis{0}));
  return settle(answers);
}

Status Importer::settle(const std::vector<Answer>& answers) {
  std::string durable;
  for (const Answer& answer : answers) {
    RUNUT_CHECK(!waiting_.empty(), "each answer has its command");
    const Waiting waiting = waiting_.front();
    waiting_.pop_front();
    waiting_bytes_ -= waiting.bytes;
    if (answer.rejection) {
      ++counts_.refused;
      progress_.clear();
      report_.add(
          {files_[waiting.file], waiting.line, to_string(answer.command), *answer.rejection});
      stopped_ = stopped_ || options_.stop_at_first;
    } else {
      if (options_.acknowledge_fd >= 0) durable += to_string(answer.command) + "\n";
      ++(answer.repeated ? counts_.repeated : counts_.recorded);
    }
    if (!answer.repeated) counts_.events += answer.count;
  }
  return acknowledge(durable);
}

Status Importer::acknowledge(const std::string& ids) {
  if (options_.acknowledge_fd < 0) return {};
  for (std::size_t done = 0; done < ids.size();) {
    const ssize_t wrote = ::write(options_.acknowledge_fd, ids.data() + done, ids.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0)
      return fail(
          Error{ErrorCode::unavailable,
                {},
                "ack-fd",
                std::to_string(options_.acknowledge_fd),
                std::string("acknowledgements cannot be written: ") + std::strerror(errno)});
    done += static_cast<std::size_t>(wrote);
  }
  return {};
}

Status Importer::finish() {
  if (!instance_) return {};
  RUNUT_TRY(drain(true));
  progress_.clear();
  if (instance_->log().head().sequence > Sequence{}) RUNUT_TRY(instance_->sign_checkpoint());
  return instance_->close();
}

}  // namespace runut::cli
