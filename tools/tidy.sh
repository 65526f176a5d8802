#!/usr/bin/env bash
# Looks for mistakes with clang-tidy, for those that .clang-tidy names: in src, projections,
# tools/runut and tools/verify.
#
#   tools/tidy.sh             everything
#   tools/tidy.sh TEXT...     what is compiled from a path with one of these in it: log, tools/runut
#
# It reads what the release preset compiles, several sources of a folder as one: alone, each would have
# the same headers looked through again, which is most of the time. Each finding is shown once.
# Exit: 0 nothing found, 1 findings, 2 wrong use.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[[ ${1:-} != -* ]] || { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" >&2; exit 2; }

command -v clang-tidy-19 >/dev/null || ./tools/install.sh build tidy
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
cmake --preset release >"$log/cmake" || { cat "$log/cmake"; exit 1; }
cmake --build build --target tools/runut/embedded_packs.cc >"$log/cmake" || { cat "$log/cmake"; exit 1; }

# What is compiled, the longest first; the verifier compiles some of src once more.
units() {
  python3 - "$@" <<'PYTHON'
import json, os, re, sys
ours = ("src/", "projections/", "tools/runut/", "tools/verify/")
found = {}
for unit in json.load(open("build/compile_commands.json")):
    with open(unit["file"]) as text:
        sources = re.findall(r'^#include "(.*\.cc)"', text.read(), re.M) or [unit["file"]]
    paths = [os.path.relpath(source) for source in sources]
    again = "runut-verify.dir" in unit["command"] and not any(p.startswith("tools/") for p in paths)
    if again or not any(p.startswith(ours) for p in paths):
        continue
    if len(sys.argv) > 1 and not any(part in p for part in sys.argv[1:] for p in paths):
        continue
    found[unit["file"]] = sum(os.path.getsize(source) for source in sources)
print("\n".join(sorted(found, key=found.get, reverse=True)))
PYTHON
}
mapfile -t found < <(units "$@")
[[ -n ${found[0]:-} ]] || { echo "tidy.sh: nothing is compiled from such a path: $*" >&2; exit 2; }

# GCC's options are in what is read here.
look() { # LOG_DIRECTORY UNIT
  local out
  out=$(mktemp "$1/unit-XXXXXX")
  clang-tidy-19 -p build --quiet --extra-arg=-Wno-unknown-warning-option \
    --extra-arg=-Wno-deprecated-declarations "$2" >"$out" 2>"$out.err" && return
  [[ -s $out ]] || cat "$out.err" >"$out"
  return 1
}
export -f look
status=0
printf '%s\0' "${found[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -c 'look "$@"' look "$log" || status=1
# A header's finding comes with each unit that includes it.
cat "$log"/unit-?????? | awk '/: (error|warning): / { shown = !seen[$0]++ } NR == 1 || shown'
((status == 0)) && echo "tidy.sh: nothing found in ${#found[@]} units"
exit "$status"
