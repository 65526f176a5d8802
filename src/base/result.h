// Errors are values. Result<T> is either a T or an Error; nothing of ours throws.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace runut {

// A closed set, shared by code, command line and wire. Add with care: scripts depend on it.
enum class ErrorCode {
  invalid_input,  // malformed or out of range, before any rule of the domain was asked
  rejected,       // a rule of the domain says no (Error::rule names it)
  unauthorised,   // a known actor lacks the authority; leaves an AttemptRefused event
  not_found,      // an unknown person, unit, period, event
  conflict,       // idempotency key reused with other input, another history, another writer
  corrupt,        // stored bytes are not what was written
  unavailable,    // the storage, broker or lock cannot be reached now
  unsupported,    // a newer format, an unreleased event type
  exhausted,      // a bound was reached: size, queue, disk
  internal,       // our bug
};

[[nodiscard]] std::string_view to_string(ErrorCode code);

// What went wrong, in the operator's language (English), complete enough to act on.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string rule;     // stable name, e.g. "report.date_in_future"; empty when none applies
  std::string field;    // path of the offending field, e.g. "data.minutes"; may be empty
  std::string value;    // the offending value as given; may be empty
  std::string message;  // one sentence

  friend bool operator==(const Error&, const Error&) = default;

  // "rejected [report.minutes_range] data.minutes = 2000: a report has 1 to 1440 minutes"
  [[nodiscard]] std::string describe() const;
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
  return tl::unexpected<Error>(Error{code, {}, {}, {}, std::move(message)});
}
// A rule of the domain says no.
[[nodiscard]] inline tl::unexpected<Error> reject(std::string_view rule, std::string_view field,
                                                  std::string value, std::string message) {
  return fail(Error{ErrorCode::rejected, std::string(rule), std::string(field), std::move(value),
                    std::move(message)});
}

namespace internal {
[[noreturn]] void check_failed(const char* condition, const char* file, int line,
                               std::string_view message);
}

}  // namespace runut

// For our own bugs, always on; never for input. Prints and aborts.
#define RUNUT_CHECK(condition, message)                                           \
  do {                                                                            \
    if (!(condition)) [[unlikely]]                                                \
      ::runut::internal::check_failed(#condition, __FILE__, __LINE__, (message)); \
  } while (false)

// Propagates the error of a Status or Result expression.
#define RUNUT_TRY(expression)                                                       \
  do {                                                                              \
    if (auto runut_try_result = (expression); !runut_try_result) [[unlikely]]       \
      return ::tl::unexpected<::runut::Error>(std::move(runut_try_result).error()); \
  } while (false)

#define RUNUT_CONCAT_INNER(a, b) a##b
#define RUNUT_CONCAT(a, b) RUNUT_CONCAT_INNER(a, b)
#define RUNUT_ASSIGN_INNER(temporary, target, expression)                  \
  auto temporary = (expression);                                           \
  if (!temporary) [[unlikely]]                                             \
    return ::tl::unexpected<::runut::Error>(std::move(temporary).error()); \
  target = std::move(*temporary)
// RUNUT_ASSIGN(auto x, f()): x is the value, or the function returns the error.
#define RUNUT_ASSIGN(target, expression) \
  RUNUT_ASSIGN_INNER(RUNUT_CONCAT(runut_assign_, __LINE__), target, expression)
