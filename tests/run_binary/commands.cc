#include "run_binary/commands.h"

#include <fmt/format.h>

namespace runut::testing {
namespace {

constexpr const char* begin = R"({"agency":"kota-uji","name":"Pemerintah Kota Uji",)"
                              R"("utc_offset_minutes":420,"simulated":true})";

}  // namespace

std::string CommandFile::last_id() const {
  return fmt::format("018f3a00-0000-7000-8000-{:012x}", number_);
}

std::string CommandFile::line(const Ask& ask) {
  ++number_;
  const unsigned second = number_;
  std::string out = fmt::format(
      R"({{"command":"{}","id":"{}","agency":"{}","actor":{{"kind":"{}","id":"{}","role":"{}",)"
      R"("assurance":"{}"}},"recorded_at":"2022-01-03T{:02}:{:02}:{:02}Z")",
      ask.command, last_id(), agency_, ask.actor.starts_with('P') ? "person" : "system", ask.actor,
      ask.role, ask.assurance, 1 + second / 3600, second / 60 % 60, second % 60);
  if (!ask.text.empty()) out += fmt::format(R"(,"text":"{}")", ask.text);
  return out + ",\"data\":" + ask.data + "}\n";
}

CommandFile& CommandFile::town(unsigned people) {
  add({.command = "FoundAgency", .data = begin, .role = "operator"});
  add({.command = "CreateUnit",
       .data = R"({"unit":"U1","code":"u1","name":"Unit 1","paying":true,"from":"2020-01-01"})"});
  for (unsigned id = 1; id <= people; ++id) {
    const std::string who = fmt::format(R"("person":"P{}")", id);
    add({.command = "RegisterPerson",
         .data = "{" + who + "}",
         .text = fmt::format("Pegawai Nomor {}", id)});
    add({.command = "ChangeStatus", .data = "{" + who + R"(,"status":"PNS","from":"2020-01-01"})"});
    add({.command = "StartAssignment",
         .data = fmt::format(
             R"({{{},"assignment":1,"unit":"U1","post":"{}","job_class":7,"echelon":"staff",)"
             R"("kind":"executor","role":"definitive","tpp_eligible":true,"rankable":true,"from":"2020-01-01"}})",
             who, id == 1 ? "Walikota" : "Pengadministrasi Umum")});
  }
  return *this;
}

}  // namespace runut::testing
