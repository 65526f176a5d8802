// One event as a plain value: what every event has, what most lack, and its payload.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/date.h"
#include "base/strong.h"
#include "domain/event_type.h"
#include "domain/events_careers.h"
#include "domain/events_daily.h"
#include "domain/events_evaluation.h"
#include "domain/events_feedback.h"
#include "domain/events_ledger.h"
#include "domain/events_merit.h"
#include "domain/events_planning.h"
#include "domain/events_qualification.h"
#include "domain/events_ranking.h"
#include "domain/events_regulation.h"
#include "domain/events_roster.h"
#include "domain/events_tpp.h"
#include "domain/vocabulary.h"

namespace runut {

template <class P>
inline constexpr EventType event_type_of = EventType::unspecified;
template <class P>
inline constexpr bool is_released_payload = std::is_same_v<P, std::monostate>;
#define RUNUT_EVENT_TYPE_OF(number, name, text)                     \
  template <>                                                       \
  inline constexpr EventType event_type_of<name> = EventType::name; \
  template <>                                                       \
  inline constexpr bool is_released_payload<name> = true;
RUNUT_RELEASED_EVENTS(RUNUT_EVENT_TYPE_OF)
#undef RUNUT_EVENT_TYPE_OF

#define RUNUT_EVENT_ALTERNATIVE(number, name, text) , name
using PayloadVariant = std::variant<std::monostate RUNUT_RELEASED_EVENTS(RUNUT_EVENT_ALTERNATIVE)>;
#undef RUNUT_EVENT_ALTERNATIVE

// The released payloads. std::monostate only before one is set; never stored. A variant, of which
// what is a function for each alternative (copies, moves, comparison) is compiled once, in
// event.cc, and not again in every source: it was a third of all the code that the tree compiled.
struct Payload : PayloadVariant {
  Payload() noexcept {}
  template <class P>
  requires is_released_payload<std::remove_cvref_t<P>> Payload(P&& payload)
      : PayloadVariant(std::in_place_type<std::remove_cvref_t<P>>, std::forward<P>(payload)) {}
  template <class P>
  explicit Payload(std::in_place_type_t<P> type) : PayloadVariant(type) {}
  Payload(const Payload& other);
  Payload(Payload&& other) noexcept;
  Payload& operator=(const Payload& other);
  Payload& operator=(Payload&& other) noexcept;
  ~Payload();
  friend bool operator==(const Payload& one, const Payload& other);
};

[[nodiscard]] EventType type_of(const Payload& payload);
// A default payload of the type; std::monostate for one that is not released.
[[nodiscard]] Payload make_payload(EventType type);

// What an event is about: its versions count densely from 1 within the subject.
struct Subject {
  SubjectKind kind{};
  std::uint64_t id = 0;  // PersonId or UnitId; the agency is 0
  friend auto operator<=>(const Subject&, const Subject&) = default;
};
[[nodiscard]] constexpr Subject subject_of(PersonId person) {
  return {SubjectKind::person, person.value};
}
[[nodiscard]] constexpr Subject subject_of(UnitId unit) {
  return {SubjectKind::unit, unit.value};
}
inline constexpr Subject agency_subject{SubjectKind::agency, 0};
// The subject that a payload is about: its person, else its unit, else the agency.
[[nodiscard]] Subject subject_of(const Payload& payload);

struct Actor {
  ActorKind kind{};
  std::uint64_t id = 0;  // PersonId; a system's number; a pseudonym
  Role role{};
  Assurance assurance{};
  std::string method;  // "oidc", "mtls", "cli"
  std::string issuer;
  std::optional<Hash256> credential;     // digest of the credential
  std::optional<Sequence> on_behalf_of;  // DelegationGranted that was used; the ledger fills it
  friend bool operator==(const Actor&, const Actor&) = default;
  [[nodiscard]] std::optional<PersonId> person() const {
    return kind == ActorKind::person ? std::optional(PersonId{id}) : std::nullopt;
  }
};

// P17 for a person, S3 for a system, X0f3c5a7790b1d2e4 for a pseudonym.
[[nodiscard]] std::string actor_id(const Actor& actor);

struct Event {
  std::uint64_t agency = 0;  // agency_tag(code)
  Sequence sequence;
  Hash256 previous;  // leaf hash of the event before; zero for the first
  std::uint32_t commit_index = 0;
  std::uint32_t commit_count = 1;
  std::uint8_t payload_version = 1;
  Date occurred_on;     // the fact's date
  Instant acted_at;     // when the actor acted
  Instant recorded_at;  // by the writer's clock, never decreasing along the log
  Origin origin{};
  Subject subject;
  std::uint32_t subject_version = 0;
  CommandId command;
  Mac128 command_mac;  // keyed HMAC of the command as submitted
  Actor actor;

  std::optional<Sequence> supersedes;
  std::optional<Sequence> causation;
  std::optional<Sequence> regulation;  // the document under which this was decided
  std::optional<Uuid> correlation;
  std::string reason;  // of a correction; no personal data
  std::vector<Hash256> evidence;
  Bytes sealed;  // personal text (seal/), empty when there is none

  Payload payload;

  friend bool operator==(const Event&, const Event&) = default;

  [[nodiscard]] EventType type() const { return type_of(payload); }
  // The commit is named by the sequence of its first event.
  [[nodiscard]] Sequence commit() const { return Sequence{sequence.value - commit_index}; }
  // An action's time (rulebook section 3): recorded_at; for events of a declared import acted_at.
  [[nodiscard]] Instant action_time() const {
    const bool is_import = origin == Origin::import_batch || origin == Origin::import_as_found;
    return is_import ? acted_at : recorded_at;
  }
  // Recorded, and outside all computations: what is accepted of it is recorded anew.
  [[nodiscard]] bool is_held() const { return origin == Origin::import_as_found; }
};

// First eight bytes of SHA-256(code): the agency as it stands in every envelope.
[[nodiscard]] std::uint64_t agency_tag(std::string_view code);

[[nodiscard]] std::string to_string(const Subject& subject);  // P17, U3 or AGENCY
[[nodiscard]] std::string to_string(PersonId person);         // P17
[[nodiscard]] std::string to_string(UnitId unit);             // U3
[[nodiscard]] std::string to_string(ReportId report);         // R202208031
[[nodiscard]] std::string to_string(const RunId& run);        // U3/2022-08/regular/1
[[nodiscard]] Result<PersonId> parse_person_id(std::string_view text);
[[nodiscard]] Result<UnitId> parse_unit_id(std::string_view text);
[[nodiscard]] Result<ReportId> parse_report_id(std::string_view text);
[[nodiscard]] Result<RunId> parse_run_id(std::string_view text);

}  // namespace runut
