#include "instance/instance.h"

#include <algorithm>

#include "codec/envelope_codec.h"
#include "instance/engine.h"
#include "instance/snapshot_log.h"
#include "log/frame_store.h"
#include "projections/registry.h"

namespace runut {
namespace {

// Views that are made anew from a long log take their time; a failure is told at once.
constexpr Millis index_wait{600'000};

std::vector<FamilyOptions> families() {
  std::vector<FamilyOptions> out = log_families();
  out.push_back(LedgerTree::family());
  return out;
}

std::vector<Projection> projections() {
  return {all_projections.begin(), all_projections.end()};
}

FileKeyStoreOptions key_options(const Place& place) {
  return {.directory = place.key_directory(),
          .agency_tag = agency_tag(place.agency),
          .master = master_key_source(default_master_key_file(place.keys)),
          .randomness = nullptr};
}

}  // namespace

Instance::Instance(InstanceOptions options, Access access)
    : options_(std::move(options)),
      access_(access),
      checkpoints_(options_.place.checkpoint_directory()) {}

Instance::~Instance() {
  writer_.reset();
  if (projector_) projector_->stop();
}

Result<std::unique_ptr<Instance>> Instance::open(InstanceOptions options, Access access) {
  if (!options.create && options.log.empty() && !has_ledger(options.place))
    return fail(Error{ErrorCode::not_found, "agency.unknown", "agency", options.place.agency,
                      "there is no ledger in " + options.place.directory()});
  std::unique_ptr<Instance> instance(new Instance(std::move(options), access));
  RUNUT_TRY(access == Access::read_write ? instance->open_writable() : instance->open_readable());
  RUNUT_TRY(instance->read_founding());
  return instance;
}

Status Instance::open_log() {
  RUNUT_ASSIGN(log_, open_engine(store_, {.address = options_.log,
                                          .agency = options_.place.agency,
                                          .create_topic = options_.create,
                                          .kafka_wait = options_.kafka_wait}));
  return {};
}

Status Instance::open_keys(FileKeyStore::Access access) {
  keys_.reset();
  const bool may_create = options_.create && access == FileKeyStore::Access::read_write &&
                          log_->head().sequence == Sequence{};
  auto opened = may_create ? FileKeyStore::open_or_create(key_options(options_.place))
                           : FileKeyStore::open(key_options(options_.place), access);
  if (!opened) return fail(std::move(opened).error());
  keys_ = std::move(*opened);
  return {};
}

Status Instance::open_writable() {
  RUNUT_ASSIGN(store_, Store::open({.directory = options_.place.directory(),
                                    .families = families(),
                                    .create = options_.create || !options_.log.empty()}));
  RUNUT_TRY(open_log());
  RUNUT_TRY(open_keys(FileKeyStore::Access::read_write));
  const Key256 seed = keys_->ledger_key(LedgerKey::checkpoint_signing);
  RUNUT_ASSIGN(signer_,
               Ed25519Signer::from_seed(checkpoint_origin(options_.place.agency), seed.view()));
  RUNUT_ASSIGN(projector_, Projector::open(store_, *log_, projections()));
  RUNUT_TRY(projector_->catch_up(log_->head().sequence, options_.progress));
  projector_->start();
  views_ = projector_->views();
  index_ = std::make_unique<SubjectIndex>(
      std::make_shared<CurrentRows>(views_, std::string(subject_index::projection.name)));
  RUNUT_ASSIGN(tree_, LedgerTree::open(store_, *log_, true));
  return {};
}

Status Instance::open_readable() {
  // Views that are missing, of another version or behind, and a log that others write to, are
  // brought up to date by whoever may write: us, unless another process has the directory.
  const bool shared = !options_.log.empty();
  Status attached = shared ? Status{} : attach_views();
  if (shared || !attached) {
    auto writable = open(options_, Access::read_write);
    if (writable) {
      RUNUT_TRY((*writable)->close());
      writable->reset();
    } else if (writable.error().field != "directory") {
      return shared ? fail(writable.error()) : attached;
    }
    attached = attach_views();
    if (!attached && attached.error().rule != "view.behind") return attached;
  }
  if (views_)
    index_ = std::make_unique<SubjectIndex>(
        std::make_shared<CurrentRows>(views_, std::string(subject_index::projection.name)));
  RUNUT_ASSIGN(tree_, LedgerTree::open(store_, *log_, false));
  return {};
}

Status Instance::attach_views() {
  views_.reset();
  log_.reset();
  store_.reset();
  RUNUT_ASSIGN(store_, Store::open({.directory = options_.place.directory(),
                                    .families = families(),
                                    .access = StoreAccess::read_only}));
  RUNUT_ASSIGN(log_, SnapshotLog::open(store_));
  if (!options_.views) return {};
  RUNUT_ASSIGN(views_, Views::attach(store_));
  for (const Projection& projection : all_projections) {
    RUNUT_ASSIGN(const ViewPtr view, views_->current(projection.name));
    if (!holds(*view, projection))
      return fail(Error{ErrorCode::unavailable, "view.version", "projection",
                        std::string(projection.name),
                        "the view is of another version; rebuild it"});
  }
  RUNUT_ASSIGN(const Sequence known, known_at());
  if (known < log_->head().sequence)
    return fail(Error{ErrorCode::unavailable, "view.behind", "sequence",
                      std::to_string(known.value), "the views have not folded the whole log yet"});
  return {};
}

Result<Sequence> Instance::known_at() const {
  if (projector_) return projector_->position();
  Sequence lowest = log_->head().sequence;
  for (const Projection& projection : all_projections) {
    RUNUT_ASSIGN(const ViewPtr view, views_->current(projection.name));
    RUNUT_ASSIGN(const ViewPosition position, read_position(*view));
    lowest = std::min(lowest, position.sequence);
  }
  return lowest;
}

Status Instance::read_founding() {
  if (founded_ || log_->head().sequence == Sequence{}) return {};
  RUNUT_ASSIGN(const EventBatch first, log_->read(Sequence{1}, {.events = 1}));
  if (first.empty()) return fail(ErrorCode::corrupt, "the log has no event 1");
  RUNUT_ASSIGN(const Event event, decode_event(first.events.front().bytes));
  const auto* founding = std::get_if<AgencyFounded>(&event.payload);
  if (founding == nullptr)
    return fail(Error{ErrorCode::corrupt, "agency.founded", "sequence", "1",
                      "the log does not begin with AgencyFounded"});
  if (founding->agency != options_.place.agency)
    return fail(Error{ErrorCode::conflict, "agency.other", "directory", options_.place.directory(),
                      "this is the ledger of " + founding->agency});
  founded_ = *founding;
  return {};
}

Result<KeyStore*> Instance::keys() {
  if (!keys_) RUNUT_TRY(open_keys(FileKeyStore::Access::read_only));
  if (!erased_again_) {
    RUNUT_TRY(erase_again());
    erased_again_ = true;
  }
  return keys_.get();
}

Status Instance::erase_again() {
  std::vector<PersonId> returned;
  RUNUT_TRY(each_erased([&](PersonId person) {
    if (!keys_->is_destroyed(person)) returned.push_back(person);
  }));
  if (returned.empty()) return {};
  const bool reading = access_ == Access::read_only;
  if (reading) RUNUT_TRY(open_keys(FileKeyStore::Access::read_write));
  for (const PersonId person : returned) RUNUT_TRY(keys_->destroy(person));
  return reading ? open_keys(FileKeyStore::Access::read_only) : Status{};
}

Status Instance::each_erased(const std::function<void(PersonId)>& visit) const {
  const auto look = [&](const Event& event) {
    if (const auto* erased = std::get_if<SubjectKeyDestroyed>(&event.payload))
      visit(erased->person);
  };
  if (index_)
    return index_->each(agency_subject, std::nullopt, log_->head().sequence,
                        [&](const Event& event, const Hash256&) -> Status {
                          look(event);
                          return {};
                        });
  for (Sequence at{1}; at <= log_->head().sequence;) {
    RUNUT_ASSIGN(const EventBatch batch, log_->read(at));
    for (const EventView& view : batch.events) {
      RUNUT_ASSIGN(const EnvelopeKey key, read_envelope_key(view.bytes));
      if (key.type != EventType::SubjectKeyDestroyed) continue;
      RUNUT_ASSIGN(const Event event, decode_event(view.bytes));
      look(event);
    }
    at = next(batch.events.back().sequence);
  }
  return {};
}

CheckpointTrust Instance::trust() const {
  RUNUT_CHECK(founded_.has_value(), "the ledger was founded");
  return {founded_->log_origin,
          {VerifierKey{founded_->log_origin, Ed25519PublicKey::from(founded_->public_key.view())}}};
}

Status Instance::need_writer() {
  if (writer_) return {};
  if (!projector_)
    return fail(Error{ErrorCode::unavailable,
                      {},
                      "directory",
                      options_.place.directory(),
                      "this ledger was opened for reading only"});
  WriterOptions options;
  options.node = options_.node;
  options.public_key = Hash256::from(signer_->public_key().view());
  options.log_origin = checkpoint_origin(options_.place.agency);
  options.wait_indexed = [this](Sequence at) { return projector_->wait_for(at, index_wait); };
  options.indexed = [this] { return projector_->position(); };
  RUNUT_ASSIGN(writer_,
               Writer::open(*log_, *index_, *keys_, clock_, randomness_, std::move(options)));
  return {};
}

Result<std::uint64_t> Instance::submit(Command command, std::optional<Mac128> digest) {
  RUNUT_TRY(need_writer());
  const bool marks = std::holds_alternative<FoundAgency>(command.body) ||
                     std::holds_alternative<LockTppRun>(command.body);
  RUNUT_ASSIGN(const std::uint64_t ticket, writer_->submit(std::move(command), digest));
  if (marks) marks_.insert(ticket);
  return ticket;
}

Status Instance::note(const std::vector<Answer>& answers) {
  for (const Answer& answer : answers)
    if (marks_.erase(answer.ticket) > 0 && !answer.rejection && !answer.repeated)
      checkpoint_due_ = true;
  if (!answers.empty()) RUNUT_TRY(read_founding());
  if (checkpoint_due_ && sign_checkpoint()) checkpoint_due_ = false;
  return {};
}

Result<std::vector<Answer>> Instance::drain(Millis max_wait) {
  if (!writer_) return std::vector<Answer>{};
  RUNUT_ASSIGN(std::vector<Answer> answers, writer_->drain(max_wait));
  RUNUT_TRY(note(answers));
  return answers;
}

Result<std::vector<Answer>> Instance::drain_all() {
  if (!writer_) return std::vector<Answer>{};
  RUNUT_ASSIGN(std::vector<Answer> answers, writer_->drain_all());
  RUNUT_TRY(note(answers));
  return answers;
}

Status Instance::check_last_checkpoint(const TreeHead& now, std::optional<std::string>& same) {
  RUNUT_ASSIGN(const std::vector<std::uint64_t> sizes, checkpoints_.sizes());
  if (sizes.empty()) return {};
  const std::string path = checkpoints_.path(sizes.back());
  const auto refuse = [&](std::string message) {
    return fail(
        Error{ErrorCode::corrupt, "checkpoint.consistency", "file", path, std::move(message)});
  };
  RUNUT_ASSIGN(std::string note, checkpoints_.read(sizes.back()));
  const auto last = open_checkpoint(note, trust());
  if (!last) return refuse("the checkpoint signed last is damaged: " + last.error().message);
  if (last->tree.size > now.size)
    return refuse("it vouches for " + std::to_string(last->tree.size) + " events, the log has " +
                  std::to_string(now.size));
  RUNUT_ASSIGN(const HashPath proof, tree_->consistency({last->tree.size, now.size}));
  if (!verify_consistency(last->tree, now, proof))
    return refuse("the log is not an extension of what this checkpoint vouches for");
  if (last->tree == now) same = std::move(note);
  return {};
}

Result<std::string> Instance::sign_checkpoint() {
  RUNUT_TRY(read_founding());
  if (!founded_) return fail(ErrorCode::not_found, "an empty log has nothing to sign");
  if (!signer_)
    return fail(Error{ErrorCode::unavailable,
                      {},
                      "directory",
                      options_.place.directory(),
                      "this ledger was opened for reading only"});
  RUNUT_TRY(tree_->catch_up(log_->head().sequence));
  const TreeHead now = tree_->head();
  std::optional<std::string> same;
  RUNUT_TRY(check_last_checkpoint(now, same));
  if (same) return std::move(*same);
  RUNUT_ASSIGN(std::string note, runut::sign_checkpoint({founded_->log_origin, now, {}}, *signer_));
  RUNUT_TRY(checkpoints_.write(now.size, note));
  return note;
}

Status Instance::close() {
  writer_.reset();
  if (!projector_) return {};
  projector_->stop();
  RUNUT_TRY(projector_->catch_up());
  return tree_->catch_up(log_->head().sequence);
}

}  // namespace runut
