#include "base/result.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace runut {

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input: return "invalid_input";
    case ErrorCode::rejected: return "rejected";
    case ErrorCode::unauthorised: return "unauthorised";
    case ErrorCode::not_found: return "not_found";
    case ErrorCode::conflict: return "conflict";
    case ErrorCode::corrupt: return "corrupt";
    case ErrorCode::unavailable: return "unavailable";
    case ErrorCode::unsupported: return "unsupported";
    case ErrorCode::exhausted: return "exhausted";
    case ErrorCode::internal: return "internal";
  }
  return "internal";
}

std::string Error::describe() const {
  std::string text(to_string(code));
  if (!rule.empty()) text += " [" + rule + "]";
  if (!field.empty()) text += " " + field;
  if (!value.empty()) text += (field.empty() ? " " : " = ") + value;
  return text + ": " + message;
}

namespace internal {
void check_failed(const char* condition, const char* file, int line, std::string_view message) {
  std::fprintf(stderr, "%s:%d: check failed: %s: %.*s\n", file, line, condition,
               static_cast<int>(message.size()), message.data());
  std::signal(SIGABRT, SIG_DFL);  // whoever handles it means others' bugs
  std::abort();
}
}  // namespace internal

}  // namespace runut
