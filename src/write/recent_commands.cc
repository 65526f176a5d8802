#include "write/recent_commands.h"

#include <algorithm>
#include <bit>

namespace runut {
namespace {

constexpr std::uint32_t places_max = UINT32_MAX;

std::uint32_t hash_of(const CommandId& id) {
  return static_cast<std::uint32_t>(std::hash<CommandId>{}(id));
}

}  // namespace

const RecentCommand* RecentCommands::find(const CommandId& id) {
  if (commands_.empty() || id > here_) return nullptr;
  fill();
  const std::uint32_t hash = hash_of(id);
  for (std::size_t at = hash & mask(); slots_[at].place != 0; at = (at + 1) & mask()) {
    if (slots_[at].hash != hash) continue;
    const RecentCommand& command = commands_[slots_[at].place - front_];
    if (command.id == id) return &command;
  }
  return nullptr;
}

void RecentCommands::add(RecentCommand command) {
  here_ = std::max(here_, command.id);
  commands_.push_back(std::move(command));
}

void RecentCommands::forget_until(Sequence sequence) {
  while (!commands_.empty() && commands_.front().last() <= sequence) {
    if (front_ < filled_) erase(slot_of(hash_of(commands_.front().id), front_));
    elsewhere_ = std::max(elsewhere_, commands_.front().id);
    commands_.pop_front();
    ++front_;
  }
  filled_ = std::max(filled_, front_);
  if (front_ <= places_max / 2) return;
  slots_.assign(slots_.size(), {});
  front_ = filled_ = 1;
}

void RecentCommands::reset(const CommandId& greatest_elsewhere) {
  elsewhere_ = greatest_elsewhere;
  here_ = {};
  commands_.clear();
  slots_.clear();
  front_ = filled_ = 1;
}

std::size_t RecentCommands::slot_of(std::uint32_t hash, std::uint32_t place) const {
  std::size_t at = hash & mask();
  while (slots_[at].place != place) at = (at + 1) & mask();
  return at;
}

// Those that were added since.
void RecentCommands::fill() {
  const std::size_t wanted = std::max<std::size_t>(1024, std::bit_ceil(2 * commands_.size()));
  if (wanted > slots_.size()) {
    slots_.assign(wanted, {});
    filled_ = front_;
  }
  for (; filled_ < end(); ++filled_) put(filled_);
}

void RecentCommands::put(std::uint32_t place) {
  const std::uint32_t hash = hash_of(commands_[place - front_].id);
  std::size_t at = hash & mask();
  while (slots_[at].place != 0) at = (at + 1) & mask();
  slots_[at] = {hash, place};
}

// What stands behind it moves up, so that no search ends too early.
void RecentCommands::erase(std::size_t at) {
  for (std::size_t next = (at + 1) & mask(); slots_[next].place != 0; next = (next + 1) & mask()) {
    const std::size_t wanted = slots_[next].hash & mask();
    if (((next - wanted) & mask()) < ((next - at) & mask())) continue;
    slots_[at] = slots_[next];
    at = next;
  }
  slots_[at] = {};
}

}  // namespace runut
