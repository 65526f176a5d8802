#!/usr/bin/env python3
"""Joins the parts of the API's contract (schemas/openapi.d/*.yaml) into schemas/openapi.yaml, and checks it.

  join.py            write schemas/openapi.yaml, and schemas/openapi.json beside it in one line
  join.py --check    change nothing; 1 when they are not the parts joined, or the contract is unsound

Sound: every reference leads somewhere, every operation has an id of its own, a summary, a tag and its
parameters, every answer of 2xx an example, and every example satisfies its schema.
"""
import copy
import json
import pathlib
import re
import sys

import jsonschema
import yaml

root = pathlib.Path(__file__).resolve().parents[2]
parts = root / "schemas" / "openapi.d"
methods = ("get", "put", "post", "delete", "patch", "head", "options")


def join():
    whole = yaml.safe_load((parts / "service.yaml").read_text())
    for part in sorted(parts.glob("*.yaml")):
        if part.name == "service.yaml":
            continue
        content = yaml.safe_load(part.read_text()) or {}
        for path, operations in (content.get("paths") or {}).items():
            there = whole["paths"].setdefault(path, {})
            for name, operation in operations.items():
                if name in there and name != "parameters":
                    raise SystemExit(f"{part.name}: {name} {path} is in two parts")
                there[name] = operation
        for kind, members in (content.get("components") or {}).items():
            there = whole["components"].setdefault(kind, {})
            for name, member in members.items():
                if name in there and there[name] != member:
                    raise SystemExit(f"{part.name}: {kind}/{name} is in two parts, otherwise")
                there[name] = member
    return whole


def resolve(whole, node):
    while isinstance(node, dict) and "$ref" in node:
        at = whole
        for step in node["$ref"].removeprefix("#/").split("/"):
            at = at[step.replace("~1", "/").replace("~0", "~")]
        node = at
    return node


def references(node, path=""):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref" and isinstance(value, str):
                yield path, value
            else:
                yield from references(value, f"{path}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from references(value, f"{path}/{index}")


def validator(whole, schema):
    """Of a schema within the document: its references are the document's."""
    holder = copy.copy(schema) if isinstance(schema, dict) else {"allOf": [schema]}
    holder = {**holder, "components": whole["components"]}
    return jsonschema.Draft202012Validator(holder)


def examples_of(media):
    if "example" in media:
        yield media["example"]
    for example in (media.get("examples") or {}).values():
        if "value" in example:
            yield example["value"]


def check(whole):
    wrong = []
    for place, reference in references(whole):
        try:
            if not reference.startswith("#/"):
                raise KeyError(reference)
            resolve(whole, {"$ref": reference})
        except (KeyError, TypeError):
            wrong.append(f"{place}: {reference} leads nowhere")
    if wrong:
        return wrong
    ids = {}
    tags = {}
    for tag in whole["tags"]:
        tags[tag["name"]] = 0
        if set(tag) != {"name", "description"}:
            wrong.append(f"tag {tag['name']}: {sorted(tag)} instead of name and description")
    for path, operations in whole["paths"].items():
        named = set(re.findall(r"\{(\w+)(?:\.\.\.)?\}", path))
        shared = [resolve(whole, p) for p in operations.get("parameters", [])]
        for method, operation in operations.items():
            if method not in methods:
                continue
            place = f"{method.upper()} {path}"
            for tag in operation.get("tags", []):
                if tag not in tags:
                    wrong.append(f"{place}: no tag is called {tag}")
                tags[tag] = tags.get(tag, 0) + 1
            for member in ("operationId", "summary", "tags", "responses"):
                if not operation.get(member):
                    wrong.append(f"{place}: no {member}")
            other = ids.setdefault(operation.get("operationId"), place)
            if other != place:
                wrong.append(f"{place}: its operationId is that of {other}")
            parameters = shared + [resolve(whole, p) for p in operation.get("parameters", [])]
            in_path = {p["name"] for p in parameters if p["in"] == "path"}
            if in_path != named:
                wrong.append(f"{place}: names {sorted(named)}, describes {sorted(in_path)}")
            for parameter in parameters:
                if "schema" not in parameter:
                    wrong.append(f"{place}: parameter {parameter['name']} has no schema")
                if parameter.get("required") and "example" not in parameter:
                    wrong.append(f"{place}: parameter {parameter['name']} has no example")
            contents = [(f"{place} body", operation.get("requestBody", {}))]
            contents += [(f"{place} {s}", resolve(whole, r)) for s, r in (operation.get("responses") or {}).items()]
            for where, holder in contents:
                for kind, media in (resolve(whole, holder).get("content") or {}).items():
                    for example in examples_of(media):
                        if "json" in kind and "ndjson" not in kind:
                            for error in validator(whole, media.get("schema", {})).iter_errors(example):
                                wrong.append(f"{where} {kind}: example: {error.message} at {list(error.path)}")
    wrong += [f"tag {tag}: nothing has it" for tag, count in tags.items() if count == 0]
    return wrong


def main():
    whole = join()
    wrong = check(whole)
    as_yaml = "# Joined from schemas/openapi.d by tools/openapi/join.py; edit the parts.\n" + yaml.safe_dump(
        whole, sort_keys=False, allow_unicode=True, width=110)
    as_json = json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n"
    files = {root / "schemas" / "openapi.yaml": as_yaml, root / "schemas" / "openapi.json": as_json}
    if "--check" in sys.argv[1:]:
        for path, text in files.items():
            if not path.exists() or path.read_text() != text:
                wrong.append(f"{path.name} is not its parts joined: run tools/openapi/join.py")
    else:
        for path, text in files.items():
            path.write_text(text)
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{len(whole['paths'])} paths", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
