#include "query/page.h"

#include <fmt/format.h>

#include <algorithm>

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
  void operator()(const Paragraph& block) { wrapped(block.text, "  ", "  "); }
  void operator()(const FactList& block) {
    std::size_t width = 0;
    for (const auto& [name, value] : block.rows) width = std::max(width, width_of(name));
    for (const auto& [name, value] : block.rows)
      line("  " + padded(name, width, false) + "  " + value);
  }
  void operator()(const Table& block) {
    std::vector<std::size_t> widths(block.header.size(), 0);
    for (std::size_t column = 0; column < widths.size(); ++column) {
      widths[column] = width_of(block.header[column]);
      for (const auto& row : block.rows)
        widths[column] = std::max(widths[column], width_of(row[column]));
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
  void operator()(const Tree& block) { tree(block, "  ", "  "); }

 private:
  // At 96 columns, so that a sentence reads well beside the tables.
  void wrapped(const std::string& text, const std::string& lead, const std::string& below) {
    std::string current = lead;
    bool fresh = true;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t blank = std::min(text.find(' ', at), text.size());
      const std::string word = text.substr(at, blank - at);
      if (!fresh && width_of(current) + 1 + width_of(word) > 96) {
        line(current);
        current = below;
        fresh = true;
      }
      current += (fresh ? "" : " ") + word;
      fresh = false;
      at = blank + 1;
    }
    line(current);
  }
  void tree(const Tree& node, const std::string& lead, const std::string& below) {
    const std::string own = below + (node.children.empty() ? "    " : "│   ");
    wrapped(node.label, lead, own);
    for (const std::string& note : node.notes) wrapped(note, own, own + "  ");
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const bool last = i + 1 == node.children.size();
      tree(node.children[i], below + (last ? "└ " : "├ "), below + (last ? "  " : "│ "));
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
:root{color-scheme:light}body{font:14px/1.5 "Noto Sans","DejaVu Sans",Arial,sans-serif;color:#1a1a1a;
max-width:62rem;margin:2rem auto;padding:0 1.5rem}h1{font-size:1.6rem;margin:0 0 .6rem;color:#173753}
h2{font-size:1.15rem;border-bottom:2px solid #274c77;margin:2rem 0 .6rem;padding-bottom:.15rem;color:#274c77;
break-after:avoid}.notice{background:#b00020;color:#fff;font-weight:700;padding:.4rem .8rem;margin-bottom:1rem;
print-color-adjust:exact}.strong{font-weight:600;border-left:4px solid #274c77;background:#eef3f8;
padding:.5rem .8rem;print-color-adjust:exact}dl{display:grid;grid-template-columns:minmax(10rem,max-content) 1fr;
gap:.15rem 1.2rem;margin:.5rem 0}dt{color:#555}dd{margin:0;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.head dl{background:#f5f7fa;border:1px solid #d5dee8;padding:.6rem .9rem;print-color-adjust:exact}
table{border-collapse:collapse;width:100%;margin:.7rem 0;font-size:.88em}thead{display:table-header-group}
th{text-align:left;border-bottom:1.5px solid #274c77;padding:.25rem .5rem;vertical-align:bottom}
td{border-bottom:1px solid #e3e3e3;padding:.25rem .5rem;vertical-align:top;overflow-wrap:anywhere}
.r{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.total tbody tr:last-child td{font-weight:700;
border-top:1.5px solid #274c77;border-bottom:none}ul.t{list-style:none;padding-left:1rem;margin:.15rem 0;
border-left:1px solid #c9d6e4}ul.t li{margin:.25rem 0;overflow-wrap:anywhere}.n{color:#5a6573;font-size:.86em;
line-height:1.4}.sign{break-inside:avoid;margin-top:2.5rem}.sign .row{display:flex;gap:2.5rem}.sign .row>div{flex:1}
.sign .line{border-bottom:1px solid #1a1a1a;height:4.5rem;margin-bottom:.3rem}.sign .blank{border-bottom:1px dotted #888;
margin-top:.5rem;color:#555}@media print{body{margin:0;padding:0;max-width:none;font-size:10.5px}tr,dl,.strong,
ul.t li>span{break-inside:avoid}p{orphans:3;widows:3}@page{size:A4;margin:16mm}}
)";

class HtmlWriter {
 public:
  std::string take() { return std::move(out_); }
  void raw(std::string_view text) { out_ += text; }

  void operator()(const Paragraph& block) {
    out_ += (block.strong ? "<p class=\"strong\">" : "<p>") + escaped(block.text) + "</p>\n";
  }
  void operator()(const FactList& block) {
    out_ += "<dl>";
    for (const auto& [name, value] : block.rows)
      out_ += "<dt>" + escaped(name) + "</dt><dd>" + escaped(value) + "</dd>";
    out_ += "</dl>\n";
  }
  void operator()(const Table& block) {
    out_ += block.total ? "<table class=\"total\"><thead><tr>" : "<table><thead><tr>";
    for (std::size_t i = 0; i < block.header.size(); ++i)
      cell("th", block.header[i], block.right[i]);
    out_ += "</tr></thead><tbody>\n";
    for (const auto& row : block.rows) {
      out_ += "<tr>";
      for (std::size_t i = 0; i < row.size(); ++i) cell("td", row[i], block.right[i]);
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table>\n";
  }
  void operator()(const SignatureBlock& block) {
    out_ += "<div class=\"sign\"><p>" + escaped(block.statement) + "</p><div class=\"row\">";
    for (const std::string& who : block.signatories) {
      out_ += "<div>" + escaped(who) + "<div class=\"line\"></div>";
      for (const std::string& blank : block.blanks)
        out_ += "<div class=\"blank\">" + escaped(blank) + "</div>";
      out_ += "</div>";
    }
    out_ += "</div></div>\n";
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
    out_ += "<li><span>" + escaped(node.label) + "</span>";
    for (const std::string& note : node.notes)
      out_ += "<div class=\"n\">" + escaped(note) + "</div>";
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
  out(page.head);
  for (const Section& section : page.sections) {
    out.line("");
    out.strong(section.title);
    for (const Block& block : section.blocks) std::visit([&](const auto& one) { out(one); }, block);
  }
  return out.take();
}

std::string to_html(const Page& page) {
  HtmlWriter out;
  out.raw(
      fmt::format("<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">"
                  "<meta name=\"viewport\" content=\"width=device-width\">"
                  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                  "style-src 'unsafe-inline'\"><title>{}</title>"
                  "<style>{}</style></head><body>\n",
                  page.language == Language::indonesian ? "id" : "en", escaped(page.title), style));
  if (!page.notice.empty()) out.raw("<div class=\"notice\">" + escaped(page.notice) + "</div>\n");
  out.raw("<h1>" + escaped(page.title) + "</h1>\n");
  out.raw("<div class=\"head\">");
  out(page.head);
  out.raw("</div>\n");
  for (const Section& section : page.sections) {
    out.raw("<section><h2>" + escaped(section.title) + "</h2>\n");
    for (const Block& block : section.blocks) std::visit([&](const auto& one) { out(one); }, block);
    out.raw("</section>\n");
  }
  if (!page.signature.signatories.empty()) out(page.signature);
  out.raw("</body></html>\n");
  return out.take();
}

}  // namespace runut
