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
    facts.rows.emplace_back(std::move(name),
                            on.say("{}, berjarak {} dari nilai ini", "{}, {} away from this score",
                                   points(score, on.language), away(score)));
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

}  // namespace

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
              period_name(rank.period, in), rank.group, rank.members)},
      {on.t("Nilai kinerja", "Score"),
       fmt::format("{}  ({} {}, {} {})", points(rank.placed.score, in), on.w(Quantity::result),
                   points(rank.placed.result, in), on.w(Quantity::behaviour),
                   points(rank.placed.behaviour, in))},
      {on.t("Peringkat", "Rank"), on.say("{} dari {} → {}", "{} of {} → {}", rank.placed.rank,
                                         rank.members, on.w(rank.placed.tier))},
      {on.t("Jatah kelompok", "Places"),
       fmt::format("{} {}, {} {}", rank.above, on.w(Tier::above), rank.below, on.w(Tier::below))},
  }};
  cut_offs(on, rank, facts);
  facts.rows.emplace_back(on.t("Diumumkan", "Published"),
                          on.say("{} (#{}) menurut {}", "{} (#{}) under {}",
                                 on.day(rank.published_on), rank.published.value, rank.document));
  facts.rows.emplace_back(on.t("Akibat bulan ini", "Effect this month"),
                          fmt::format("{} = {}", percent(rank.delta, in), on.change(rank.amount)));
  out.blocks.emplace_back(std::move(facts));
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
  out.blocks.emplace_back(
      Paragraph{on.t("Laporan harian tidak masuk ke nilai kinerja menurut peraturan ini: nilai "
                     "berasal dari hasil kerja dan "
                     "perilaku saja. Kehadiran hanya menjadi pembanding terakhir bila nilai sama.",
                     "Daily reports did not enter the score under this regulation: it comes from "
                     "work result and behaviour "
                     "alone. Attendance only decides between equal scores.")});
  if (rank.by_decision_date)
    out.blocks.emplace_back(
        Paragraph{on.say("Periode {} diperingkat menurut {} karena aturan peringkat berlaku pada "
                         "tanggal pengumuman; pilihan ini "
                         "masih asumsi dan perlu dikonfirmasi kota.",
                         "The period {} was ranked under {} because ranking rules apply by the "
                         "date of publication; that "
                         "choice is an assumption which the city must confirm.",
                         period_name(rank.period, in), rank.document)});
  for (const Derivation& node : rank.score) out.blocks.emplace_back(on.tree(node));
  return out;
}

}  // namespace runut
