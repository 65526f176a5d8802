#include "city.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <unordered_map>

#include "projections/registry.h"
#include "write/record_header.h"

namespace runut::testing {
namespace {

template <class T>
T must(Result<T> result, const char* what) {
  if (!result) {
    std::fprintf(stderr, "%s: %s\n", what, result.error().describe().c_str());
    std::abort();
  }
  return std::move(*result);
}
void must(const Status& status, const char* what) {
  if (status) return;
  std::fprintf(stderr, "%s: %s\n", what, status.error().describe().c_str());
  std::abort();
}

// The document's text with what its predicates pay, where it knows predicates.
std::string paying(const std::string& text, const std::string& predicate_bp) {
  boost::json::value document = boost::json::parse(text);
  const auto* const parameters = document.as_object().if_contains("parameters");
  if (predicate_bp.empty() || parameters == nullptr ||
      !parameters->as_object().contains("predicate_quadrant"))
    return text;
  boost::json::value rates = boost::json::parse(predicate_bp);
  document.as_object()["parameters"].as_object()["predicate_bp"].as_object()["value"] = rates;
  return boost::json::serialize(document);
}

simulation::Setting setting_of(const CityRules& rules) {
  std::vector<simulation::PackFile> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(RUNUT_SOURCE_DIR "/schemas/regulations/" + rules.pack)) {
    std::ifstream in(entry.path());
    std::stringstream text;
    text << in.rdbuf();
    files.push_back({entry.path().filename().string(), paying(text.str(), rules.predicate_bp)});
  }
  return must(simulation::read_setting(files), "pack");
}

}  // namespace

City::City(const simulation::SimulateOptions& options, const CityRules& rules) {
  keys_ = std::make_unique<MemoryKeyStore>(randomness_);
  log_ = must(RocksdbEventLog::open(directory_ / "ledger", &read_record_header), "log");
  projector_ =
      must(Projector::open(log_->store(), *log_, {all_projections.begin(), all_projections.end()}),
           "projector");
  index_ = std::make_unique<SubjectIndex>(std::make_shared<CurrentRows>(
      projector_->views(), std::string(subject_index::projection.name)));
  projector_->start();
  import(options, setting_of(rules));
}

void City::import(const simulation::SimulateOptions& options, const simulation::Setting& setting) {
  WriterOptions writing;
  writing.wait_indexed = [this](Sequence sequence) {
    return projector_->wait_for(sequence, Millis{60'000});
  };
  writing.indexed = [this] { return projector_->position(); };
  const auto writer =
      must(Writer::open(*log_, *index_, *keys_, clock_, randomness_, std::move(writing)), "writer");
  std::unordered_map<std::uint64_t, Command> sent;
  const auto take = [&](std::vector<Answer> answers) {
    for (Answer& answer : answers) {
      const auto command = sent.extract(answer.ticket);
      if (answer.rejection)
        refused_.push_back({std::move(command.mapped()), std::move(*answer.rejection)});
    }
  };
  planted_ =
      must(simulation::simulate(options, setting,
                                [&](const Command& command) -> Status {
                                  RUNUT_ASSIGN(const std::uint64_t ticket, writer->submit(command));
                                  sent.emplace(ticket, command);
                                  if (++commands_ % 500 == 0) {
                                    RUNUT_ASSIGN(auto answers, writer->drain(Millis{0}));
                                    take(std::move(answers));
                                  }
                                  return {};
                                }),
           "simulate");
  take(must(writer->drain_all(), "drain"));
  must(projector_->wait_for(log_->head().sequence, Millis{60'000}), "projector");
}

}  // namespace runut::testing
