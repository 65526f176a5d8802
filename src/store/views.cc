#include "store/views.h"

#include <set>
#include <utility>

namespace runut {
namespace {

constexpr std::string_view table_family = "views";
constexpr std::string_view view_prefix = "view.";

// view.<projection>.<version>.<generation>
std::string family_name(std::string_view projection, std::uint32_t version,
                        std::uint32_t generation) {
  return std::string(view_prefix) + std::string(projection) + "." + std::to_string(version) + "." +
         std::to_string(generation);
}
bool is_of_version(std::string_view family, const Projection& projection) {
  return family.starts_with(std::string(view_prefix) + std::string(projection.name) + "." +
                            std::to_string(projection.version) + ".");
}

// A row of the table: generation(4), then the names, each ended by a line feed.
struct TableRow {
  std::uint32_t generation = 0;
  std::string current;
  std::string candidate;
};
Bytes encode_row(const TableRow& row) {
  Bytes out;
  append_u32(out, row.generation);
  return out + row.current + '\n' + row.candidate + '\n';
}
Result<TableRow> decode_row(BytesView projection, BytesView value) {
  const std::size_t first = value.size() < 4 ? BytesView::npos : value.find('\n', 4);
  const std::size_t second =
      first == BytesView::npos ? BytesView::npos : value.find('\n', first + 1);
  if (second != value.size() - 1)
    return fail(Error{ErrorCode::corrupt, "views.table", "projection", std::string(projection),
                      "the table of views is damaged"});
  return TableRow{read_u32(value), std::string(value.substr(4, first - 4)),
                  std::string(value.substr(first + 1, second - first - 1))};
}

tl::unexpected<Error> no_projection(std::string_view name) {
  return fail(Error{ErrorCode::not_found,
                    {},
                    "projection",
                    std::string(name),
                    "there is no projection of this name"});
}

Result<ViewPosition> position_of(const View& view, const StoreMoment* moment) {
  RUNUT_ASSIGN(const std::optional<Bytes> row,
               view.store().get(view.family(), view_position_key, moment));
  if (!row) return ViewPosition{};
  if (row->size() != 8 + Hash256::size)
    return fail(Error{ErrorCode::corrupt, "view.position", "view", view.family_name(),
                      "the position of the view is damaged; rebuild it"});
  return ViewPosition{Sequence{read_u64(*row)}, Hash256::from(BytesView(*row).substr(8))};
}

}  // namespace

View::~View() {
  // A failure leaves a family that no table names: the next opening drops it.
  if (retired_) (void)store_->drop_family(family_name_);
}

Bytes encode(const ViewPosition& position) {
  Bytes out;
  append_u64(out, position.sequence.value);
  out.append(position.leaf.view());
  return out;
}

Result<ViewPosition> read_position(const View& view) {
  return position_of(view, nullptr);
}

Result<std::shared_ptr<Views>> Views::open(std::shared_ptr<Store> store,
                                           const std::vector<Projection>& projections) {
  std::shared_ptr<Views> views(new Views(std::move(store)));
  RUNUT_ASSIGN(views->table_, views->store_->create_family({std::string(table_family)}));
  RUNUT_TRY(views->load());
  views->drop_unnamed();
  RUNUT_TRY(views->add_missing(projections));
  return views;
}

bool holds(const View& view, const Projection& projection) {
  return view.family_name().starts_with("view." + std::string(projection.name) + "." +
                                        std::to_string(projection.version) + ".");
}

Result<std::shared_ptr<Views>> Views::attach(std::shared_ptr<Store> store) {
  std::shared_ptr<Views> views(new Views(std::move(store)));
  const std::optional<Family> table = views->store_->family(table_family);
  if (!table)
    return fail(Error{ErrorCode::not_found,
                      {},
                      "directory",
                      views->store_->directory(),
                      "nothing has been projected in this directory yet"});
  views->table_ = *table;
  RUNUT_TRY(views->load());
  return views;
}

Status Views::load() {
  StoreIterator at = store_->iterate(table_);
  for (at.seek_to_first(); at.valid(); at.next()) {
    RUNUT_ASSIGN(const TableRow row, decode_row(at.key(), at.value()));
    Entry entry;
    entry.generation = row.generation;
    RUNUT_ASSIGN(entry.current, view(row.current));
    RUNUT_ASSIGN(entry.candidate, view(row.candidate));
    entries_.emplace(at.key(), std::move(entry));
  }
  return at.status();
}

// Null when the table names none, or one that is gone: as if nothing had been folded.
Result<ViewPtr> Views::view(std::string name) {
  if (name.empty()) return ViewPtr();
  const std::optional<Family> family = store_->family(name);
  if (!family) return ViewPtr();
  return ViewPtr(std::make_shared<View>(store_, *family, std::move(name)));
}

// What is missing, all at once: for each call the store writes its options anew, and reads them
// back.
Status Views::add_missing(const std::vector<Projection>& projections) {
  struct Missing {
    std::string_view projection;
    Entry* entry;
  };
  std::vector<Missing> missing;
  std::vector<FamilyOptions> wanted;
  for (const Projection& projection : projections) {
    Entry& entry = entries_[std::string(projection.name)];
    if (entry.current && is_of_version(entry.current->family_name(), projection)) continue;
    wanted.push_back({family_name(projection.name, projection.version, ++entry.generation)});
    missing.push_back({projection.name, &entry});
  }
  if (missing.empty()) return {};
  RUNUT_ASSIGN(const std::vector<Family> families, store_->create_families(wanted));
  // What was there cannot be kept up by this version's fold, nor read by its lookups.
  std::vector<ViewPtr> old;
  StoreBatch batch;
  for (std::size_t i = 0; i < missing.size(); ++i) {
    Entry& entry = *missing[i].entry;
    old.push_back(
        std::exchange(entry.current, std::make_shared<View>(store_, families[i], wanted[i].name)));
    old.push_back(std::exchange(entry.candidate, nullptr));
    stage(batch, missing[i].projection, entry);
  }
  RUNUT_TRY(store_->write(batch, Durability::synced));
  for (ViewPtr& view : old) retire(view);
  return {};
}

void Views::drop_unnamed() {
  std::set<std::string> named;
  for (const auto& [projection, entry] : entries_)
    for (const ViewPtr& view : {entry.current, entry.candidate})
      if (view) named.insert(view->family_name());
  for (const std::string& family : store_->families())
    if (family.starts_with(view_prefix) && !named.contains(family))
      (void)store_->drop_family(family);  // tried again at the next opening
}

void Views::stage(StoreBatch& batch, std::string_view projection, const Entry& entry) const {
  const TableRow row{entry.generation, entry.current ? entry.current->family_name() : "",
                     entry.candidate ? entry.candidate->family_name() : ""};
  batch.put(table_, projection, encode_row(row));
}

Status Views::save(std::string_view projection, const Entry& entry) {
  StoreBatch batch;
  stage(batch, projection, entry);
  return store_->write(batch, Durability::synced);
}

Result<Views::Entry*> Views::find(std::string_view projection) {
  const auto found = entries_.find(projection);
  if (found == entries_.end() || !found->second.current) return no_projection(projection);
  return &found->second;
}

Result<ViewPtr> Views::current(std::string_view projection) const {
  const std::lock_guard lock(mutex_);
  RUNUT_ASSIGN(const Entry* entry, const_cast<Views*>(this)->find(projection));
  return entry->current;
}

Result<ViewPtr> Views::candidate(std::string_view projection) const {
  const std::lock_guard lock(mutex_);
  RUNUT_ASSIGN(const Entry* entry, const_cast<Views*>(this)->find(projection));
  return entry->candidate;
}

Result<std::vector<ViewPtr>> Views::create_candidates(const std::vector<std::string>& projections) {
  const std::lock_guard lock(mutex_);
  std::vector<Entry*> entries;
  std::vector<FamilyOptions> wanted;
  for (const std::string& projection : projections) {
    RUNUT_ASSIGN(Entry* const entry, find(projection));
    const std::string& serving = entry->current->family_name();
    const std::string stem = serving.substr(0, serving.rfind('.') + 1);
    wanted.push_back({.name = stem + std::to_string(++entry->generation), .compacts = false});
    entries.push_back(entry);
  }
  RUNUT_ASSIGN(const std::vector<Family> families, store_->create_families(wanted));
  StoreBatch batch;
  std::vector<ViewPtr> candidates;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    candidates.push_back(std::make_shared<View>(store_, families[i], wanted[i].name));
    Entry with_candidate = *entries[i];
    with_candidate.candidate = candidates.back();
    stage(batch, projections[i], with_candidate);
  }
  RUNUT_TRY(store_->write(batch, Durability::synced));
  for (std::size_t i = 0; i < entries.size(); ++i) {
    retire(entries[i]->candidate);
    entries[i]->candidate = candidates[i];
  }
  return candidates;
}

