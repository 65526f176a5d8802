// Which column family holds the rows of each projection: the one that serves, and during a rebuild
// the one beside it. A table in the family `views` says so, durably; every family that it does not
// name is a left-over of a crash and is dropped at opening.
//
// Readers pin what they read: a family is dropped only when its last reader has let go.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "projections/projection.h"
#include "store/store.h"

namespace runut {

// One family of rows. Shared; the last holder of a retired one drops it.
class View {
 public:
  View(std::shared_ptr<Store> store, Family family, std::string family_name)
      : store_(std::move(store)), family_(family), family_name_(std::move(family_name)) {}
  ~View();
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  [[nodiscard]] const Store& store() const { return *store_; }
  [[nodiscard]] Family family() const { return family_; }
  [[nodiscard]] const std::string& family_name() const { return family_name_; }

 private:
  friend class Views;
  std::shared_ptr<Store> store_;
  Family family_;
  std::string family_name_;
  std::atomic<bool> retired_{false};
};
using ViewPtr = std::shared_ptr<const View>;

// How far a view has folded: written in the batch of the rows, in the row "\0" of its family.
struct ViewPosition {
  Sequence sequence;  // 0: nothing yet
  Hash256 leaf;       // of that event: tells another history from this one
  friend bool operator==(const ViewPosition&, const ViewPosition&) = default;
};
inline constexpr BytesView view_position_key{"\0", 1};
[[nodiscard]] Bytes encode(const ViewPosition& position);
[[nodiscard]] Result<ViewPosition> read_position(const View& view);

// Every view that served at one moment, as it stood then, whatever is folded or rebuilt afterwards:
// an answer that reads several rows, or several views, reads them all here. Hold it for one answer.
// Thread-safe.
class PinnedViews {
 public:
  // not_found: no such projection here.
  [[nodiscard]] Result<ViewPosition> position(std::string_view projection) const;
  // They hold what they need of this object.
  [[nodiscard]] Result<std::unique_ptr<RowReader>> rows(std::string_view projection) const;

 private:
  friend class Views;
  struct Pinned;
  std::shared_ptr<const Pinned> pinned_;
};

// The rows of an older or newer version of a projection are not for this program.
[[nodiscard]] bool holds(const View& view, const Projection& projection);

// Thread-safe.
class Views {
 public:
  // Makes what is missing, and starts a projection whose version has changed from nothing.
  [[nodiscard]] static Result<std::shared_ptr<Views>> open(
      std::shared_ptr<Store> store, const std::vector<Projection>& projections);
  // Changes nothing: for a store that was opened for reading only.
  [[nodiscard]] static Result<std::shared_ptr<Views>> attach(std::shared_ptr<Store> store);

  // not_found: no such projection here.
  [[nodiscard]] Result<ViewPtr> current(std::string_view projection) const;
  [[nodiscard]] PinnedViews pin() const;
  // The view beside the current one; null when there is none.
  [[nodiscard]] Result<ViewPtr> candidate(std::string_view projection) const;

  // An empty view beside each current one, in place of an earlier candidate.
  [[nodiscard]] Result<std::vector<ViewPtr>> create_candidates(
      const std::vector<std::string>& projections);
  // The candidate serves from here on, the view before it is dropped. Durable on return.
  [[nodiscard]] Status promote(std::string_view projection);
  [[nodiscard]] Status discard_candidate(std::string_view projection);

 private:
  struct Entry {
    ViewPtr current;
    ViewPtr candidate;
    std::uint32_t generation = 0;  // of the newest family
  };
  explicit Views(std::shared_ptr<Store> store) : store_(std::move(store)) {}
  Status load();
  Status add_missing(const std::vector<Projection>& projections);
  void drop_unnamed();
  void stage(StoreBatch& batch, std::string_view projection, const Entry& entry) const;
  [[nodiscard]] Status save(std::string_view projection, const Entry& entry);
  [[nodiscard]] Result<Entry*> find(std::string_view projection);
  [[nodiscard]] Result<ViewPtr> view(std::string name);
  static void retire(ViewPtr& view);

  std::shared_ptr<Store> store_;
  Family table_;
  mutable std::mutex mutex_;
  std::map<std::string, Entry, std::less<>> entries_;
};

// Rows of a view, pinned; without a moment: as of each call.
class ViewRows final : public RowReader {
 public:
  explicit ViewRows(ViewPtr view, std::shared_ptr<const StoreMoment> moment = nullptr)
      : view_(std::move(view)), moment_(std::move(moment)) {}
  [[nodiscard]] Result<std::optional<Bytes>> get(BytesView key) const override;
  [[nodiscard]] Status scan(BytesView from, BytesView until,
                            const RowVisitor& visit) const override;
  [[nodiscard]] Status scan_parts(BytesView from, BytesView until,
                                  const RowVisitor& visit) const override;
  [[nodiscard]] Result<std::optional<Bytes>> last_key(BytesView from,
                                                      BytesView until) const override;

 private:
  [[nodiscard]] Status visit_rows(BytesView from, BytesView until, bool parts_of_one,
                                  const RowVisitor& visit) const;

  ViewPtr view_;
  std::shared_ptr<const StoreMoment> moment_;
};

// Rows of whichever view serves at the moment of the call.
class CurrentRows final : public RowReader {
 public:
  CurrentRows(std::shared_ptr<const Views> views, std::string projection)
      : views_(std::move(views)), projection_(std::move(projection)) {}
  [[nodiscard]] Result<std::optional<Bytes>> get(BytesView key) const override;
  [[nodiscard]] Status scan(BytesView from, BytesView until,
                            const RowVisitor& visit) const override;
  [[nodiscard]] Status scan_parts(BytesView from, BytesView until,
                                  const RowVisitor& visit) const override;
  [[nodiscard]] Result<std::optional<Bytes>> last_key(BytesView from,
                                                      BytesView until) const override;

 private:
  std::shared_ptr<const Views> views_;
  std::string projection_;
};

}  // namespace runut
