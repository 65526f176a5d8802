// What reports are made from: the facts as known at one event, and the events themselves where a
// report shows a decree, a document's number or a hash.
#pragma once

#include <functional>
#include <memory>

#include "ledger/loaded_facts.h"
#include "report/report.h"

namespace runut::report {

struct SourceEvent {
  Event event;
  Hash256 leaf;
};
using ReadEvent = std::function<Result<SourceEvent>(Sequence)>;

// The newest signed checkpoint that covers no more than what is known.
struct Signed {
  std::uint64_t size = 0;
  Hash256 root;
};

// The ledger's facts as they were known at an earlier event, whatever `facts` below leaves out.
using FactsAt = std::function<std::unique_ptr<const LoadedFacts>(Sequence)>;

struct Sources {
  const Facts& facts;
  ReadEvent read;
  FactsAt at;
  std::optional<Date> facts_as_of{};  // `facts` is of what occurred by then: hypothetical
  std::optional<Signed> checkpoint;
  Language language = Language::indonesian;
};

// A report without sections: the agency, and the event that it rests on. `about` follows its title.
[[nodiscard]] Result<Report> begin_report(const Sources& sources, std::string name, Words title,
                                          const std::string& about);

// "12 40 73"
[[nodiscard]] std::string sequences(const std::vector<Sequence>& events);
// The unit's name; empty for one that is not known.
[[nodiscard]] std::string unit_name(const Facts& facts, UnitId unit);
// Basis points as a percentage of two decimals: 98.50.
[[nodiscard]] std::string percent_cell(BasisPoints value);
[[nodiscard]] std::string cell(Rupiah amount);
template <class T>
[[nodiscard]] std::string optional_cell(const std::optional<T>& value) {
  return value ? to_string(*value) : std::string();
}

}  // namespace runut::report
