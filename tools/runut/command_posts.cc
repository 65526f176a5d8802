#include <CLI/CLI.hpp>
#include <algorithm>
#include <tuple>

#include "codec/envelope_codec.h"
#include "computation/senior_post.h"
#include "projections/senior_posts.h"
#include "tools/runut/commands.h"
#include "tools/runut/rule_book.h"

namespace runut::cli {
namespace {

struct PostsArguments {
  ViewOptions view;
  std::string on;
  bool all = false;
};

// The names and their order are fixed: scripts rely on them.
std::vector<Column> posts_columns() {
  return {{"agency"},          {"unit"},       {"post"},        {"person"},      {"since"},
          {"minimum_reached"}, {"review_due"}, {"last_review"}, {"last_result"}, {"until"},
          {"cause"},           {"state"},      {"event", true}};
}

// The local day of the last event: a ledger's answers do not depend on when they are asked for.
Result<Date> day_of(const Instance& instance, const Head& head, int utc_offset_minutes) {
  RUNUT_ASSIGN(const EventBatch last, instance.log().read(head.sequence, {.events = 1}));
  RUNUT_ASSIGN(const Event event, decode_event(last.events.front().bytes));
  return local_date(event.recorded_at, utc_offset_minutes);
}

void tenure_row(Table& table, const std::string& agency, const senior_posts::Tenure& tenure,
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
  table.row({agency, to_string(tenure.unit), tenure.post, to_string(tenure.person),
             to_string(tenure.from), reached, due,
             reviewed ? to_string(tenure.reviews.back().date) : "",
             reviewed ? (tenure.reviews.back().passed ? "passed" : "not_passed") : "",
             last_day ? to_string(*last_day) : "",
             tenure.ended ? std::string(to_string(tenure.ended->cause)) : "", state,
             std::to_string(last.value)});
}

Result<Exit> run_posts(const PostsArguments& options) {
  RUNUT_ASSIGN(const OpenedView view, open_view(options.view, senior_posts::projection));
  const auto& [instance, head, rows, format] = view;
  RUNUT_ASSIGN(const auto facts, agency_facts(*instance));
  RUNUT_ASSIGN(Date on, day_of(*instance, head, facts->utc_offset_minutes()));
  if (!options.on.empty()) {
    RUNUT_ASSIGN(on, read_option("on", options.on, parse_date));
  }
  print_banner(*instance, format);
  RUNUT_ASSIGN(auto tenures, senior_posts::all(*rows));
  std::sort(tenures.begin(), tenures.end(), [](const auto& a, const auto& b) {
    return std::tie(a.unit, a.post, a.from, a.filled) < std::tie(b.unit, b.post, b.from, b.filled);
  });
  const auto document = facts->timeline.in_force(on, head.sequence);
  const SeniorPostTerms* const terms = document ? &(*document)->governance.senior_posts : nullptr;
  Table table(format, posts_columns());
  bool any = false;
  for (const senior_posts::Tenure& tenure : tenures) {
    const bool holds = tenure.from <= on && (!tenure.ended || tenure.ended->last_day >= on);
    if (!holds && !options.all) continue;
    any = true;
    tenure_row(table, instance->place().agency, tenure, terms, on);
  }
  table.finish();
  if (!any)
    std::fprintf(stderr, "nobody holds a senior post on %s, as far as it is recorded\n",
                 to_string(on).c_str());
  return Exit::ok;
}

}  // namespace

void add_posts(App& app) {
  const auto options = std::make_shared<PostsArguments>();
  CLI::App& command =
      app.add({"posts", "Senior posts: who holds which, since when, and when a review is due",
               "runut posts --data data\n"
               "runut posts --data data --agency kota-yogyakarta --on 2022-12-31\n"
               "runut posts --data data --all --csv > posts.csv"},
              [options] { return run_posts(*options); });
  add_view_options(command, options->view);
  command.add_option("--on", options->on, "The day (2022-12-31); default: that of the last event");
  command.add_flag("--all", options->all, "Also tenures that are over or still to begin");
}

}  // namespace runut::cli
