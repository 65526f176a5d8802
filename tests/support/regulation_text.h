// Regulation documents for tests: Kota Kediri's of August 2022 with some parameters replaced, so
// that they stay valid for the strict reader.
#pragma once

#include <map>
#include <string>

#include "base/date.h"

namespace runut::testing {

class RegulationText {
 public:
  // `file`: under schemas/regulations/kota-kediri.
  explicit RegulationText(std::string file = "2022-08.json") : file_(std::move(file)) {}

  RegulationText& id(std::string id);
  RegulationText& effective(Date from);
  // `json` is the parameter's value as JSON text: .set("tail_rounding", "\"floor\"").
  RegulationText& set(std::string parameter, std::string json);

  // Acting roles of `min_days` and longer are paid this share, as the last component.
  RegulationText& pays_acting(int min_days, int bp);

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] Date effective_from() const { return effective_from_; }
  [[nodiscard]] std::string text() const;

 private:
  std::string file_;
  std::string id_ = "kota-uji";
  Date effective_from_ = date(2020, 1, 1);
  std::map<std::string, std::string> values_;
};

}  // namespace runut::testing
