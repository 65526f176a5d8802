// The page of the API's reference: reads /v1/openapi.json and shows it. It needs nothing from
// elsewhere, so that it works where the service does.
#pragma once

#include <string_view>

namespace runut::service {

inline constexpr std::string_view reference_page = R"page(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Runut: reference of the API</title>
<style>
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --accent: #0a6b5b; }
@media (prefers-color-scheme: dark) { :root { --accent: #5fd0b9; } }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 62rem; padding: 1rem 1.25rem 4rem; }
h1 { margin: .5rem 0 0; } h2 { margin: 2.5rem 0 .5rem; text-transform: capitalize; }
nav { columns: 16rem; margin: 1rem 0; } nav a { display: block; text-decoration: none; color: inherit; overflow-wrap: anywhere; }
details { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; }
summary { cursor: pointer; padding: .5rem .75rem; }
details > div { padding: 0 .75rem .75rem; }
.method { color: var(--accent); display: inline-block; font-weight: 600; min-width: 4.5rem; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; }
pre { background: var(--soft); border-radius: 4px; overflow-x: auto; padding: .6rem; white-space: pre-wrap; }
table { border-collapse: collapse; width: 100%; } td, th { border-top: 1px solid var(--line); padding: .3rem .5rem .3rem 0; text-align: left; vertical-align: top; }
.soft { opacity: .75; } input { font: inherit; padding: .35rem .5rem; width: 100%; box-sizing: border-box; }
</style>
</head>
<body>
<h1 id="title">Runut</h1>
<p id="about" class="soft"></p>
<div id="description"></div>
<p><input id="find" type="search" placeholder="Find: payments, receipt, POST …" aria-label="Find an operation"></p>
<main id="operations"><p>Reading the contract …</p></main>
<script>
"use strict";
const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), text === undefined ? {} : {textContent: text}, more);
// Words between backquotes are code; a paragraph of lines with a star is a list.
const words = (node, text) => { text.split("`").forEach((part, i) => node.append(i % 2 ? make("code", part) : part)); return node; };
const paragraphs = (text) => (text || "").split(/\n\s*\n/).map((part) => {
  if (!part.trim().startsWith("* ")) return words(make("p"), part.trim());
  const list = make("ul");
  part.trim().slice(2).split(/\n\* /).forEach((item) => list.append(words(make("li"), item)));
  return list;
});
let api;
const resolved = (node) => {
  while (node && node.$ref) node = node.$ref.slice(2).split("/").reduce((at, step) => at[step.replace(/~1/g, "/").replace(/~0/g, "~")], api);
  return node || {};
};
const kind = (schema) => {
  const it = resolved(schema);
  if (schema && schema.$ref) return schema.$ref.split("/").pop();
  if (it.enum) return it.enum.join(" | ");
  if (it.oneOf) return it.oneOf.map(kind).join(" or ");
  if (it.type === "array") return "array of " + kind(it.items);
  return [].concat(it.type || "any").join(" or ") + (it.pattern ? " " + it.pattern : "");
};
const members = (schema, depth = 0) => {
  const it = resolved(schema);
  const rows = [];
  for (const [name, member] of Object.entries(it.properties || {})) {
    const required = (it.required || []).includes(name);
    rows.push([" ".repeat(depth * 4) + name, kind(member) + (required ? "" : ", optional"), resolved(member).description || ""]);
  }
  return rows;
};
const table = (head, rows) => {
  const out = make("table");
  const line = (cells, tag) => { const row = make("tr"); cells.forEach((cell, i) => { const td = make(tag); td.append(i === 0 && tag === "td" ? make("code", cell) : cell); row.append(td); }); return row; };
  out.append(line(head, "th"), ...rows.map((row) => line(row, "td")));
  return out;
};
const body = (content) => Object.entries(content || {}).flatMap(([type, media]) => {
  const out = [make("p", type, {className: "soft"})];
  const rows = members(media.schema);
  if (rows.length) out.push(table(["member", "type", ""], rows)); else out.push(make("p", kind(media.schema)));
  const example = media.example !== undefined ? media.example : Object.values(media.examples || {}).map((one) => one.value)[0];
  if (example !== undefined) out.push(make("pre", typeof example === "string" ? example : JSON.stringify(example, null, 2)));
  return out;
});
const show = (path, method, shared, operation) => {
  const out = make("details", undefined, {id: operation.operationId});
  const summary = make("summary");
  summary.append(make("span", method.toUpperCase(), {className: "method"}), make("code", path), make("div", operation.summary, {className: "soft"}));
  const inner = make("div");
  inner.append(...paragraphs(operation.description));
  const parameters = shared.concat(operation.parameters || []).map(resolved);
  if (parameters.length) inner.append(make("h4", "Parameters"), table(["name", "type", ""], parameters.map((one) =>
    [one.name, kind(one.schema) + " in " + one.in + (one.required ? "" : ", optional"), one.description || ""])));
  const sent = resolved(operation.requestBody);
  if (sent.content) inner.append(make("h4", "Body"), ...body(sent.content));
  for (const [status, answer] of Object.entries(operation.responses || {})) {
    const told = resolved(answer);
    inner.append(make("h4", status + " " + (told.description || "")), ...body(told.content));
  }
  out.append(summary, inner);
  out.dataset.text = (method + " " + path + " " + operation.summary).toLowerCase();
  return out;
};
fetch("openapi.json").then((answer) => answer.json()).then((document_) => {
  api = document_;
  document.getElementById("title").textContent = api.info.title + " " + api.info.version;
  document.getElementById("about").textContent = api.info.summary || "";
  document.getElementById("description").append(...paragraphs(api.info.description));
  const main = document.getElementById("operations");
  main.replaceChildren();
  for (const tag of api.tags) {
    const section = make("section");
    section.append(make("h2", tag.name), make("p", tag.description, {className: "soft"}));
    for (const [path, operations] of Object.entries(api.paths))
      for (const [method, operation] of Object.entries(operations))
        if (operation.tags && operation.tags[0] === tag.name) section.append(show(path, method, operations.parameters || [], operation));
    main.append(section);
  }
  const open = document.getElementById(location.hash.slice(1));
  if (open) open.open = true;
  document.body.dataset.ready = "yes";
}).catch((failure) => { document.getElementById("operations").textContent = "The contract cannot be read: " + failure; });
document.getElementById("find").addEventListener("input", (event) => {
  const wanted = event.target.value.toLowerCase().split(/\s+/);
  for (const one of document.querySelectorAll("details")) one.hidden = !wanted.every((word) => one.dataset.text.includes(word));
});
</script>
</body>
</html>
)page";

}  // namespace runut::service
