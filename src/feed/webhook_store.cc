#include "feed/webhook_store.h"

#include <filesystem>

#include "feed/webhook_records.h"

namespace runut::feed {
namespace {

namespace fs = std::filesystem;

Bytes parked_key(std::string_view id, Sequence sequence) {
  Bytes key(id);
  key += '/';
  append_u64(key, sequence.value);
  return key;
}

tl::unexpected<Error> unknown_endpoint(std::string_view id) {
  return fail(Error{ErrorCode::not_found, "webhook.unknown", "id", std::string(id.substr(0, 80)),
                    "there is no webhook of this id"});
}

Status check_version(const Endpoint& endpoint, WebhookStore::Version expected) {
  if (!expected || *expected == endpoint.version) return {};
  return fail(Error{ErrorCode::conflict, "webhook.version", "version", std::to_string(*expected),
                    "it has the version " + std::to_string(endpoint.version) + " now"});
}

Error as_locked(Error error, const std::string& directory) {
  if (error.code != ErrorCode::unavailable) return error;
  return Error{ErrorCode::unavailable, "webhook.locked", "directory", directory,
               "another process has the webhooks, most likely the service: ask it, by "
               "/v1/{agency}/webhooks (" +
                   error.message + ")"};
}

}  // namespace

Result<std::unique_ptr<WebhookStore>> WebhookStore::open(const std::string& directory,
                                                         Access access) {
  std::unique_ptr<WebhookStore> out(new WebhookStore());
  std::error_code failure;
  const bool exists = fs::exists(fs::path(directory) / "CURRENT", failure);
  if (access == Access::read_only && !exists) return out;
  if (access == Access::read_write) {
    fs::create_directories(directory, failure);
    if (!failure) fs::permissions(directory, fs::perms::owner_all, failure);
    if (failure)
      return fail(Error{ErrorCode::unavailable,
                        {},
                        "directory",
                        directory,
                        "it cannot be made, or not be closed to others: " + failure.message()});
  }
  auto store = Store::open(
      {.directory = directory,
       .families = {{"endpoints"}, {"progress"}, {"parked"}},
       .access = access == Access::read_write ? StoreAccess::read_write : StoreAccess::read_only,
       .write_buffer_bytes = std::size_t{1} << 20});
  if (!store) return fail(as_locked(store.error(), directory));
  out->store_ = std::move(*store);
  RUNUT_TRY(out->load());
  return out;
}

Status WebhookStore::load() {
  endpoints_ = *store_->family("endpoints");
  progress_ = *store_->family("progress");
  parked_ = *store_->family("parked");
  auto at = store_->iterate(endpoints_);
  for (at.seek_to_first(); at.valid(); at.next()) {
    Entry entry;
    RUNUT_ASSIGN(entry.endpoint, read_stored_endpoint(at.key(), at.value()));
    RUNUT_ASSIGN(const std::optional<Bytes> progress, store_->get(progress_, at.key()));
    if (progress) {
      RUNUT_ASSIGN(entry.progress, read_stored_progress(*progress));
    }
    entries_.emplace(at.key(), std::move(entry));
  }
  RUNUT_TRY(at.status());
  auto parked = store_->iterate(parked_);
  for (parked.seek_to_first(); parked.valid(); parked.next()) {
    const BytesView key = parked.key();
    if (key.size() < 9)
      return fail(ErrorCode::corrupt, "a parked event's row is not what was written");
    const auto entry = entries_.find(key.substr(0, key.size() - 9));
    if (entry == entries_.end()) continue;
    const Sequence sequence{read_u64(key.substr(key.size() - 8))};
    RUNUT_ASSIGN(entry->second.parked[sequence], read_stored_parked(sequence, parked.value()));
  }
  return parked.status();
}

Result<WebhookStore::Entry*> WebhookStore::entry(std::string_view id) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return unknown_endpoint(id);
  return &found->second;
}

Status WebhookStore::write(StoreBatch& batch, Durability durability) {
  RUNUT_CHECK(store_ != nullptr, "a store that is read only is not written to");
  return store_->write(batch, durability);
}

