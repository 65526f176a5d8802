// Turns what happens into commands: an id, an actor, the time, then the sink.
#pragma once

#include <map>
#include <string>

#include "simulation/city.h"
#include "simulation/plan.h"
#include "simulation/simulate.h"

namespace runut::simulation {

// Who acts, and for whom by delegation.
struct Acting {
  Acting(Actor who, std::optional<PersonId> for_whom = {})  // NOLINT: an actor acts for themself
      : actor(std::move(who)), on_behalf_of(for_whom) {}
  Actor actor;
  std::optional<PersonId> on_behalf_of;
};

class Emitter {
 public:
  Emitter(std::string agency, std::uint64_t seed, const CommandSink& sink, PlantedBook& book)
      : agency_(std::move(agency)), ids_(seed), sink_(sink), book_(book) {}

  // Never back: recorded_at does not decrease along the file.
  void set_now(Instant now) {
    RUNUT_CHECK(now >= now_, "recorded_at does not decrease");
    now_ = now;
  }
  [[nodiscard]] Instant now() const { return now_; }
  // Several commands of one sitting, a little apart.
  void pass(std::int64_t micros) { now_.micros += micros; }

  // Nothing more is sent once the sink has failed.
  CommandId emit(const Acting& acting, CommandBody body, std::string text = {},
                 std::string reason = {});
  // The same, and notes the id at a planted item.
  void emit_for(ItemIndex item, const Acting& acting, CommandBody body, std::string text = {},
                std::string reason = {}) {
    note(item, emit(acting, std::move(body), std::move(text), std::move(reason)));
  }
  void note(ItemIndex item, CommandId id) { book_.at(item).commands.push_back(id); }
  [[nodiscard]] const Planted& planted() const { return book_.totals(); }
  [[nodiscard]] const Status& status() const { return status_; }
  // Nothing more belongs to these items: they go to their sink, whose error ends all.
  void hand_on(ItemIndex first, ItemIndex end) {
    if (status_) status_ = book_.hand_on(first, end);
  }
  // Counts by name go to the totals at the end, and what is still open to its sink.
  void finish();

 private:
  std::string agency_;
  SeededRandomness ids_;
  const CommandSink& sink_;
  PlantedBook& book_;
  Instant now_{INT64_MIN};
  Status status_;
  std::vector<std::uint64_t> by_alternative_;
  std::vector<std::string> names_;
};

[[nodiscard]] Actor person_actor(const Person& person, Role role);

// Systems that act: numbers are theirs for good.
enum class SystemActor : std::uint64_t { installation = 1, personnel = 2, devices = 3 };
[[nodiscard]] Actor system_actor(SystemActor system, Role role);

// A decree of the city: its document is known by its hash alone.
struct DecreeForm {
  std::string number;
  Date date;
  PersonId signatory;
  std::string office;
};
[[nodiscard]] Decree make_decree(DecreeForm form);

}  // namespace runut::simulation