Status Views::promote(std::string_view projection) {
  const std::lock_guard lock(mutex_);
  RUNUT_ASSIGN(Entry * entry, find(projection));
  if (!entry->candidate)
    return fail(Error{ErrorCode::not_found,
                      {},
                      "projection",
                      std::string(projection),
                      "there is no rebuilt view to promote"});
  Entry promoted = *entry;
  promoted.current = std::move(promoted.candidate);
  promoted.candidate = nullptr;
  RUNUT_TRY(save(projection, promoted));
  RUNUT_TRY(store_->start_compacting(promoted.current->family()));
  ViewPtr old = std::move(entry->current);
  *entry = std::move(promoted);
  retire(old);
  return {};
}

Status Views::discard_candidate(std::string_view projection) {
  const std::lock_guard lock(mutex_);
  RUNUT_ASSIGN(Entry * entry, find(projection));
  if (!entry->candidate) return {};
  Entry kept = *entry;
  kept.candidate = nullptr;
  RUNUT_TRY(save(projection, kept));
  retire(entry->candidate);
  return {};
}

void Views::retire(ViewPtr& view) {
  if (view) const_cast<View&>(*view).retired_ = true;
  view = nullptr;
}

// The moment goes before the views, and those before their stores.
struct PinnedViews::Pinned {
  std::map<std::string, ViewPtr, std::less<>> views;
  std::unique_ptr<const StoreMoment> moment;
};

