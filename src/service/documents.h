// Resources that are no lists: each is described like a listing (parameters, times), and made by
// one function.
#pragma once

#include "service/answer.h"

namespace runut::service {

// One request on its way to its answer.
struct Asking {
  const Reading& reading;
  const http::Call& call;
  const Ledger& ledger;
  const listing::Arguments& arguments;
  std::string_view type;  // of the answer: one of the document's
};

struct AskedResource {
  listing::Listing question;  // its path, below /v1/{agency}; no forms, or one that has no rows
  identity::Resource resource{};
  std::vector<std::string_view> types;  // the best first
  Result<http::Response> (*answer)(const Asking& asking) = nullptr;
  http::Method method = http::Method::get;
};

[[nodiscard]] http::Route route_of(const Reading& reading, AskedResource document);

// As of the question's moment and times.
[[nodiscard]] Result<listing::Source> source_of(const Asking& asking);
// unauthorised: this person is not among those whom the caller may see.
[[nodiscard]] Status may_see(const Asking& asking, PersonId person);
// unauthorised: nor is everybody.
[[nodiscard]] Status may_see_all(const Asking& asking);

}  // namespace runut::service
