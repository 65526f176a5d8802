#include "domain/event.h"

#include <fmt/format.h>

#include <charconv>

#include "base/sha256.h"

namespace runut {
namespace {

template <class Id>
Result<Id> parse_id(std::string_view text, char prefix, std::string_view what) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto wrong = [&] {
    return fail(Error{ErrorCode::invalid_input,
                      fmt::format("format.{}_id", what),
                      {},
                      std::string(text),
                      fmt::format("a {} is written {}1, {}2, ...", what, prefix, prefix)});
  };
  if (text.size() < 2 || text[0] != prefix || text[1] < '1' || text[1] > '9') return wrong();
  const auto [stop, error] = std::from_chars(text.data() + 1, end, value);
  if (error != std::errc{} || stop != end) return wrong();
  return Id{value};
}

struct SubjectOf {
  Subject operator()(std::monostate) const { return agency_subject; }
  template <class P>
  Subject operator()(const P& payload) const {
    if constexpr (std::is_same_v<P, AttemptRefused> || std::is_same_v<P, DeductionSet>) {
      return payload.person ? subject_of(*payload.person) : agency_subject;
    } else if constexpr (std::is_same_v<P, AccessRecorded>) {
      return payload.people.size() == 1 ? subject_of(payload.people.front()) : agency_subject;
    } else if constexpr (std::is_same_v<P, TppCeilingSet>) {
      return payload.unit ? subject_of(*payload.unit) : agency_subject;
    } else if constexpr (requires { subject_of(payload.person); }) {
      return subject_of(payload.person);
    } else if constexpr (requires { subject_of(payload.from_person); }) {
      return subject_of(payload.from_person);
    } else if constexpr (requires { subject_of(payload.unit); }) {
      return subject_of(payload.unit);
    } else if constexpr (requires { payload.run.unit; }) {
      return subject_of(payload.run.unit);
    } else {
      return agency_subject;
    }
  }
};

std::string numbered(char letter, std::uint64_t number) {
  const fmt::format_int digits(number);
  std::string text(1, letter);
  text.append(digits.data(), digits.size());
  return text;
}

}  // namespace

Payload::Payload(const Payload&) = default;
Payload::Payload(Payload&&) noexcept = default;
Payload& Payload::operator=(const Payload&) = default;
Payload& Payload::operator=(Payload&&) noexcept = default;
Payload::~Payload() = default;
bool operator==(const Payload& one, const Payload& other) {
  return static_cast<const PayloadVariant&>(one) == static_cast<const PayloadVariant&>(other);
}

EventType type_of(const Payload& payload) {
  return std::visit(
      []<class P>(const P&) {
        if constexpr (std::is_same_v<P, std::monostate>)
          return EventType::unspecified;
        else
          return event_type_of<P>;
      },
      payload);
}

Payload make_payload(EventType type) {
  switch (type) {
#define RUNUT_EVENT_MAKE(number, name, text) \
  case EventType::name: return name{};
    RUNUT_RELEASED_EVENTS(RUNUT_EVENT_MAKE)
#undef RUNUT_EVENT_MAKE
    case EventType::unspecified: break;
  }
  return std::monostate{};
}

Subject subject_of(const Payload& payload) {
  return std::visit(SubjectOf{}, payload);
}

std::uint64_t agency_tag(std::string_view code) {
  return read_u64(sha256(code).view());
}

std::string to_string(PersonId person) {
  return numbered('P', person.value);
}
std::string to_string(UnitId unit) {
  return numbered('U', unit.value);
}
std::string to_string(ReportId report) {
  return numbered('R', report.value);
}
std::string to_string(const RunId& run) {
  return fmt::format("U{}/{}/{}/{}", run.unit.value, to_string(run.month), to_string(run.kind),
                     run.number);
}
std::string to_string(const Subject& subject) {
  switch (subject.kind) {
    case SubjectKind::person: return to_string(PersonId{subject.id});
    case SubjectKind::unit: return to_string(UnitId{subject.id});
    case SubjectKind::agency:
    case SubjectKind::unspecified: break;
  }
  return "AGENCY";
}

Result<PersonId> parse_person_id(std::string_view text) {
  return parse_id<PersonId>(text, 'P', "person");
}
Result<UnitId> parse_unit_id(std::string_view text) {
  return parse_id<UnitId>(text, 'U', "unit");
}
Result<ReportId> parse_report_id(std::string_view text) {
  return parse_id<ReportId>(text, 'R', "report");
}

Result<RunId> parse_run_id(std::string_view text) {
  const auto wrong = [&] {
    return fail(Error{ErrorCode::invalid_input,
                      "format.run_id",
                      {},
                      std::string(text),
                      "a run is written U3/2022-08/regular/1"});
  };
  const std::size_t first = text.find('/');
  const std::size_t second = first == text.npos ? text.npos : text.find('/', first + 1);
  const std::size_t third = second == text.npos ? text.npos : text.find('/', second + 1);
  if (third == text.npos) return wrong();
  const auto unit = parse_unit_id(text.substr(0, first));
  const auto month = parse_month(text.substr(first + 1, second - first - 1));
  const auto kind = enum_from<RunKind>(text.substr(second + 1, third - second - 1));
  const auto number = parse_id<PersonId>("P" + std::string(text.substr(third + 1)), 'P', "run");
  if (!unit || !month || !kind || !number || number->value > 9999) return wrong();
  return RunId{*unit, *month, *kind, static_cast<std::uint32_t>(number->value)};
}

std::string actor_id(const Actor& actor) {
  if (actor.kind == ActorKind::pseudonym) return fmt::format("X{:016x}", actor.id);
  return fmt::format("{}{}", actor.kind == ActorKind::person ? 'P' : 'S', actor.id);
}

}  // namespace runut