void WebhookStore::on_change(std::function<void(const std::string&)> told) {
  const std::lock_guard lock(mutex_);
  told_ = std::move(told);
}

void WebhookStore::tell(const std::string& id) const {
  std::function<void(const std::string&)> told;
  {
    const std::lock_guard lock(mutex_);
    told = told_;
  }
  if (told) told(id);
}

std::optional<ParkedEvent> WebhookStore::to_replay(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(id);
  if (found == entries_.end()) return std::nullopt;
  for (const auto& [sequence, event] : found->second.parked)
    if (event.again) return event;
  return std::nullopt;
}

std::vector<EndpointStatus> WebhookStore::list() const {
  const std::lock_guard lock(mutex_);
  std::vector<EndpointStatus> out;
  for (const auto& [id, entry] : entries_)
    out.push_back({entry.endpoint, entry.progress, entry.parked.size()});
  return out;
}

Result<EndpointStatus> WebhookStore::find(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(id);
  if (found == entries_.end()) return unknown_endpoint(id);
  const Entry& entry = found->second;
  return EndpointStatus{entry.endpoint, entry.progress, entry.parked.size()};
}

Result<std::vector<ParkedEvent>> WebhookStore::parked(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(id);
  if (found == entries_.end()) return unknown_endpoint(id);
  std::vector<ParkedEvent> out;
  for (const auto& [sequence, event] : found->second.parked) out.push_back(event);
  return out;
}

Status WebhookStore::add(const Endpoint& endpoint, Sequence cursor) {
  {
    const std::lock_guard lock(mutex_);
    if (entries_.size() >= endpoints_max)
      return fail(Error{ErrorCode::exhausted, "webhook.too_many", "id", endpoint.id,
                        "there are " + std::to_string(endpoints_max) + " webhooks already"});
    Entry entry;
    entry.endpoint = endpoint;
    entry.progress.cursor = cursor;
    StoreBatch batch;
    batch.put(endpoints_, endpoint.id, stored_endpoint(endpoint));
    batch.put(progress_, endpoint.id, stored_progress(entry.progress));
    RUNUT_TRY(write(batch, Durability::synced));
    entries_.insert_or_assign(endpoint.id, std::move(entry));
  }
  tell(endpoint.id);
  return {};
}

Result<EndpointStatus> WebhookStore::change(std::string_view id,
                                            const std::function<Status(Endpoint&)>& change,
                                            Version version) {
  EndpointStatus out;
  {
    const std::lock_guard lock(mutex_);
    RUNUT_ASSIGN(Entry * found, entry(id));
    RUNUT_TRY(check_version(found->endpoint, version));
    Endpoint endpoint = found->endpoint;
    RUNUT_TRY(change(endpoint));
    endpoint.version = found->endpoint.version + 1;
    Progress progress = found->progress;
    if (endpoint.state == EndpointState::active && found->endpoint.state != endpoint.state)
      progress.attempts = 0;
    StoreBatch batch;
    batch.put(endpoints_, id, stored_endpoint(endpoint));
    batch.put(progress_, id, stored_progress(progress));
    RUNUT_TRY(write(batch, Durability::synced));
    found->endpoint = std::move(endpoint);
    found->progress = std::move(progress);
    out = {found->endpoint, found->progress, found->parked.size()};
  }
  tell(out.endpoint.id);
  return out;
}

Status WebhookStore::remove(std::string_view id, Version version) {
  {
    const std::lock_guard lock(mutex_);
    RUNUT_ASSIGN(const Entry* found, entry(id));
    RUNUT_TRY(check_version(found->endpoint, version));
    StoreBatch batch;
    batch.erase(endpoints_, id);
    batch.erase(progress_, id);
    for (const auto& [sequence, event] : found->parked)
      batch.erase(parked_, parked_key(id, sequence));
    RUNUT_TRY(write(batch, Durability::synced));
    entries_.erase(entries_.find(id));
  }
  tell(std::string(id));
  return {};
}

