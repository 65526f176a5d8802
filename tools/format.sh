#!/usr/bin/env bash
# Formats every C++ file of the tree as .clang-format says, or the files named.
#
#   tools/format.sh [FILE...]      changes them
#   tools/format.sh --check [FILE...]   changes nothing; names the files that are not formatted; exit 1
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

check=
if [[ ${1:-} == --check ]]; then
  check=yes
  shift
fi
if (($# > 0)); then
  files=("$@")
else
  # A copy without git has no other files than those of the tree, but for builds.
  mapfile -t files < <(git ls-files --cached --others --exclude-standard '*.cc' '*.h' 2>/dev/null ||
    find src projections tools tests -name '*.cc' -o -name '*.h')
fi
((${#files[@]} > 0)) || { echo 'format.sh: no C++ files found' >&2; exit 2; }

for file in "${files[@]}"; do
  [[ $file == *.cc || $file == *.h ]] || { echo "format.sh: not C++ (.cc, .h): $file" >&2; exit 2; }
done

if [[ -z $check ]]; then
  clang-format -i "${files[@]}"
  exit
fi
complaints=$(clang-format --dry-run -Werror --ferror-limit=1 "${files[@]}" 2>&1) && exit
sed -n 's/^\([^ :]*\):[0-9:]* error: .*/not formatted: \1/p' <<<"$complaints" | sort -u
echo 'tools/format.sh changes them.'
exit 1
