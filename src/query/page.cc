#include "query/page.h"

#include <algorithm>

#include <fmt/format.h>

namespace runut {
namespace {

// Columns on a terminal: one a character, good enough for Latin text with the odd dash.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string padded(const std::string& text, std::size_t width, bool right) {
  const std::size_t own = width_of(text);
  const std::string blanks(width > own ? width - own : 0, ' ');
  return right ? blanks + text : text + blanks;
}

class TextWriter {
 public:
  explicit TextWriter(TextOptions options) : options_(options) {}
  std::string take() { return std::move(out_); }

  void line(const std::string& text) { out_ += text + "\n"; }
  void strong(const std::string& text) {
    line(options_.colour ? "\x1b[1m" + text + "\x1b[0m" : text);
  }
  void operator()(const Paragraph& block) {
    // Wrapped at 96 columns, so that a sentence reads well beside the tables.
    std::string current = "  ";
    std::size_t at = 0;
    while (at < block.text.size()) {
      const std::size_t blank = std::min(block.text.find(' ', at), block.text.size());
      const std::string word = block.text.substr(at, blank - at);
      if (width_of(current) + width_of(word) > 96 && current != "  ") {
        line(current.substr(0, current.find_last_not_of(' ') + 1));
        current = "  ";
      }
      current += word + " ";
      at = blank + 1;
    }
    line(current.substr(0, current.find_last_not_of(' ') + 1));
  }
  void operator()(const FactList& block) {
    std::size_t width = 0;
    for (const auto& [name, value] : block.rows) width = std::max(width, width_of(name));
    for (const auto& [name, value] : block.rows) line("  " + padded(name, width, false) + "  " + value);
  }
  void operator()(const Table& block) {
    std::vector<std::size_t> widths(block.header.size(), 0);
    for (std::size_t column = 0; column < widths.size(); ++column) {
      widths[column] = width_of(block.header[column]);
      for (const auto& row : block.rows) widths[column] = std::max(widths[column], width_of(row[column]));
    }
    const auto row_text = [&](const std::vector<std::string>& row) {
      std::string text = " ";
      for (std::size_t column = 0; column < row.size(); ++column)
        text += " " + padded(row[column], widths[column], block.right[column]) + " ";
      return text.substr(0, text.find_last_not_of(' ') + 1);
    };
    strong(row_text(block.header));
    for (const auto& row : block.rows) line(row_text(row));
  }
  void operator()(const Tree& block) { tree(block, "  ", "  ", 0); }

 private:
  void tree(const Tree& node, const std::string& lead, const std::string& below, std::size_t depth) {
    line(lead + node.label);
    if (depth >= options_.tree_depth_max) return;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const bool last = i + 1 == node.children.size();
      tree(node.children[i], below + (last ? "└ " : "├ "), below + (last ? "  " : "│ "), depth + 1);
    }
  }
  TextOptions options_;
  std::string out_;
};

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