Result<std::size_t> WebhookStore::replay(std::string_view id, std::optional<Sequence> only) {
  std::size_t count = 0;
  {
    const std::lock_guard lock(mutex_);
    RUNUT_ASSIGN(Entry * found, entry(id));
    std::map<Sequence, ParkedEvent> parked = found->parked;
    StoreBatch batch;
    for (auto& [sequence, event] : parked) {
      if (only && *only != sequence) continue;
      event.again = true;
      event.attempts = 0;
      batch.put(parked_, parked_key(id, sequence), stored_parked(event));
      ++count;
    }
    if (only && count == 0)
      return fail(Error{ErrorCode::not_found, "webhook.not_parked", "sequence",
                        std::to_string(only->value), "this event is not parked"});
    if (count > 0) RUNUT_TRY(write(batch, Durability::synced));
    found->parked = std::move(parked);
  }
  tell(std::string(id));
  return count;
}

Status WebhookStore::save_progress(const std::string& id, const Progress& progress,
                                   Durability durability, Entry& entry) {
  StoreBatch batch;
  batch.put(progress_, id, stored_progress(progress));
  RUNUT_TRY(write(batch, durability));
  entry.progress = progress;
  return {};
}

Status WebhookStore::delivered(std::string_view id, Sequence sequence, Instant now) {
  const std::lock_guard lock(mutex_);
  RUNUT_ASSIGN(Entry * found, entry(id));
  const Progress progress{sequence, found->progress.delivered + 1, 0, {}, now};
  return save_progress(found->endpoint.id, progress, Durability::synced, *found);
}

Status WebhookStore::passed_over(std::string_view id, Sequence seen) {
  const std::lock_guard lock(mutex_);
  RUNUT_ASSIGN(Entry * found, entry(id));
  if (seen <= found->progress.cursor) return {};
  Progress progress = found->progress;
  progress.cursor = seen;
  return save_progress(found->endpoint.id, progress, Durability::buffered, *found);
}

Result<std::uint32_t> WebhookStore::failed(std::string_view id, std::string error, Instant now) {
  const std::lock_guard lock(mutex_);
  RUNUT_ASSIGN(Entry * found, entry(id));
  Progress progress = found->progress;
  ++progress.attempts;
  progress.last_error = std::move(error);
  progress.last_attempt = now;
  RUNUT_TRY(save_progress(found->endpoint.id, progress, Durability::buffered, *found));
  return progress.attempts;
}

Status WebhookStore::park(std::string_view id, const ParkedEvent& event) {
  const std::lock_guard lock(mutex_);
  RUNUT_ASSIGN(Entry * found, entry(id));
  Progress progress = found->progress;
  progress.cursor = event.sequence;
  progress.attempts = 0;
  StoreBatch batch;
  batch.put(progress_, id, stored_progress(progress));
  batch.put(parked_, parked_key(id, event.sequence), stored_parked(event));
  RUNUT_TRY(write(batch, Durability::synced));
  found->progress = progress;
  found->parked[event.sequence] = event;
  return {};
}

Status WebhookStore::parked_delivered(std::string_view id, Sequence sequence, Instant now) {
  const std::lock_guard lock(mutex_);
  RUNUT_ASSIGN(Entry * found, entry(id));
  Progress progress = found->progress;
  ++progress.delivered;
  progress.last_error.clear();
  progress.last_attempt = now;
  StoreBatch batch;
  batch.put(progress_, id, stored_progress(progress));
  batch.erase(parked_, parked_key(id, sequence));
  RUNUT_TRY(write(batch, Durability::synced));
  found->progress = progress;
  found->parked.erase(sequence);
  return {};
}

Status WebhookStore::parked_failed(std::string_view id, const ParkedEvent& event) {
  const std::lock_guard lock(mutex_);
  RUNUT_ASSIGN(Entry * found, entry(id));
  StoreBatch batch;
  batch.put(parked_, parked_key(id, event.sequence), stored_parked(event));
  RUNUT_TRY(write(batch, Durability::synced));
  found->parked[event.sequence] = event;
  return {};
}

}  // namespace runut::feed
