#include "codec/envelope_codec.h"
#include "codec/scalar.h"

namespace runut {
namespace {

struct Checker {
  ErrorCode code;
  Status status = {};

  void expect(bool holds, std::string_view rule, std::string_view field, auto&& value,
              std::string_view message) {
    if (holds || !status) [[likely]]
      return;
    status = fail(Error{code, "event." + std::string(rule), std::string(field), value(),
                        std::string(message)});
  }
  template <class T>
  void expect_valid(const T& field, std::string_view name) {
    expect(
        codec::Scalar<T>::valid(field), "value", name,
        [&] { return fmt::format("{}", codec::Scalar<T>::to_stored(field)); },
        "unspecified, or out of range");
  }
  void expect_text(std::string_view text, std::string_view name) {
    expect(
        is_utf8(text), "value", name, [] { return std::string(); }, "not UTF-8");
  }
  // 1..last.
  void expect_back(const std::optional<Sequence>& sequence, std::uint64_t last,
                   std::string_view name) {
    if (!sequence) return;
    expect(
        sequence->value >= 1 && sequence->value <= last, "reference", name,
        [&] { return std::to_string(sequence->value); },
        "a reference leads back to an earlier event");
  }
};

bool may_be_pseudonym(const Event& event) {
  const auto* const answered = std::get_if<SurveyAnswered>(&event.payload);
  return answered != nullptr && answered->relation != SurveyRelation::superior;
}

}  // namespace

Status check_event(const Event& event, ErrorCode code) {
  Checker check{code};
  const std::uint64_t sequence = event.sequence.value;
  check.expect_valid(event.sequence, "sequence");
  check.expect(
      event.commit_index < event.commit_count && event.commit_index < sequence, "commit",
      "commit_index",
      [&] { return fmt::format("{} of {}", event.commit_index, event.commit_count); },
      "sequence and place in the commit contradict each other");
  check.expect_valid(event.occurred_on, "occurred_on");
  check.expect_valid(event.acted_at, "acted_at");
  check.expect_valid(event.recorded_at, "recorded_at");
  check.expect_valid(event.origin, "origin");
  check.expect_valid(event.actor.kind, "actor_kind");
  check.expect(
      event.actor.kind != ActorKind::pseudonym || may_be_pseudonym(event), "actor", "actor_kind",
      [] { return std::string("pseudonym"); },
      "only who answers a survey as peer or subordinate goes by a pseudonym");
  check.expect_valid(event.actor.role, "role");
  check.expect_valid(event.actor.assurance, "assurance");
  check.expect(
      event.subject == subject_of(event.payload), "subject", "subject",
      [&] { return to_string(event.subject); }, "the subject is not the payload's");
  check.expect(
      event.subject_version >= 1, "value", "subject_version", [] { return std::string("0"); },
      "versions of a subject count from 1");
  check.expect_back(event.regulation, sequence, "regulation");
  check.expect_back(event.supersedes, sequence - 1, "supersedes");
  check.expect_back(event.causation, sequence - 1, "causation");
  check.expect_back(event.actor.on_behalf_of, sequence - 1, "on_behalf_of");
  check.expect_text(event.actor.method, "method");
  check.expect_text(event.actor.issuer, "issuer");
  check.expect_text(event.reason, "reason");
  return std::move(check.status);
}

}  // namespace runut
