// Events one after the other, as a writer would number and stamp them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "domain/event.h"

namespace runut::testing_projections {

inline constexpr int wib = 420;
inline constexpr PersonId siti{17};

struct Given {
  std::optional<Date> recorded =
      std::nullopt;  // local noon of that day; default: as the event before
  std::optional<Sequence> supersedes = std::nullopt;
  std::optional<Sequence> causation = std::nullopt;
  std::optional<Sequence> regulation = std::nullopt;
  std::string sealed = {};
  Origin origin = Origin::simulation;
};

class Events {
 public:
  // Sequence 1 founds an agency in WIB.
  Events() {
    AgencyFounded founded;
    founded.agency = "kota-uji";
    founded.name = "Kota Uji";
    founded.hash_algorithm = "SHA-256";
    founded.tree_algorithm = "RFC6962";
    founded.log_origin = "kota-uji.example";
    founded.utc_offset_minutes = wib;
    founded.simulated = true;
    add(founded);
  }

  // A commit of its own.
  Sequence add(Payload payload, const Given& given = {}) {
    return add_commit({std::move(payload)}, given);
  }
  // The sequence of the first.
  Sequence add_commit(std::vector<Payload> payloads, const Given& given = {}) {
    if (given.recorded)
      now_ = std::max(now_, Instant{start_of(*given.recorded, wib).micros + noon_micros});
    const std::size_t first = events_.size() + 1;
    const CommandId command =
        CommandId::from(sha256("command" + std::to_string(first)).view().substr(0, 16));
    for (std::size_t i = 0; i < payloads.size(); ++i) {
      Event event;
      event.agency = agency_tag("kota-uji");
      event.sequence = Sequence{events_.size() + 1};
      event.commit_index = static_cast<std::uint32_t>(i);
      event.commit_count = static_cast<std::uint32_t>(payloads.size());
      event.occurred_on = local_date(now_, wib);
      event.acted_at = now_;
      event.recorded_at = now_;
      event.origin = given.origin;
      event.payload = std::move(payloads[i]);
      event.subject = subject_of(event.payload);
      event.subject_version = ++versions_[event.subject];
      event.command = command;
      event.command_mac = Mac128::from(sha256(command.view()).view().substr(0, 16));
      event.actor = {ActorKind::system, 1, Role::operator_, Assurance::claimed, "test", {}, {}, {}};
      event.supersedes = given.supersedes;
      event.causation = given.causation;
      event.regulation = given.regulation;
      event.sealed = given.sealed;
      events_.push_back(std::move(event));
    }
    return Sequence{first};
  }

  [[nodiscard]] const std::vector<Event>& all() const { return events_; }
  [[nodiscard]] const Event& at(Sequence sequence) const { return events_[sequence.value - 1]; }
  [[nodiscard]] Decree decree(std::string number = "800/1/2022") const {
    return {std::move(number), local_date(now_, wib), PersonId{1}, "Sekretaris Daerah",
            sha256("d")};
  }

 private:
  static constexpr std::int64_t noon_micros = 12LL * 3600 * 1'000'000;
  Instant now_{start_of(date(2022, 1, 1), wib).micros + noon_micros};
  std::vector<Event> events_;
  std::map<Subject, std::uint32_t> versions_;
};

}  // namespace runut::testing_projections
