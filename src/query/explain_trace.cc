#include "query/explain_sections.h"

namespace runut {
std::string Telling::actor(const EventRef& event) const {
  std::string out = event.actor.kind == ActorKind::system
                        ? say("sistem {}", "system {}", event.actor.id)
                        : actor_id(event.actor);
  out += ", " + w(event.actor.role);
  if (event.actor.on_behalf_of)
    out += say(", dengan delegasi #{}", ", by delegation #{}", event.actor.on_behalf_of->value);
  return out;
}

std::string Telling::known_by(const EventRef& event) const {
  std::string out = w(event.actor.assurance);
  if (!event.actor.method.empty()) out += ": " + event.actor.method;
  if (!event.actor.issuer.empty()) out += ", " + event.actor.issuer;
  return out;
}

std::string Telling::clause(const Provenance& provenance) const {
  if (provenance.status != ValueStatus::cited) return t("tanpa pasal", "no article");
  return phrase(provenance.clause.substr(0, provenance.clause.find(" (")), language);
}

std::string Telling::why_applied(const AppliedRule& rule) const {
  return say("{} berlaku pada {}, {}{}", "{} was in force on {}, {}{}", rule.document,
             day(rule.applied_on), w(rule.applies_by),
             rule.hypothetical ? t(" (pengandaian)", " (hypothetical)") : "");
}

std::string Telling::detail(const std::string& noted) const {
  if (const auto date = parse_date(noted)) return day(*date);
  if (const auto month = parse_month(noted)) return month_name(*month, language);
  if (const auto time = parse_instant(noted))
    return say("sebelum {} {}", "before {} {}", time_name(*time, from.utc_offset_minutes),
               zone_name(from.utc_offset_minutes));
  if (noted == to_string(from.run)) return run(from.run);
  if (from.rank && noted == from.rank->group) return group(*from.rank);
  return phrase(noted, language);
}

Tree Telling::tree(const Derivation& node) const {
  Tree out;
  out.label = w(node.quantity);
  if (!node.note.detail.empty()) out.label += ", " + detail(node.note.detail);
  out.label += ": " + measured(node.value, node.measure, language);
  if (!node.note.formula.empty()) out.label += " = " + phrase(node.note.formula, language);
  if (node.note.rounding)
    out.label += say(" (dibulatkan {})", " (rounded {})", w(*node.note.rounding));
  if (node.note.tail_rounding)
    out.label += say(" (dibulatkan {})", " (rounded {})", w(*node.note.tail_rounding));
  for (const AppliedRule& rule : node.note.rules)
    out.notes.push_back(fmt::format("§ {}: {}, {}; {}", w(rule.parameter), clause(rule.provenance),
                                    w(rule.provenance.status), why_applied(rule)));
  if (!node.note.events.empty())
    out.notes.push_back(t("peristiwa ", "events ") + sequences(node.note.events, 12));
  for (const Derivation& input : node.inputs) out.children.push_back(tree(input));
  return out;
}

Section computation_section(const Telling& on) {
  Section out{on.t("E. Perhitungan, langkah demi langkah", "E. The computation, step by step"), {}};
  out.blocks.emplace_back(Paragraph{
      on.t("Setiap besaran dibulatkan satu kali, pada langkahnya sendiri, dan dipakai dalam "
           "keadaan bulat; jadi setiap "
           "baris dapat dihitung ulang dengan kalkulator. Angka persen dalam rumus ditulis dalam "
           "perseratus persen: "
           "10.000 berarti 100 %. Tanda § menyebut aturan yang dipakai, # nomor peristiwa.",
           "Each quantity is rounded once, at its own step, and used as rounded; so every line can "
           "be computed again "
           "with a calculator. Percentages inside formulas are hundredths of a percent: 10,000 "
           "means 100 %. "
           "§ names the rule that was applied, # the number of an event.")});
  for (const Derivation& node : on.from.derivation) out.blocks.emplace_back(on.tree(node));
  return out;
}

Section rules_section(const Telling& on) {
  Section out{on.t("F. Aturan yang dipakai", "F. Rules applied"), {}};
  if (on.language == Language::english)
    out.blocks.emplace_back(Paragraph{
        "Clauses and sources are quoted from the regulation document, which is in Indonesian.",
        false});
  Table table;
  table.header = {on.t("Aturan", "Rule"),
                  on.t("Dasar", "Clause"),
                  on.t("Sumber", "Source"),
                  on.t("Kedudukan", "Standing"),
                  on.t("Mengapa aturan ini", "Why this rule"),
                  on.t("Peristiwa", "Event")};
  table.right = std::vector<bool>(6, false);
  for (const AppliedRule& rule : on.from.rules)
    table.rows.push_back({on.w(rule.parameter), rule.provenance.clause, rule.provenance.source,
                          on.w(rule.provenance.status), on.why_applied(rule),
                          fmt::format("#{}", rule.regulation.value)});
  out.blocks.emplace_back(std::move(table));
  return out;
}

Section events_section(const Telling& on) {
  Section out{on.t("G. Peristiwa yang menjadi dasar", "G. The events it rests on"), {}};
  Table table;
  table.header = {"#",
                  on.t("Peristiwa", "Event"),
                  on.t("Tanggal fakta", "Date of fact"),
                  on.say("Dicatat ({})", "Recorded ({})", zone_name(on.from.utc_offset_minutes)),
                  on.t("Pelaku", "Actor"),
                  on.t("Dikenal karena", "Known by"),
                  on.t("Sidik peristiwa (SHA-256)", "Hash of the event (SHA-256)")};
  table.right = {true, false, false, false, false, false, false};
  for (const EventRef& event : on.from.events)
    table.rows.push_back({std::to_string(event.sequence.value), event_name(event.type, on.language),
                          to_string(event.occurred_on),
                          time_name(event.recorded_at, on.from.utc_offset_minutes), on.actor(event),
                          on.known_by(event), to_hex(event.leaf.view())});
  out.blocks.emplace_back(std::move(table));
  return out;
}

}  // namespace runut
