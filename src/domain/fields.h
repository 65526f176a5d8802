// A record lists its fields once; codecs, JSON, schemas and tests are generic over the list.
//
//   struct DailyReportApproved {
//     PersonId person;
//     ReportId report;
//     RUNUT_FIELDS(DailyReportApproved, person, report)
//   };
//
// The order is the FlatBuffers field id (schemas/events/*.fbs says the same, a test compares):
// fields are appended, never removed, renamed or reordered once the type is released; appended ones
// are std::optional.
#pragma once

#include <string_view>

#define RUNUT_PARENS ()
#define RUNUT_EXPAND(...) RUNUT_EXPAND3(RUNUT_EXPAND3(RUNUT_EXPAND3(RUNUT_EXPAND3(__VA_ARGS__))))
#define RUNUT_EXPAND3(...) RUNUT_EXPAND2(RUNUT_EXPAND2(RUNUT_EXPAND2(RUNUT_EXPAND2(__VA_ARGS__))))
#define RUNUT_EXPAND2(...) __VA_ARGS__
#define RUNUT_EACH(macro, ...) __VA_OPT__(RUNUT_EXPAND(RUNUT_EACH_STEP(macro, __VA_ARGS__)))
#define RUNUT_EACH_STEP(macro, first, ...) \
  macro(first) __VA_OPT__(RUNUT_EACH_AGAIN RUNUT_PARENS(macro, __VA_ARGS__))
#define RUNUT_EACH_AGAIN() RUNUT_EACH_STEP
#define RUNUT_VISIT_FIELD(name) visitor(std::string_view(#name), self.name);

// Self is the record or its const: `visitor(name, field)` is called for each field in order.
#define RUNUT_FIELDS(Record, ...)                              \
  static constexpr std::string_view record_name = #Record;     \
  template <class Self, class Visitor>                         \
  static constexpr void visit(Self& self, Visitor&& visitor) { \
    (void)self;                                                \
    (void)visitor;                                             \
    RUNUT_EACH(RUNUT_VISIT_FIELD, __VA_ARGS__)                 \
  }                                                            \
  friend bool operator==(const Record&, const Record&) = default;

namespace runut {

template <class T>
concept Record = requires {
  T::record_name;
};

}  // namespace runut
