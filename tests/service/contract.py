#!/usr/bin/env python3
"""Holds a running service against its contract: contract.py PORT AGENCY ROUTES

ROUTES: what `runut serve --print-routes` printed. Every route is in the document and the other way round; every
GET is asked with the examples of its parameters, with the forms that it has, and every answer must have a status,
a type, headers and a body that the document knows. Says how many there were of each status.
"""
import collections
import http.client
import json
import re
import sys
import urllib.parse

import jsonschema

port, agency, routes = int(sys.argv[1]), sys.argv[2], sys.argv[3]
wrong = []


def ask(method, target, headers=None, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, target, body=body, headers=headers or {})
    answer = connection.getresponse()
    # A stream has no end: its first piece will do.
    text = answer.read1(65536) if "event-stream" in answer.headers.get("Content-Type", "") else answer.read()
    connection.close()
    return answer, text


status, whole = ask("GET", "/v1/openapi.json")
whole = json.loads(whole)
methods = ("get", "put", "post", "delete", "patch")


def resolve(node):
    while isinstance(node, dict) and "$ref" in node:
        at = whole
        for step in node["$ref"][2:].split("/"):
            at = at[step.replace("~1", "/").replace("~0", "~")]
        node = at
    return node


def check_body(where, media, kind, text):
    schema = media.get("schema")
    if schema is None or not kind.endswith("json") or "ndjson" in kind:
        return
    holder = {**schema, "components": whole["components"]}
    for error in list(jsonschema.Draft202012Validator(holder).iter_errors(json.loads(text)))[:3]:
        wrong.append(f"{where}: {error.message[:200]} at {list(error.path)}")


def check_answer(where, operation, answer, text):
    documented = operation["responses"].get(str(answer.status)) or operation["responses"].get("default")
    if documented is None:
        wrong.append(f"{where}: {answer.status} is not in the contract: {text[:200]}")
        return
    documented = resolve(documented)
    for name, header in (documented.get("headers") or {}).items():
        header = resolve(header)
        value = answer.headers.get(name)
        if value is None and header.get("required"):
            wrong.append(f"{where}: no {name}")
        pattern = (header.get("schema") or {}).get("pattern")
        if value is not None and pattern and not re.search(pattern, value):
            wrong.append(f"{where}: {name} is {value!r}")
    contents = {k.split(";")[0]: media for k, media in (documented.get("content") or {}).items()}
    kind = answer.headers.get("Content-Type", "").split(";")[0]
    if not contents:
        if text:
            wrong.append(f"{where}: {answer.status} has a body")
        return
    if kind not in contents:
        wrong.append(f"{where}: {answer.status} has {kind}, the contract {sorted(contents)}")
        return
    check_body(f"{where} {answer.status}", contents[kind], kind, text)


served = set()
for line in open(routes):
    method, pattern, _ = line.rstrip("\n").split("\t")
    served.add((method.lower(), re.sub(r"\.\.\.\}", "}", pattern)))
documented = {(m, p) for p, operations in whole["paths"].items() for m in operations if m in methods}
for method, pattern in sorted(served - documented):
    wrong.append(f"{method.upper()} {pattern} is served and not in the contract")
for method, pattern in sorted(documented - served):
    wrong.append(f"{method.upper()} {pattern} is in the contract and not served")

seen = collections.Counter()
for path, operations in whole["paths"].items():
    operation = operations.get("get")
    if operation is None:
        continue
    parameters = [resolve(p) for p in operations.get("parameters", []) + operation.get("parameters", [])]
    target, query = path, []
    for parameter in parameters:
        example = parameter.get("example")
        if parameter["in"] == "path":
            value = agency if parameter["name"] == "agency" else str(example)
            target = target.replace("{" + parameter["name"] + "}", urllib.parse.quote(value, safe="/"))
        elif parameter["in"] == "query" and parameter.get("required"):
            query.append((parameter["name"], example))
    if query:
        target += "?" + urllib.parse.urlencode(query)
    forms = ["*/*"]
    for code, response in operation["responses"].items():
        if code == "200":
            forms += list((resolve(response).get("content") or {}))
    for form in dict.fromkeys(forms):
        where = f"GET {target} as {form}"
        answer, text = ask("GET", target, {"Accept": form})
        seen[answer.status] += 1
        check_answer(where, operation, answer, text)
        if answer.status == 200 and form.split(";")[0] not in ("*/*", answer.headers.get("Content-Type", "").split(";")[0]):
            wrong.append(f"{where}: answered as {answer.headers.get('Content-Type')}")
        if not answer.headers.get("X-Request-Id"):
            wrong.append(f"{where}: no X-Request-Id")
    answer, text = ask("HEAD", target)
    if text:
        wrong.append(f"HEAD {target}: has a body")
    answer, text = ask("GET", target + ("&" if "?" in target else "?") + "no_such_parameter=1")
    if "{agency}" in path and answer.status not in (400, 404):
        wrong.append(f"GET {target}: a parameter that is not there is answered with {answer.status}")

print("answers: " + ", ".join(f"{count} x {code}" for code, count in sorted(seen.items())))
for line in wrong:
    print(line)
if seen[200] * 2 < sum(seen.values()):
    wrong.append("less than half of the examples led to an answer")
    print(wrong[-1])
sys.exit(1 if wrong else 0)
