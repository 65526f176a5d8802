// Senior posts (jabatan pimpinan tinggi): who holds which, for how long, and what a review said
// (rulebook section 1: at least two years, at most five before an evaluation that may extend it).
#pragma once

#include <string>

#include "domain/events_ledger.h"

namespace runut {

// The tenure of one person in one senior post; the post is the definitive one that they are
// assigned to.
struct SeniorPostFilled {
  PersonId person;
  std::uint32_t tenure = 0;  // unique within the person, from 1
  UnitId unit;
  std::string post;  // title of the post, no personal data
  Date from;
  Decree decree;
  RUNUT_FIELDS(SeniorPostFilled, person, tenure, unit, post, from, decree)
};

struct SeniorPostReviewed {
  PersonId person;
  std::uint32_t tenure = 0;
  Date date;
  bool passed = false;  // the tenure may be extended
  Decree decree;
  RUNUT_FIELDS(SeniorPostReviewed, person, tenure, date, passed, decree)
};

struct SeniorPostExtended {
  PersonId person;
  std::uint32_t tenure = 0;
  Date until;  // by which the next review is due
  Decree decree;
  RUNUT_FIELDS(SeniorPostExtended, person, tenure, until, decree)
};

struct SeniorPostEnded {
  PersonId person;
  std::uint32_t tenure = 0;
  SeniorPostEndCause cause{};
  Date last_day;  // in the post
  Decree decree;
  RUNUT_FIELDS(SeniorPostEnded, person, tenure, cause, last_day, decree)
};

}  // namespace runut
