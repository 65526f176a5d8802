#include <algorithm>
#include <tuple>

#include "computation/senior_post.h"
#include "ledger/loaded_facts.h"
#include "listing/columns.h"
#include "listing/registry.h"
#include "listing/source.h"
#include "projections/senior_posts.h"

namespace runut::listing {
namespace {

std::vector<std::string> tenure_cells(const std::string& agency, const senior_posts::Tenure& tenure,
                                      const SeniorPostTerms* terms, Date on) {
  const auto extended =
      tenure.extensions.empty() ? std::nullopt : std::optional(tenure.extensions.back().until);
  const auto last_day = tenure.ended ? std::optional(tenure.ended->last_day) : std::nullopt;
  Sequence last = tenure.filled;
  if (!tenure.reviews.empty()) last = std::max(last, tenure.reviews.back().sequence);
  if (!tenure.extensions.empty()) last = std::max(last, tenure.extensions.back().sequence);
  if (tenure.ended) last = std::max(last, tenure.ended->sequence);
  std::string reached;
  std::string due;
  std::string state = last_day && *last_day < on ? "ended" : "no_document";
  if (terms != nullptr) {
    const SeniorTerm term = senior_term(tenure.from, extended, *terms);
    reached = to_string(term.minimum_reached);
    due = to_string(term.review_due);
    state = to_string(senior_state(term, last_day, on));
  }
  const bool reviewed = !tenure.reviews.empty();
  return {agency,
          to_string(tenure.unit),
          tenure.post,
          to_string(tenure.person),
          to_string(tenure.from),
          reached,
          due,
          reviewed ? to_string(tenure.reviews.back().date) : "",
          reviewed ? (tenure.reviews.back().passed ? "passed" : "not_passed") : "",
          last_day ? to_string(*last_day) : "",
          tenure.ended ? std::string(to_string(tenure.ended->cause)) : "",
          state,
          std::to_string(last.value)};
}

Status list_posts(const Source& source, const Arguments& arguments, const Emit& emit) {
  RUNUT_ASSIGN(const auto rows, source.rows(senior_posts::projection));
  RUNUT_ASSIGN(const auto facts, source.agency_facts());
  RUNUT_ASSIGN(const Date on, day_asked(source, arguments));
  RUNUT_ASSIGN(auto tenures, senior_posts::all(*rows));
  std::sort(tenures.begin(), tenures.end(), [](const auto& a, const auto& b) {
    return std::tie(a.unit, a.post, a.from, a.filled) < std::tie(b.unit, b.post, b.from, b.filled);
  });
  const auto document = facts->timeline.in_force(on, source.head().sequence);
  const SeniorPostTerms* const terms = document ? &(*document)->governance.senior_posts : nullptr;
  bool any = false;
  for (const senior_posts::Tenure& tenure : tenures) {
    const bool holds = tenure.from <= on && (!tenure.ended || tenure.ended->last_day >= on);
    if (!holds && !arguments.flag("all")) continue;
    any = true;
    RUNUT_TRY(emit.row(tenure_cells(source.agency(), tenure, terms, on)));
  }
  if (!any)
    emit.note("nobody holds a senior post on " + to_string(on) + ", as far as it is recorded");
  return {};
}

}  // namespace

Listing posts_listing() {
  return {.name = "posts",
          .summary = "Senior posts: who holds which, since when, and when a review is due",
          .parameters = {day_parameter,
                         {"all", ParameterType::flag, false,
                          "Also tenures that are over or still to begin"}},
          .forms = {{.columns = {agency_column,
                                 unit_column,
                                 {"post", ColumnType::text, "Its name within the unit"},
                                 person_column,
                                 {"since", ColumnType::text, "First day of the tenure"},
                                 {"minimum_reached", ColumnType::text,
                                  "From this day on the holder may be moved"},
                                 {"review_due", ColumnType::text, "By this day"},
                                 {"last_review", ColumnType::text, "Its day"},
                                 {"last_result", ColumnType::text, "passed or not_passed"},
                                 {"until", ColumnType::text, "Last day; empty: open"},
                                 {"cause", ColumnType::text, "Why it ended"},
                                 {"state", ColumnType::text,
                                  "On the day asked for: minimum, running, overdue, ended; "
                                  "no_document where none is in force"},
                                 {"event", ColumnType::sequence, "The last of the tenure"}},
                     .person = "person",
                     .rows = &list_posts}}};
}

}  // namespace runut::listing
