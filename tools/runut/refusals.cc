#include "tools/runut/refusals.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/bytes.h"
#include "codec/json_writer.h"
#include "tools/runut/table.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

constexpr std::size_t value_bytes_max = 200;
constexpr const char* columns[] = {"file", "line",  "command", "code",
                                   "rule", "field", "value",   "message"};

}  // namespace

std::string visible_command_id(std::string_view line) {
  constexpr std::string_view marker = "\"id\"";
  for (std::size_t at = line.find(marker); at != std::string_view::npos;
       at = line.find(marker, at + 1)) {
    std::size_t begin = at + marker.size();
    while (begin < line.size() && (line[begin] == ' ' || line[begin] == ':')) ++begin;
    if (begin < line.size() && line[begin] == '"' && line.size() - begin >= 37)
      if (const auto id = parse_uuid(line.substr(begin + 1, 36))) return to_string(*id);
  }
  return {};
}

Result<std::unique_ptr<RefusalReport>> RefusalReport::open(const std::string& path,
                                                           std::uint64_t stderr_max) {
  std::unique_ptr<RefusalReport> report(new RefusalReport());
  report->path_ = path;
  report->stderr_max_ = stderr_max;
  if (path.empty()) return report;
  report->file_.reset(std::fopen(path.c_str(), "we"));
  if (!report->file_)
    return fail(Error{ErrorCode::invalid_input,
                      {},
                      "errors",
                      path,
                      std::string("the report cannot be written: ") + std::strerror(errno)});
  report->json_ = path.ends_with(".json") || path.ends_with(".ndjson");
  if (!report->json_) {
    std::string heading;
    for (const char* column : columns)
      heading += (heading.empty() ? "" : "\t") + std::string(column);
    std::fputs((heading + "\n").c_str(), report->file_.get());
  }
  return report;
}

void RefusalReport::add(const Refusal& refusal) {
  ++count_;
  const Error& error = refusal.error;
  if (!file_) {
    if (count_ > stderr_max_) {
      if (count_ == stderr_max_ + 1)
        std::fputs("further refused lines are counted only; --errors FILE lists all\n", stderr);
      return;
    }
    std::fprintf(stderr, "%s:%llu: %s%s\n", printable(refusal.file).c_str(),
                 static_cast<unsigned long long>(refusal.line),
                 printable(error.describe(), 1'000).c_str(),
                 refusal.command.empty() ? "" : (" (command " + refusal.command + ")").c_str());
    return;
  }
  const std::string cells[] = {refusal.file,
                               std::to_string(refusal.line),
                               refusal.command,
                               std::string(to_string(error.code)),
                               error.rule,
                               error.field,
                               printable(error.value, value_bytes_max),
                               printable(error.message, 2'000)};
  std::string line = json_ ? "{" : "";
  for (std::size_t i = 0; i < std::size(cells); ++i) {
    if (i > 0) line += json_ ? "," : "\t";
    if (!json_) {
      line += tsv_field(cells[i]);
      continue;
    }
    codec::append_json_string(line, columns[i]);
    line += ':';
    if (i == 1)
      line += cells[i];
    else
      codec::append_json_string(line, cells[i]);
  }
  std::fputs((line + (json_ ? "}\n" : "\n")).c_str(), file_.get());
}

Status RefusalReport::finish() {
  if (!file_) return {};
  const bool written = std::fflush(file_.get()) == 0 && std::ferror(file_.get()) == 0;
  file_.reset();
  if (written) return {};
  return fail(
      Error{ErrorCode::unavailable, {}, "errors", path_, "the report could not be written whole"});
}

}  // namespace runut::cli
