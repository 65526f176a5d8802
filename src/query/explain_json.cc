#include <fmt/format.h>

#include "codec/json_writer.h"
#include "query/explain_page.h"

namespace runut {
namespace {

// An object or array under construction; values are appended in order.
class Json {
 public:
  explicit Json(std::string& out, char open) : out_(out), close_(open == '{' ? '}' : ']') {
    out_ += open;
  }
  ~Json() { out_ += close_; }
  Json(const Json&) = delete;
  Json& operator=(const Json&) = delete;

  std::string& name(std::string_view member) {
    comma();
    codec::append_json_string(out_, member);
    out_ += ':';
    return out_;
  }
  std::string& element() {
    comma();
    return out_;
  }
  template <class T>
  void add(std::string_view member, const T& value) {
    codec::append_json(name(member), value);
  }
  void text(std::string_view member, std::string_view value) {
    codec::append_json_string(name(member), value);
  }

 private:
  void comma() {
    if (!first_) out_ += ',';
    first_ = false;
  }
  std::string& out_;
  char close_;
  bool first_ = true;
};

void append(std::string& out, const AppliedRule& rule) {
  Json json(out, '{');
  json.text("parameter", to_string(rule.parameter));
  json.add("document", rule.document);
  json.add("regulation", rule.regulation);
  json.add("clause", rule.provenance.clause);
  json.add("source", rule.provenance.source);
  json.add("status", rule.provenance.status);
  json.add("applies_by", rule.applies_by);
  json.add("applied_on", rule.applied_on);
  json.add("hypothetical", rule.hypothetical);
}

void append(std::string& out, const Derivation& node) {
  Json json(out, '{');
  json.add("quantity", node.quantity);
  if (!node.note.detail.empty()) json.add("detail", node.note.detail);
  json.name("value") += std::to_string(node.value);
  json.add("measure", node.measure);
  if (!node.note.formula.empty()) json.add("formula", node.note.formula);
  if (node.note.rounding) json.text("rounding", to_string(*node.note.rounding));
  if (node.note.tail_rounding) json.text("rounding", to_string(*node.note.tail_rounding));
  {
    Json rules(json.name("rules"), '[');
    for (const AppliedRule& rule : node.note.rules) append(rules.element(), rule);
  }
  json.add("events", node.note.events);
  Json inputs(json.name("inputs"), '[');
  for (const Derivation& input : node.inputs) append(inputs.element(), input);
}

void append(std::string& out, const Contribution& one, const std::vector<PaymentLine>& lines) {
  Json json(out, '{');
  json.text("cause", to_string(one.step));
  if (one.step == ContributionStep::line) json.add("line", lines[one.line]);
  json.add("amount", one.amount);
  if (one.by_day.empty()) return;
  Json days(json.name("days"), '[');
  for (const DayShare& day : one.by_day) {
    Json row(days.element(), '{');
    row.add("date", day.day);
    row.name("measure") += std::to_string(day.size);
    row.add("amount", day.amount);
  }
}

void append(std::string& out, const Avoidance& one) {
  Json json(out, '{');
  json.add("possible", one.possible);
  if (one.value) json.name("behaviour_value") += std::to_string(*one.value + 1);
  json.add("from", one.from);
  if (!one.possible) return;
  json.add("to", one.to);
  json.add("cut_instead_ranks", one.cut_instead);
}

void append(std::string& out, const TieBranch& tie) {
  Json json(out, '{');
  json.text("cutoff", to_string(tie.cutoff));
  json.add("members", tie.members);
  json.add("places", tie.places);
  json.add("score", tie.score);
  json.add("chosen", tie.chosen);
  json.add("found", tie.found);
  json.add("resolved", tie.resolved);
  json.add("decree", tie.decree);
}

void append(std::string& out, const RankBranch& rank) {
  Json json(out, '{');
  json.add("period", rank.period);
  json.add("group", rank.group);
  json.text("scope", to_string(rank.scope));
  json.name("minimum_size") += std::to_string(rank.minimum_size);
  json.add("published", rank.published);
  json.add("published_on", rank.published_on);
  json.add("members", rank.members);
  json.add("above", rank.above);
  json.add("below", rank.below);
  if (rank.cutoff_above) json.add("cutoff_above", *rank.cutoff_above);
  if (rank.cutoff_below) json.add("cutoff_below", *rank.cutoff_below);
  json.add("placed", rank.placed);
  json.add("placed_at", rank.placed_at);
  {
    Json around(json.name("neighbours"), '[');
    for (const Neighbour& neighbour : rank.neighbours) {
      Json row(around.element(), '{');
      row.add("rank", neighbour.rank);
      row.add("score", neighbour.score);
      row.add("tier", neighbour.tier);
      row.add("self", neighbour.self);
    }
  }
  if (rank.distance) json.add("distance", *rank.distance);
  json.add("document", rank.document);
  json.add("by_decision_date", rank.by_decision_date);
  json.add("daily_reports_entered_the_score", false);
  {
    Json keys(json.name("tie_keys"), '[');
    for (const TieKey key : rank.tie_keys)
      codec::append_json_string(keys.element(), to_string(key));
  }
  {
    Json ties(json.name("ties"), '[');
    for (const TieBranch& tie : rank.ties) append(ties.element(), tie);
  }
  json.add("adjustments", rank.adjustments);
  json.add("delta", rank.delta);
  json.add("amount", rank.amount);
  if (rank.by_result) append(json.name("avoided_by_result"), *rank.by_result);
  if (rank.by_behaviour) append(json.name("avoided_by_behaviour"), *rank.by_behaviour);
  json.add("reproduced", rank.reproduced);
  append(json.name("ranking"), rank.ranking);
  Json score(json.name("score"), '[');
  for (const Derivation& node : rank.score) append(score.element(), node);
}

void append(std::string& out, const UnrankedBranch& branch) {
  Json json(out, '{');
  json.add("period", branch.period);
  json.add("reason", branch.reason);
  if (branch.event != Sequence{}) json.add("event", branch.event);
}

void append(std::string& out, const PredicateBranch::Shown& shown) {
  Json json(out, '{');
  json.add("predicate", shown.predicate);
  json.add("event", shown.event);
}

void append(std::string& out, const PredicateBranch& branch) {
  Json json(out, '{');
  json.add("period", branch.period);
  if (branch.shown) append(json.name("shown"), *branch.shown);
  if (branch.given) json.add("given", *branch.given);
  json.add("ratings", branch.ratings);
  if (branch.since) append(json.name("since"), *branch.since);
  if (branch.unit) {
    json.add("unit_predicate", *branch.unit);
    json.add("unit_event", branch.unit_event);
  }
  if (branch.quadrant) append(json.name("quadrant"), *branch.quadrant);
  if (branch.rate) {
    append(json.name("rate"), *branch.rate);
    json.add("delta", branch.delta);
    json.add("amount", branch.amount);
  }
}

void append(std::string& out, const ObjectionBranch& branch) {
  Json json(out, '{');
  json.add("period", branch.period);
  if (branch.filed) json.add("filed", *branch.filed);
  if (branch.requested) json.add("requested", *branch.requested);
  if (branch.explained) json.add("explained", *branch.explained);
  if (branch.decided) {
    json.add("decided", *branch.decided);
    json.add("upheld", branch.upheld);
  }
  if (branch.decree) json.add("decree", *branch.decree);
  if (branch.decision_by) json.add("decision_by", *branch.decision_by);
  if (!branch.late.empty()) {
    Json list(json.name("late"), '[');
    for (const auto& [step, late] : branch.late) {
      Json row(list.element(), '{');
      row.add("event", step);
      row.text("rule", late.rule);
      row.name("days") += std::to_string(late.taken);
      row.name("allowed") += std::to_string(late.allowed);
      row.add("since", late.since);
      row.add("from", late.from);
    }
  }
  if (!branch.corrected) return;
  json.add("corrected", *branch.corrected);
  if (branch.corrected_by) json.add("corrected_by", *branch.corrected_by);
  {
    Json list(json.name("adjusted"), '[');
    for (const auto& [adjustment, rate] : branch.adjusted) {
      Json row(list.element(), '{');
      row.add("event", adjustment);
      row.add("delta", rate);
    }
  }
  json.add("posted", branch.posted);
}

void append(std::string& out, const CorrectionBranch& branch) {
  Json json(out, '{');
  json.add("run", branch.run);
  json.add("posted", branch.posted);
  json.add("settled", branch.settled);
  json.add("recomputed", branch.recomputed);
  json.add("amount", branch.amount);
  json.add("causes", branch.causes);
  json.add("too_late", branch.too_late);
  Json lines(json.name("lines"), '[');
  for (const auto& line : branch.lines) {
    Json row(lines.element(), '{');
    row.add("kind", line.kind);
    if (line.component) row.add("component", *line.component);
    if (!line.code.empty()) row.add("code", line.code);
    row.add("paid", line.paid);
    row.add("recomputed", line.recomputed);
  }
}

void append(std::string& out, const EventRef& event) {
  Json json(out, '{');
  json.add("sequence", event.sequence);
  json.text("type", to_string(event.type));
  json.add("occurred_on", event.occurred_on);
  json.add("acted_at", event.acted_at);
  json.add("recorded_at", event.recorded_at);
  json.text("actor", actor_id(event.actor));
  json.add("role", event.actor.role);
  json.add("assurance", event.actor.assurance);
  json.add("leaf_hash", event.leaf);
}

}  // namespace

std::string explanation_json(const Explanation& from) {
  std::string out;
  {
    Json json(out, '{');
    json.add("agency", from.agency);
    json.add("simulated", from.simulated);
    json.add("person", from.person);
    json.add("month", from.month);
    json.add("head", from.head);
    json.add("head_leaf_hash", from.head_leaf);
    json.add("run", from.run);
    json.add("locked", from.locked);
    if (from.times.asked()) {
      json.add("basis", std::string("HYPOTHETICAL"));
      if (from.times.facts_as_of) json.add("facts_as_of", *from.times.facts_as_of);
      if (from.times.rules_as_of) json.add("rules_as_of", *from.times.rules_as_of);
      json.add("recorded_net", from.recorded_net);
    }
    json.add("document", from.document);
    json.add("computed_at", from.computed_at);
    json.add("payment_event", from.payment_event);
    json.add("reproduced", from.reproduced);
    json.add("payment", from.payment);
    {
      Json list(json.name("line_rules"), '[');
      for (const AppliedRule& rule : from.line_rules) append(list.element(), rule);
    }
    json.add("paid_in_all", from.paid_in_all);
    {
      Json list(json.name("contributions"), '[');
      for (const Contribution& one : from.contributions)
        append(list.element(), one, from.payment.lines);
    }
    {
      Json units(json.name("units"), '[');
      for (const auto& [unit, name] : from.units) {
        Json row(units.element(), '{');
        row.add("unit", unit);
        row.text("name", name);
      }
    }
    if (from.rank) append(json.name("rank"), *from.rank);
    if (from.unranked) append(json.name("unranked"), *from.unranked);
    if (from.predicate) append(json.name("predicate"), *from.predicate);
    {
      Json list(json.name("excuses"), '[');
      for (const ExcuseBranch& one : from.excuses) {
        Json row(list.element(), '{');
        row.add("date", one.date);
        row.add("filed", one.filed);
        if (one.decided) {
          row.add("decided", *one.decided);
          row.add("approved", one.approved);
        }
        row.add("counted", one.counted);
      }
    }
    json.add("returned", from.returned);
    {
      Json list(json.name("objections"), '[');
      for (const ObjectionBranch& one : from.objections) append(list.element(), one);
    }
    {
      Json list(json.name("corrections"), '[');
      for (const CorrectionBranch& one : from.corrections) append(list.element(), one);
    }
    {
      Json list(json.name("derivation"), '[');
      for (const Derivation& node : from.derivation) append(list.element(), node);
    }
    {
      Json list(json.name("rules"), '[');
      for (const AppliedRule& rule : from.rules) append(list.element(), rule);
    }
    Json list(json.name("events"), '[');
    for (const EventRef& event : from.events) append(list.element(), event);
  }
  return out;
}

}  // namespace runut