constexpr std::string_view style = R"(
:root{color-scheme:light}body{font:14px/1.45 "Noto Sans","DejaVu Sans",Arial,sans-serif;color:#1a1a1a;
max-width:60rem;margin:2rem auto;padding:0 1.5rem}h1{font-size:1.5rem;margin:0 0 .2rem}
h2{font-size:1.1rem;border-bottom:2px solid #274c77;margin:1.8rem 0 .6rem;color:#274c77;break-after:avoid}
.notice{background:#b00020;color:#fff;font-weight:700;padding:.4rem .8rem;margin-bottom:1rem}
.sub{color:#555;margin:.1rem 0}table{border-collapse:collapse;width:100%;margin:.5rem 0;font-size:.9em}
th{text-align:left;border-bottom:1px solid #274c77;padding:.25rem .5rem}td{border-bottom:1px solid #e3e3e3;
padding:.25rem .5rem;vertical-align:top;overflow-wrap:anywhere}.r{text-align:right;font-variant-numeric:tabular-nums;
white-space:nowrap}dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.2rem;margin:.4rem 0}
dt{color:#555}dd{margin:0;font-variant-numeric:tabular-nums}ul.t{list-style:none;padding-left:1.1rem;margin:.1rem 0;
border-left:1px solid #c9d6e4}ul.t li{margin:.15rem 0;overflow-wrap:anywhere}.sign{display:flex;gap:4rem;margin-top:3rem}
.sign div{flex:1;border-top:1px solid #1a1a1a;padding-top:.3rem;margin-top:4rem}
@media print{body{margin:0;max-width:none;font-size:11px}tr,dl,.sign{break-inside:avoid}@page{size:A4;margin:18mm}}
)";

class HtmlWriter {
 public:
  std::string take() { return std::move(out_); }
  void raw(std::string_view text) { out_ += text; }

  void operator()(const Paragraph& block) { out_ += "<p>" + escaped(block.text) + "</p>\n"; }
  void operator()(const FactList& block) {
    out_ += "<dl>";
    for (const auto& [name, value] : block.rows)
      out_ += "<dt>" + escaped(name) + "</dt><dd>" + escaped(value) + "</dd>";
    out_ += "</dl>\n";
  }
  void operator()(const Table& block) {
    out_ += "<table><thead><tr>";
    for (std::size_t i = 0; i < block.header.size(); ++i) cell("th", block.header[i], block.right[i]);
    out_ += "</tr></thead><tbody>\n";
    for (const auto& row : block.rows) {
      out_ += "<tr>";
      for (std::size_t i = 0; i < row.size(); ++i) cell("td", row[i], block.right[i]);
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table>\n";
  }
  void operator()(const Tree& block) {
    out_ += "<ul class=\"t\">";
    tree(block);
    out_ += "</ul>\n";
  }

 private:
  void cell(std::string_view tag, const std::string& text, bool right) {
    out_ += fmt::format("<{}{}>{}</{}>", tag, right ? " class=\"r\"" : "", escaped(text), tag);
  }
  void tree(const Tree& node) {
    out_ += "<li>" + escaped(node.label);
    if (!node.children.empty()) {
      out_ += "<ul class=\"t\">";
      for (const Tree& child : node.children) tree(child);
      out_ += "</ul>";
    }
    out_ += "</li>";
  }
  std::string out_;
};

}  // namespace

std::string to_text(const Page& page, TextOptions options) {
  TextWriter out(options);
  if (!page.notice.empty()) out.strong("*** " + page.notice + " ***");
  out.strong(page.title);
  for (const std::string& subtitle : page.subtitles) out.line(subtitle);
  for (const Section& section : page.sections) {
    out.line("");
    out.strong(section.title);
    for (const Block& block : section.blocks) std::visit(out, block);
  }
  return out.take();
}

std::string to_html(const Page& page) {
  HtmlWriter out;
  out.raw(fmt::format("<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">"
                      "<meta name=\"viewport\" content=\"width=device-width\"><title>{}</title>"
                      "<style>{}</style></head><body>\n",
                      page.language == Language::indonesian ? "id" : "en", escaped(page.title), style));
  if (!page.notice.empty()) out.raw("<div class=\"notice\">" + escaped(page.notice) + "</div>\n");
  out.raw("<h1>" + escaped(page.title) + "</h1>\n");
  for (const std::string& subtitle : page.subtitles)
    out.raw("<p class=\"sub\">" + escaped(subtitle) + "</p>\n");
  for (const Section& section : page.sections) {
    out.raw("<section><h2>" + escaped(section.title) + "</h2>\n");
    for (const Block& block : section.blocks) std::visit(out, block);
    out.raw("</section>\n");
  }
  if (!page.signatures.empty()) {
    out.raw("<div class=\"sign\">");
    for (const std::string& line : page.signatures) out.raw("<div>" + escaped(line) + "</div>");
    out.raw("</div>\n");
  }
  out.raw("</body></html>\n");
  return out.take();
}

}  // namespace runut
