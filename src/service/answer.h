// What the answers of every resource have in common: which ledger they are of, as of which event,
// whether it is simulated, and an entity tag.
#pragma once

#include <array>

#include "listing/listing.h"
#include "service/reading.h"

namespace runut::service {

inline constexpr std::string_view json_type = "application/json";
inline constexpr std::string_view ndjson_type = "application/x-ndjson";
inline constexpr std::string_view csv_type = "text/csv";
inline constexpr std::string_view html_type = "text/html";
inline constexpr std::string_view xlsx_type =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
inline constexpr std::string_view pdf_type = "application/pdf";

// In which rows are answered, the best first.
inline constexpr std::array row_types = {json_type, csv_type, ndjson_type};

// What an answer rests on.
struct Basis {
  std::string agency;
  Sequence known_at;
  bool simulated = false;
  std::string hypothetical{};  // "facts as of 2022-08-15"; empty: it is what is recorded
};
[[nodiscard]] Basis basis_of(const Instance& instance, Sequence known_at,
                             const OtherTimes& times = {});

// 200 with the body, the basis in Runut-Known-At, Runut-Simulated and Runut-Hypothetical, and a
// strong entity tag: the digest of the body. Whoever sends it answers If-None-Match by it.
[[nodiscard]] http::Response answer(const Basis& basis, std::string_view type, std::string body);

// `{"agency":…,"known_at":"123"` and, as far as they hold, `"simulated":true` and `"hypothetical"`:
// the first members of an answer in JSON, which goes on with a comma.
[[nodiscard]] std::string json_head(const Basis& basis);

// Rows in one of row_types.
struct RowsBody {
  const Basis& basis;
  std::string_view type;
  const listing::Form& form;
  const std::vector<std::vector<std::string>>& rows;
  const std::vector<std::string>& notes;  // JSON alone has them
  const std::string& next;                // target of the following page, or empty; JSON alone
};
[[nodiscard]] std::string rows_body(const RowsBody& body);

// Whose data the rows are: of the form's column of people, else of the one that is named so.
[[nodiscard]] std::set<PersonId> people_in(const listing::Form& form,
                                           const std::vector<std::vector<std::string>>& rows);

// Whoever may see some people only asked for what is of all of them.
[[nodiscard]] tl::unexpected<Error> not_everybodys();

// The query and the pattern's names as a listing reads them; what the routes themselves take
// (at_least, limit, cursor) is left to them.
struct Asked {
  std::optional<Sequence> at_least;
  std::optional<std::size_t> limit;
  std::optional<std::string> cursor;
  std::vector<listing::Given> others;
  std::vector<Error> errors;  // parameter.repeated, or no number
};
// `pages`: whether limit and cursor are taken here; if not they are among the others.
[[nodiscard]] Asked read_query(const http::Call& call, bool pages);

// Waits for at_least, as long as the routes may.
[[nodiscard]] Status wait_for(const Reading& reading, const Ledger& ledger, const Asked& asked);

}  // namespace runut::service
