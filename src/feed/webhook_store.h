// The endpoints and how far each is, durable. A store of its own beside the ledger: what is rebuilt
// from the log never touches it, so a rebuild sends nothing again; a copy or a restored backup of
// the ledger has none, so it sends nothing at all.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "feed/webhook.h"
#include "store/store.h"

namespace runut::feed {

// Secrets lie in it as they are: its directory can be entered by its owner alone.
inline constexpr std::string_view webhook_directory = "webhooks";  // in the ledger's own

// Thread-safe. Every change is on the disk when it returns, unless it says otherwise.
class WebhookStore {
 public:
  enum class Access : std::uint8_t {
    read_write,  // one process; made when missing
    read_only,   // the state at opening, beside whoever writes; empty when there is none
  };
  // unavailable with the rule webhook.locked: another process (the service) has it.
  [[nodiscard]] static Result<std::unique_ptr<WebhookStore>> open(const std::string& directory,
                                                                  Access access);

  [[nodiscard]] std::vector<EndpointStatus> list() const;
  // not_found: webhook.unknown; so do all that name an endpoint.
  [[nodiscard]] Result<EndpointStatus> find(std::string_view id) const;
  [[nodiscard]] Result<std::vector<ParkedEvent>> parked(std::string_view id) const;

  // exhausted, webhook.too_many: `endpoints_max` are there.
  [[nodiscard]] Status add(const Endpoint& endpoint, Sequence cursor);
  // `change` gets a copy; when it fails nothing is changed. An endpoint that becomes active begins
  // to count its attempts anew. `version`: only while it has this one; else conflict,
  // webhook.version.
  using Version = std::optional<std::uint32_t>;
  [[nodiscard]] Result<EndpointStatus> change(std::string_view id,
                                              const std::function<Status(Endpoint&)>& change,
                                              Version version = {});
  [[nodiscard]] Status remove(std::string_view id, Version version = {});
  // The parked event, or all of them, are to be delivered again, once, before the queue goes on;
  // what fails stays parked. Returns how many. not_found: webhook.not_parked.
  [[nodiscard]] Result<std::size_t> replay(std::string_view id, std::optional<Sequence> only);

  // The first that is to be delivered again.
  [[nodiscard]] std::optional<ParkedEvent> to_replay(std::string_view id) const;

  // For whoever delivers. The endpoint answered 2xx, so its cursor is behind `sequence`.
  [[nodiscard]] Status delivered(std::string_view id, Sequence sequence, Instant now);
  // Nothing up to `seen` passes: not synced, for looking again costs nothing but time.
  [[nodiscard]] Status passed_over(std::string_view id, Sequence seen);
  // Not synced either; returns the attempts made so far.
  [[nodiscard]] Result<std::uint32_t> failed(std::string_view id, std::string error, Instant now);
  // The cursor is behind it from now on.
  [[nodiscard]] Status park(std::string_view id, const ParkedEvent& event);
  [[nodiscard]] Status parked_delivered(std::string_view id, Sequence sequence, Instant now);
  [[nodiscard]] Status parked_failed(std::string_view id, const ParkedEvent& event);

  // Called after each change that somebody asked for, with the endpoint's id, outside of locks;
  // null: nobody is told. What it uses outlives the changes that others ask for.
  void on_change(std::function<void(const std::string&)> told);

  static constexpr std::size_t endpoints_max = 1'000;

 private:
  struct Entry {
    Endpoint endpoint;
    Progress progress;
    std::map<Sequence, ParkedEvent> parked;
  };
  WebhookStore() = default;
  [[nodiscard]] Status load();
  [[nodiscard]] Result<Entry*> entry(std::string_view id);
  [[nodiscard]] Status write(StoreBatch& batch, Durability durability);
  [[nodiscard]] Status save_progress(const std::string& id, const Progress& progress,
                                     Durability durability, Entry& entry);
  void tell(const std::string& id) const;

  std::unique_ptr<Store> store_;  // null: read_only, and there is none
  Family endpoints_;              // id -> Endpoint
  Family progress_;               // id -> Progress
  Family parked_;                 // id, sequence u64 -> ParkedEvent
  std::function<void(const std::string&)> told_;
  mutable std::mutex mutex_;
  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace runut::feed
