#include "office/office.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>

namespace runut::testing {
namespace {

// Paths are of temporary directories: without quotes.
std::string output_of(const std::string& command) {
  std::FILE* const pipe = ::popen(command.c_str(), "r");
  EXPECT_NE(pipe, nullptr) << command;
  if (pipe == nullptr) return {};
  std::string out;
  std::array<char, 65'536> buffer{};
  for (std::size_t size = 0; (size = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    out.append(buffer.data(), size);
  EXPECT_EQ(::pclose(pipe), 0) << command << " (tools/packages.txt, group test)";
  return out;
}

std::string unescaped(std::string text) {
  const std::pair<const char*, const char*> entities[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}};
  for (const auto& [entity, letter] : entities)
    for (std::size_t at = 0; (at = text.find(entity, at)) != std::string::npos; ++at)
      text.replace(at, std::string(entity).size(), letter);
  return text;
}

// What stands between the first `begin` (to the end of its tag) and the next `end`.
std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t tag = text.find(begin);
  if (tag == std::string::npos) return {};
  const std::size_t from = text.find('>', tag) + 1;
  return text.substr(from, text.find(end, from) - from);
}

std::size_t column_of(const std::string& reference) {  // "AB12"
  std::size_t column = 0;
  for (const char c : reference)
    if (c >= 'A' && c <= 'Z') column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
  return column - 1;
}

}  // namespace

std::string read_part(const std::string& xlsx, const std::string& part) {
  return output_of("unzip -p '" + xlsx + "' '" + part + "'");
}

Rows read_sheet(const std::string& xlsx, unsigned sheet) {
  const std::string xml = read_part(xlsx, "xl/worksheets/sheet" + std::to_string(sheet) + ".xml");
  Rows rows;
  for (std::size_t at = xml.find("<row "); at != std::string::npos;
       at = xml.find("<row ", at + 1)) {
    const std::string row = xml.substr(at, xml.find("</row>", at) - at);
    std::vector<std::string> cells;
    for (std::size_t c = row.find("<c r=\""); c != std::string::npos;
         c = row.find("<c r=\"", c + 1)) {
      const std::string one = row.substr(c, row.find("</c>", c) - c);
      const std::size_t column = column_of(one.substr(6, one.find('"', 6) - 6));
      if (cells.size() <= column) cells.resize(column + 1);
      cells[column] = one.find("<v>") != std::string::npos ? between(one, "<v", "</v>")
                                                           : unescaped(between(one, "<t", "</t>"));
    }
    rows.push_back(std::move(cells));
  }
  return rows;
}

std::string read_pdf(const std::string& pdf) {
  return output_of("pdftotext -raw -enc UTF-8 '" + pdf + "' -");
}

std::string squeezed(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (static_cast<unsigned char>(c) > ' ' && c != '.' && c != ',') out += c;
  return out;
}

}  // namespace runut::testing
