#include "tests/support/regulation_text.h"

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "base/result.h"

namespace runut::testing {

RegulationText& RegulationText::id(std::string id) {
  id_ = std::move(id);
  return *this;
}
RegulationText& RegulationText::effective(Date from) {
  effective_from_ = from;
  return *this;
}
RegulationText& RegulationText::set(std::string parameter, std::string json) {
  values_[std::move(parameter)] = std::move(json);
  return *this;
}

RegulationText& RegulationText::pays_acting(int min_days, int bp) {
  set("acting_rule",
      "{\"min_days\":" + std::to_string(min_days) + ",\"bp\":" + std::to_string(bp) + "}");
  return set("components",
             R"(["beban_kerja", "prestasi_kerja", "tempat_bertugas", "kondisi_kerja",
                 "kelangkaan_profesi", "pertimbangan_objektif_lainnya", "acting"])");
}

std::string RegulationText::text() const {
  std::ifstream in(std::string(RUNUT_SOURCE_DIR) + "/schemas/regulations/kota-kediri/" + file_);
  std::ostringstream read;
  read << in.rdbuf();
  boost::system::error_code error;
  boost::json::value document = boost::json::parse(read.str(), error);
  RUNUT_CHECK(!error, "the pack of Kota Kediri is not readable: " + file_);

  boost::json::object& header = document.as_object()["regulation"].as_object();
  header["id"] = id_;
  for (const char* day : {"enacted_on", "promulgated_on", "effective_from"})
    header[day] = to_string(effective_from_);
  boost::json::object& parameters = document.as_object()["parameters"].as_object();
  for (const auto& [name, json] : values_) {
    RUNUT_CHECK(parameters.contains(name), "a document has no parameter " + name);
    boost::json::value value = boost::json::parse(json, error);
    RUNUT_CHECK(!error, "not JSON: " + json);
    parameters[name].as_object()["value"] = std::move(value);
  }
  return boost::json::serialize(document);
}

}  // namespace runut::testing
