// A document as values: sections of paragraphs, tables and trees, in one language; rendered as text
// for a terminal or as one printable HTML page.
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
  bool strong = false;  // what nobody should overlook
};
struct FactList {  // name and value
  std::vector<std::pair<std::string, std::string>> rows;
};
struct Table {
  std::vector<std::string> header;
  std::vector<bool> right;  // right-aligned columns
  std::vector<std::vector<std::string>> rows;
  bool total = false;  // the last row sums the others
};
struct Tree {
  std::string label;
  std::vector<std::string> notes;  // below the label, quieter
  std::vector<Tree> children;
};
using Block = std::variant<Paragraph, FactList, Table, Tree>;

struct Section {
  std::string title;
  std::vector<Block> blocks;
};

// Who signs, and what each writes beside the name.
struct SignatureBlock {
  std::string statement;
  std::vector<std::string> signatories;
  std::vector<std::string> blanks;
};

struct Page {
  Language language = Language::indonesian;
  std::string title;
  std::string notice;  // shown first and loudest: SIMULASI
  FactList head;       // what the page is about and rests on
  std::vector<Section> sections;
  SignatureBlock signature;  // at the end of a printed page
};

struct TextOptions {
  bool colour = false;
};
[[nodiscard]] std::string to_text(const Page& page, TextOptions options = {});
// Self-contained: no script, no reference to anything outside, and the browser is told to allow
// none. Escapes all text.
[[nodiscard]] std::string to_html(const Page& page);

}  // namespace runut