PinnedViews Views::pin() const {
  auto pinned = std::make_shared<PinnedViews::Pinned>();
  // No promotion comes between the views and the moment.
  const std::lock_guard lock(mutex_);
  for (const auto& [name, entry] : entries_)
    if (entry.current) pinned->views.emplace(name, entry.current);
  pinned->moment = store_->moment();
  PinnedViews out;
  out.pinned_ = std::move(pinned);
  return out;
}

Result<ViewPosition> PinnedViews::position(std::string_view projection) const {
  const auto found = pinned_->views.find(projection);
  if (found == pinned_->views.end()) return no_projection(projection);
  return position_of(*found->second, pinned_->moment.get());
}

Result<std::unique_ptr<RowReader>> PinnedViews::rows(std::string_view projection) const {
  const auto found = pinned_->views.find(projection);
  if (found == pinned_->views.end()) return no_projection(projection);
  return std::make_unique<ViewRows>(
      found->second, std::shared_ptr<const StoreMoment>(pinned_, pinned_->moment.get()));
}

Result<std::optional<Bytes>> ViewRows::get(BytesView key) const {
  return view_->store().get(view_->family(), key, moment_.get());
}
Status ViewRows::scan(BytesView from, BytesView until, const RowVisitor& visit) const {
  return visit_rows(from, until, false, visit);
}
Status ViewRows::scan_parts(BytesView from, BytesView until, const RowVisitor& visit) const {
  RUNUT_CHECK(from.size() == until.size() && from.size() > 4 &&
                  from.substr(0, from.size() - 4) == until.substr(0, until.size() - 4),
              "these are no parts of one thing");
  return visit_rows(from, until, true, visit);
}
Status ViewRows::visit_rows(BytesView from, BytesView until, bool parts_of_one,
                            const RowVisitor& visit) const {
  StoreIterator at = view_->store().iterate(
      view_->family(), {.moment = moment_.get(), .until = until, .parts_of_one = parts_of_one});
  for (at.seek(from); at.valid() && at.key() < until; at.next())
    if (at.key() != view_position_key) RUNUT_TRY(visit(at.key(), at.value()));
  return at.status();
}
Result<std::optional<Bytes>> ViewRows::last_key(BytesView from, BytesView until) const {
  StoreIterator at = view_->store().iterate(view_->family(), {.moment = moment_.get()});
  at.seek_for_prev(until);
  if (at.valid() && at.key() == until) at.previous();
  if (!at.valid()) return at.status().map([] { return std::optional<Bytes>{}; });
  return at.key() < from ? std::optional<Bytes>{} : std::optional<Bytes>(at.key());
}

Result<std::optional<Bytes>> CurrentRows::get(BytesView key) const {
  RUNUT_ASSIGN(ViewPtr view, views_->current(projection_));
  return ViewRows(std::move(view)).get(key);
}
Status CurrentRows::scan(BytesView from, BytesView until, const RowVisitor& visit) const {
  RUNUT_ASSIGN(ViewPtr view, views_->current(projection_));
  return ViewRows(std::move(view)).scan(from, until, visit);
}
Status CurrentRows::scan_parts(BytesView from, BytesView until, const RowVisitor& visit) const {
  RUNUT_ASSIGN(ViewPtr view, views_->current(projection_));
  return ViewRows(std::move(view)).scan_parts(from, until, visit);
}
Result<std::optional<Bytes>> CurrentRows::last_key(BytesView from, BytesView until) const {
  RUNUT_ASSIGN(ViewPtr view, views_->current(projection_));
  return ViewRows(std::move(view)).last_key(from, until);
}

}  // namespace runut
