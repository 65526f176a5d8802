#include "listing/report_text.h"

#include "codec/json_writer.h"

namespace runut {

std::vector<TextColumn> text_columns(const report::Section& section) {
  std::vector<TextColumn> out;
  for (const report::Column& column : section.columns)
    out.push_back({column.name, column.measure == report::Measure::count ||
                                    column.measure == report::Measure::rupiah});
  return out;
}

std::string section_text(const report::Section& section, RowFormat format) {
  std::string out;
  RowsText text(format, text_columns(section));
  text.begin(out);
  for (const auto& row : section.rows) text.row(out, row);
  text.finish(out);
  return out;
}

std::string report_json(const report::Report& report) {
  std::string out = "{\"report\":";
  const auto member = [&](std::string_view name, const std::string& value) {
    out += name;
    codec::append_json_string(out, value);
  };
  member("", report.name);
  member(",\"title\":", report.title);
  member(",\"notice\":", report.notice);
  member(",\"written_at\":", to_string(report.written_at));
  for (const report::Section& section : report.sections) {
    member(",\n", section.name);
    out += ":" + section_text(section, RowFormat::json);
  }
  return out + "}\n";
}

std::string section_names(const report::Report& report) {
  std::string out;
  for (const report::Section& section : report.sections)
    out += (out.empty() ? "" : ", ") + section.name;
  return out;
}

Result<const report::Section*> find_section(const report::Report& report, const std::string& name) {
  const report::Section* const found =
      name.empty() ? &report.sections.front() : report.section(name);
  if (found != nullptr) return found;
  return fail(
      Error{ErrorCode::invalid_input, {}, "section", name, "one of " + section_names(report)});
}

}  // namespace runut
