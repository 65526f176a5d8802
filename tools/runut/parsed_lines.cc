#include "tools/runut/parsed_lines.h"

#include <pthread.h>
#include <sys/eventfd.h>

#include "codec/command_json.h"
#include "tools/runut/refusals.h"
#include "write/command_digest.h"

namespace runut::cli {
namespace {

constexpr std::size_t batch_lines = 512;
constexpr std::size_t batch_bytes = 1 << 20;
constexpr std::size_t batches_ahead = 4;

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

Error line_too_long() {
  return Error{ErrorCode::exhausted,
               "line.size",
               {},
               {},
               "a line has at most " + std::to_string(command_bytes_max) + " bytes"};
}

}  // namespace

Result<std::unique_ptr<ParsedLines>> ParsedLines::open(const std::string& path) {
  RUNUT_ASSIGN(LineReader reader, LineReader::open(path, command_bytes_max));
  seal_io::Descriptor wake(::eventfd(0, EFD_CLOEXEC));
  if (wake.get() < 0) return fail(ErrorCode::exhausted, "no event descriptor is left");
  return std::unique_ptr<ParsedLines>(new ParsedLines(std::move(reader), std::move(wake)));
}

ParsedLines::ParsedLines(LineReader reader, seal_io::Descriptor wake)
    : reader_(std::move(reader)), wake_(std::move(wake)), ahead_(batches_ahead) {
  reader_.end_when_readable(wake_.get());
  thread_ = std::thread([this] { read(); });
}

ParsedLines::~ParsedLines() {
  ahead_.close();
  (void)::eventfd_write(wake_.get(), 1);
  thread_.join();
}

void ParsedLines::read() {
  pthread_setname_np(pthread_self(), "runut-parse");
  for (bool more = true; more;) {
    Batch batch;
    more = fill(batch);
    if (!ahead_.push(std::move(batch))) return;
  }
  ahead_.close();
}

// False at the end.
bool ParsedLines::fill(Batch& batch) {
  InputLine line;
  batch.lines.reserve(batch_lines);
  for (std::size_t bytes = 0; batch.lines.size() < batch_lines && bytes < batch_bytes;) {
    if (!batch.lines.empty() && reader_.would_wait()) {
      batch.then_waits = true;
      return true;
    }
    const Result<bool> more = reader_.next(line);
    if (!more) batch.failure = more.error();
    if (!more || !*more) return false;
    batch.lines.push_back(parse(line));
    bytes += line.text.size();
  }
  batch.then_waits = reader_.would_wait();
  return true;
}

ParsedLine ParsedLines::parse(const InputLine& line) const {
  ParsedLine parsed{.number = line.number,
                    .bytes = line.text.size(),
                    .is_blank = !line.oversized && is_blank(line.text),
                    .visible_id = {},
                    .command = Command{},
                    .digest = {}};
  if (parsed.is_blank) return parsed;
  if (line.oversized)
    parsed.command = fail(line_too_long());
  else
    parsed.command = parse_command(line.text);
  if (!parsed.command)
    parsed.visible_id = visible_command_id(line.text);
  else if (const KeyStore* keys = keys_)
    parsed.digest = command_digest(*keys, *parsed.command);
  return parsed;
}

Result<ParsedLine*> ParsedLines::next() {
  while (at_ == batch_.lines.size()) {
    if (batch_.failure) return fail(*batch_.failure);
    std::optional<Batch> following = ahead_.pop();
    if (!following) return nullptr;
    batch_ = std::move(*following);
    at_ = 0;
  }
  return &batch_.lines[at_++];
}

}  // namespace runut::cli
