// A document as values: sections of paragraphs, tables and trees, in one language; rendered as text for
// a terminal or as one printable HTML page.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace runut {

enum class Language : std::uint8_t { indonesian, english };

struct Paragraph {
  std::string text;
};
struct FactList {  // name and value
  std::vector<std::pair<std::string, std::string>> rows;
};
struct Table {
  std::vector<std::string> header;
  std::vector<bool> right;  // right-aligned columns
  std::vector<std::vector<std::string>> rows;
};
struct Tree {
  std::string label;
  std::vector<Tree> children;
};
using Block = std::variant<Paragraph, FactList, Table, Tree>;

struct Section {
  std::string title;
  std::vector<Block> blocks;
};

struct Page {
  Language language = Language::indonesian;
  std::string title;
  std::string notice;  // shown first and loudest: SIMULASI
  std::vector<std::string> subtitles;
  std::vector<Section> sections;
  std::vector<std::string> signatures;  // lines to sign, at the end of a printed page
};

struct TextOptions {
  bool colour = false;
  std::size_t tree_depth_max = 99;
};
[[nodiscard]] std::string to_text(const Page& page, TextOptions options = {});
// Self-contained: no script, no reference to anything outside. Escapes all text.
[[nodiscard]] std::string to_html(const Page& page);

}  // namespace runut
