#include <algorithm>

#include "query/explain_sections.h"

namespace runut {
namespace {

// "hasil kerja", "nilai perilaku ke-3"
std::string rating_name(const Telling& on, const Avoidance& one) {
  return one.value ? on.say("nilai perilaku ke-{}", "behaviour value no. {}", *one.value + 1)
                   : on.w(Quantity::result);
}

Paragraph avoidance(const Telling& on, const Avoidance& one, const RankBranch& rank) {
  const std::string rating = rating_name(on, one);
  const Language in = on.language;
  if (!one.possible)
    return {on.say("Apa yang menghindarkannya: tidak ada; {} sampai {} pun tidak cukup.",
                   "What would have avoided it: nothing; not even {} up to {} would have.", rating,
                   points(Score{12'000}, in)),
            true};
  std::string instead;
  for (const std::uint32_t place : one.cut_instead)
    instead += (instead.empty() ? "" : ", ") + std::to_string(place);
  return {
      on.say(
          "Apa yang menghindarkannya: {} {} alih-alih {} (+{}) sudah cukup, dihitung ulang dengan "
          "peristiwa "
          "pengandaian; satu langkah {} kurang masih gagal. Yang terpotong sebagai gantinya: {}.",
          "What would have avoided it: {} {} instead of {} (+{}) is enough, computed again with a "
          "hypothetical "
          "event; one step of {} less still fails. Cut instead: {}.",
          rating, points(one.to, in), points(one.from, in),
          points(Score{one.to.value - one.from.value}, in), points(Score{1}, in),
          instead.empty() ? on.t("tidak ada", "nobody")
                          : on.say("peringkat {} dari {}", "rank {} of {}", instead, rank.members)),
      true};
}

// How far the score is from where each tier ends.
void cut_offs(const Telling& on, const RankBranch& rank, FactList& facts) {
  const auto away = [&](Score other) {
    return points(Score{std::abs(other.value - rank.placed.score.value)}, on.language);
  };
  const auto row = [&](std::string name, Score score) {
    const std::string there = points(score, on.language);
    facts.rows.emplace_back(
        std::move(name), score == rank.placed.score
                             ? on.say("{}, sama dengan nilai ini", "{}, equal to this score", there)
                             : on.say("{}, berjarak {} dari nilai ini",
                                      "{}, {} away from this score", there, away(score)));
  };
  if (rank.cutoff_above)
    row(on.say("Nilai terendah {}", "Lowest score {}", on.w(Tier::above)), *rank.cutoff_above);
  if (rank.distance)
    row(on.say("Nilai terendah yang tidak {}", "Lowest score not {}", on.w(Tier::below)),
        Score{rank.placed.score.value + rank.distance->value});
  if (rank.cutoff_below && rank.placed.tier != Tier::below)
    row(on.say("Nilai tertinggi {}", "Highest score {}", on.w(Tier::below)), *rank.cutoff_below);
}

std::string rank_title(const Telling& on) {
  return on.t("A. Yang menggerakkan peringkat", "A. What moved the rank");
}

// Why these people were ranked together.
std::string why_this_group(const Telling& on, const RankBranch& rank) {
  const std::string unit = on.unit(rank.placed.unit);
  std::string out;
  switch (rank.scope) {
    case RankingScope::unspecified: break;
    case RankingScope::unit:
      out = on.say("satu kelompok tiap unit kerja; pegawai ini pada hari terakhir periode: {}",
                   "one group a unit; this person on the period's last day: {}", unit);
      break;
    case RankingScope::unit_and_job_class:
      out = on.say(
          "satu kelompok tiap unit kerja dan kelas jabatan; pegawai ini pada hari terakhir "
          "periode: {}",
          "one group a unit and job class; this person on the period's last day: {}", unit);
      break;
    case RankingScope::appraiser:
      out = on.t("satu kelompok tiap pejabat penilai", "one group an appraiser");
      break;
    case RankingScope::job_class:
      return on.t("satu kelompok tiap kelas jabatan", "one group a job class");
    case RankingScope::agency:
      return on.t("seluruh instansi satu kelompok", "the whole agency is one group");
  }
  const auto named = unit_of_group(rank);
  const bool is_joined = named && *named != rank.placed.unit;
  return out + (is_joined ? on.say("; kelompok dengan kurang dari {} anggota bergabung ke atasnya",
                                   "; a group of fewer than {} members joins the one above it",
                                   rank.minimum_size)
                          : on.say("; paling sedikit {} anggota", "; of at least {} members",
                                   rank.minimum_size));
}

std::string names_of(const Telling& on, const std::vector<TieKey>& keys) {
  std::string out;
  for (const TieKey key : keys) out += (out.empty() ? "" : ", ") + on.w(key);
  return out;
}

// Somebody's decision placed this person, no score: by whom, by what, and in which event.
Paragraph decided_tie(const Telling& on, const TieBranch& one, const RankBranch& rank) {
  const Tier beyond = one.cutoff == Cutoff::above ? Tier::above : Tier::below;
  const std::string score = points(one.score, on.language);
  const std::string keys =
      rank.tie_keys.empty()
          ? on.t("dan peraturan tidak menyebut pembanding", "and the rules name nothing else")
          : on.say("dan pembanding yang sama pula ({})",
                   "and are equal in what would decide then ({})", names_of(on, rank.tie_keys));
  std::string out = on.say(
      "Nilai sama pada batas: {} anggota, termasuk pegawai ini, bernilai {} {}; tempat {} untuk "
      "mereka: {}. Yang menentukan bukan nilai melainkan keputusan pejabat: {} ({}), {} tanggal "
      "{}; {}. ",
      "A tie at the cut-off: {} members, this person among them, have the score {} {}; places {} "
      "for them: {}. Not the score decided but an official: {} ({}), {} of {}; {}. ",
      one.members, score, keys, on.w(beyond), one.places, one.decree.office,
      to_string(one.decree.signatory), one.decree.number, on.day(one.decree.date),
      on.event(one.resolved));
  out += one.chosen ? on.say("Pegawai ini dipilih untuk {}.", "This person was chosen for {}.",
                             on.w(beyond))
                    : on.say("Pegawai ini tidak dipilih untuk {}, jadi {}.",
                             "This person was not chosen for {}, and so {}.", on.w(beyond),
                             on.w(rank.placed.tier));
  return {std::move(out), true};
}

// What reports and attendance have to do with the rank.
Paragraph what_entered(const Telling& on, const RankBranch& rank) {
  const auto& keys = rank.tie_keys;
  std::string out = on.t(
      "Laporan harian tidak masuk ke nilai kinerja menurut peraturan ini: nilai berasal dari "
      "hasil kerja dan perilaku saja. ",
      "Daily reports did not enter the score under this regulation: it comes from work result "
      "and behaviour alone. ");
  if (keys.empty())
    out += on.t("Di antara nilai yang sama tidak ada pembanding: pejabat yang memutus.",
                "Nothing decides between equal scores: an official does.");
  else
    out += on.say("Di antara nilai yang sama berlaku berturut-turut: {}.",
                  "Between equal scores decide, in this order: {}.", names_of(on, keys));
  const bool attended = std::find(keys.begin(), keys.end(), TieKey::discipline) != keys.end();
  out += attended ? on.t(" Hanya di situ kehadiran ikut menentukan.",
                         " There alone attendance has a part.")
                  : on.t(" Kehadiran tidak ikut menentukan peringkat.",
                         " Attendance has no part in the rank.");
  return {std::move(out), false};
}

}  // namespace

std::string Telling::group(const RankBranch& rank) const {
  const std::size_t slash = rank.group.find('/');
  const auto class_of = [&](std::size_t at) {
    return say("kelas jabatan {}", "job class {}", rank.group.substr(at));
  };
  if (const auto named = unit_of_group(rank))
    return slash == std::string::npos ? unit(*named)
                                      : fmt::format("{}, {}", unit(*named), class_of(slash + 1));
  if (rank.scope == RankingScope::appraiser)
    return say("pejabat penilai {}", "appraiser {}", rank.group);
  if (rank.scope == RankingScope::job_class) return class_of(1);
  return rank.scope == RankingScope::agency ? t("seluruh instansi", "the whole agency")
                                            : rank.group;
}

Section unranked_section(const Telling& on, const UnrankedBranch& branch) {
  const std::string period = period_name(branch.period, on.language);
  const std::string place = branch.event == Sequence{} ? "" : " " + on.sequences({branch.event});
  return {rank_title(on),
          {Paragraph{on.say("Pegawai ini tidak diperingkat untuk {}: {}{}. Peringkat tidak "
                            "menambah atau mengurangi TPP bulan ini.",
                            "This person was not ranked for {}: {}{}. No rank adds to this "
                            "month's TPP or takes from it.",
                            period, on.w(branch.reason), place),
                     true}}};
}

Section rank_section(const Telling& on, const RankBranch& rank) {
  const Language in = on.language;
  Section out{rank_title(on), {}};
  FactList facts{{
      {on.t("Periode, kelompok", "Period, group"),
       on.say("{}, kelompok {} dengan {} anggota", "{}, group {} of {} members",
              period_name(rank.period, in), on.group(rank), rank.members)},
      {on.t("Mengapa kelompok ini", "Why this group"), why_this_group(on, rank)},
      {on.t("Nilai kinerja", "Score"),
       fmt::format("{}  ({} {}, {} {})", points(rank.placed.score, in), on.w(Quantity::result),
                   points(rank.placed.result, in), on.w(Quantity::behaviour),
                   points(rank.placed.behaviour, in))},
      {on.t("Peringkat", "Rank"), on.say("{} dari {} → {}", "{} of {} → {}", rank.placed.rank,
                                         rank.members, on.w(rank.placed.tier))},
      {on.t("Jatah kelompok", "Places"),
       on.say("{} {} ({} dari {}), {} {} ({} dari {})", "{} {} ({} of {}), {} {} ({} of {})",
              rank.above, on.w(Tier::above), percent(rank.shares.above, in), rank.members,
              rank.below, on.w(Tier::below), percent(rank.shares.below, in), rank.members)},
  }};
  cut_offs(on, rank, facts);
  facts.rows.emplace_back(on.t("Diumumkan", "Published"),
                          on.say("{} (#{}) menurut {}", "{} (#{}) under {}",
                                 on.day(rank.published_on), rank.published.value, rank.document));
  facts.rows.emplace_back(on.t("Akibat bulan ini", "Effect this month"),
                          fmt::format("{} = {}", percent(rank.delta, in), on.change(rank.amount)));
  out.blocks.emplace_back(std::move(facts));
  if (!rank.reproduced)
    out.blocks.emplace_back(
        Paragraph{on.t("PERINGATAN: kelompok ini dibagi ulang dan hasilnya berbeda dari yang "
                       "diumumkan. Jalankan `runut audit`.",
                       "WARNING: cut again this group differs from what was published. Run `runut "
                       "audit`."),
                  true});
  for (const TieBranch& one : rank.ties) out.blocks.emplace_back(decided_tie(on, one, rank));
  if (rank.by_result) out.blocks.emplace_back(avoidance(on, *rank.by_result, rank));
  if (rank.by_behaviour) out.blocks.emplace_back(avoidance(on, *rank.by_behaviour, rank));

  Table around;
  around.header = {on.t("Peringkat", "Rank"), on.t("Nilai", "Score"), on.t("Jenjang", "Tier"), ""};
  around.right = {true, true, false, false};
  for (const Neighbour& neighbour : rank.neighbours)
    around.rows.push_back({std::to_string(neighbour.rank), points(neighbour.score, in),
                           on.w(neighbour.tier),
                           neighbour.self ? on.t("← yang bersangkutan", "← this person") : ""});
  out.blocks.emplace_back(std::move(around));
  out.blocks.emplace_back(what_entered(on, rank));
  if (rank.by_decision_date)
    out.blocks.emplace_back(
        Paragraph{on.say("Periode {} diperingkat menurut {} karena aturan peringkat berlaku pada "
                         "tanggal pengumuman; pilihan ini "
                         "masih asumsi dan perlu dikonfirmasi kota.",
                         "The period {} was ranked under {} because ranking rules apply by the "
                         "date of publication; that "
                         "choice is an assumption which the city must confirm.",
                         period_name(rank.period, in), rank.document)});
  if (rank.ranking.quantity == Quantity::ranking) out.blocks.emplace_back(on.tree(rank.ranking));
  for (const Derivation& node : rank.score) out.blocks.emplace_back(on.tree(node));
  return out;
}

}  // namespace runut
