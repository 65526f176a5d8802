// A simulated city, imported through the real writer into a real store on disk, in a directory of
// its own that goes with the object.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "log/rocksdb_event_log.h"
#include "projector/projector.h"
#include "seal/memory_key_store.h"
#include "simulation/setting.h"
#include "simulation/simulate.h"
#include "store/subject_index.h"
#include "tests/support/temporary_directory.h"
#include "write/writer.h"

namespace runut::testing {

struct CityRules {
  std::string pack = "kota-kediri";
  std::string predicate_bp{};  // JSON: what predicates pay, in documents that know them
};

class City {
 public:
  // Aborts the test program when anything but a planted refusal happens.
  explicit City(const simulation::SimulateOptions& options, const CityRules& rules = {});

  struct Refused {
    Command command;
    Error error;
  };

  [[nodiscard]] EventLog& log() const { return *log_; }
  [[nodiscard]] const SubjectIndex& history() const { return *index_; }
  [[nodiscard]] const simulation::Planted& planted() const { return planted_; }
  [[nodiscard]] const std::vector<Refused>& refused() const { return refused_; }
  [[nodiscard]] std::uint64_t commands() const { return commands_; }

 private:
  void import(const simulation::SimulateOptions& options, const simulation::Setting& setting);

  TemporaryDirectory directory_;  // goes last
  SeededRandomness randomness_{3};
  SystemClock clock_;
  std::unique_ptr<MemoryKeyStore> keys_;
  std::unique_ptr<RocksdbEventLog> log_;
  std::unique_ptr<Projector> projector_;
  std::unique_ptr<SubjectIndex> index_;
  simulation::Planted planted_;
  std::vector<Refused> refused_;
  std::uint64_t commands_ = 0;
};

}  // namespace runut::testing
