#include "projections/merit.h"

#include <algorithm>

#include "projections/folder.h"
#include "projections/lookup.h"

namespace runut::merit {
namespace {

// `hash`: of the document or of the bundle; `aspects`: of evidence the one, without points.
struct Change {
  EventType type{};
  Date on;
  std::vector<MeritAspectPoints> aspects;
  std::uint32_t number = 0;  // the total, of a bundle its documents
  Hash256 hash;
  std::string assessor;
  RUNUT_FIELDS(Change, type, on, aspects, number, hash, assessor)
};

Change of(const MeritEvidenceAttached& e) {
  return {{}, {}, {{e.aspect, 0}}, 0, e.document, {}};
}
Change of(const MeritSelfAssessed& e) {
  return {{}, {}, e.aspects, e.total_hundredths, {}, {}};
}
Change of(const MeritScoreReceived& e) {
  return {{}, {}, {}, e.total_hundredths, {}, e.assessor};
}
Change of(const EvidenceBundleSealed& e) {
  return {{}, {}, {}, e.documents, e.bundle, {}};
}

void add_change(Year& year, Sequence sequence, Change change) {
  switch (change.type) {
    case EventType::MeritEvidenceAttached:
      for (const MeritAspectPoints& one : change.aspects)
        year.evidence.push_back({one.aspect, change.hash, sequence});
      break;
    case EventType::MeritSelfAssessed:
      year.assessed = Assessment{std::move(change.aspects), change.number, change.on, sequence};
      break;
    case EventType::MeritScoreReceived:
      year.received = Score{std::move(change.assessor), change.number, change.on, sequence};
      break;
    case EventType::EvidenceBundleSealed:
      year.sealed = Bundle{change.number, change.hash, sequence};
      break;
    default: break;
  }
}

Result<std::vector<Year>> years_from(const RowReader& rows, BytesView prefix) {
  std::vector<Year> out;
  RUNUT_TRY(each_row<Change>(rows, prefix, [&](KeyCursor key, Change change) {
    const std::uint32_t year = key.u32();
    if (out.empty() || out.back().year != year) {
      out.emplace_back();
      out.back().year = year;
    }
    add_change(out.back(), key.sequence(), std::move(change));
  }));
  return out;
}

struct Folder {
  const FoldInput& input;
  Rows& rows;

  template <class P>
  requires requires(const P& e) { of(e); }
  void operator()(const P& e) {
    Change change = of(e);
    change.type = event_type_of<P>;
    change.on = input.event.occurred_on;
    put_row(rows, Key('m').u32(e.year).sequence(input.event.sequence), change);
  }
};

}  // namespace

std::size_t Year::documents_of(MeritAspect aspect) const {
  return static_cast<std::size_t>(std::count_if(
      evidence.begin(), evidence.end(), [&](const Evidence& one) { return one.aspect == aspect; }));
}

constexpr EventSet events = events_of<Folder>();

Status fold(const FoldInput& input, Rows& rows) {
  return fold_with<Folder>(input, rows);
}

Result<std::optional<Year>> find(const RowReader& rows, std::uint32_t year) {
  RUNUT_ASSIGN(auto found, years_from(rows, Key('m').u32(year)));
  if (found.empty()) return std::optional<Year>();
  return std::optional<Year>(std::move(found.front()));
}

Result<std::vector<Year>> all(const RowReader& rows) {
  return years_from(rows, Key('m'));
}

}  // namespace runut::merit
