#!/usr/bin/env bash
# Installs the Debian packages of tools/packages.txt that are missing, and says nothing when none is.
#
#   tools/install.sh [GROUP...]     groups: build kafka test fuzz tidy browser containers compare
#                                   (by default: build kafka test)
#   tools/install.sh --list GROUP   prints the packages of a group, one a line (for the Dockerfile)
#
# Uses sudo when not root. Exit: 0 all there, 1 something could not be installed, 2 wrong use.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
packages_file=$here/packages.txt

# Prints the lines of one group: from its "# [name]" to the next heading.
group_lines() {
  awk -v group="[$1]" '
    /^# \[/ { inside = ($2 == group); found = found || inside; next }
    inside && NF && $1 !~ /^#/ { print }
    END { exit !found }' "$packages_file" ||
    { echo "install.sh: packages.txt has no group '$1'" >&2; exit 2; }
}

installed() {
  [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

available() {
  apt-cache policy "$1" 2>/dev/null | grep -q '^  Candidate: [^(]'
}

# The first alternative of "a | b" that this Debian has; the first one when it knows none.
choose() {
  local name
  local -a names
  IFS='| ' read -ra names <<<"$1"
  for name in "${names[@]}"; do
    if [[ -n $name ]] && available "$name"; then
      echo "$name"
      return
    fi
  done
  echo "${names[0]}"
}

as_root() {
  if [[ $EUID -eq 0 ]]; then "$@"; else sudo "$@"; fi
}

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 \
    -o DPkg::Lock::Timeout=300 -qq "$@" >&2
}

if [[ ${1:-} == --list ]]; then
  [[ $# -eq 2 ]] || { echo "usage: install.sh --list GROUP" >&2; exit 2; }
  lines=$(group_lines "$2")
  while read -r line; do choose "$line"; done <<<"$lines"
  exit
fi

[[ $# -gt 0 ]] || set -- build kafka test
command -v dpkg-query >/dev/null || { echo "install.sh: this is for Debian (no dpkg here)" >&2; exit 1; }

missing=()
for group in "$@"; do
  lines=$(group_lines "$group")
  while read -r line; do
    for name in ${line//|/ }; do
      if installed "$name"; then continue 2; fi
    done
    missing+=("$line")
  done <<<"$lines"
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

echo "Installing ${#missing[@]} Debian packages: ${missing[*]}" >&2
attempt() {
  apt_get update || return 1
  local -a names=()
  local line
  for line in "${missing[@]}"; do names+=("$(choose "$line")"); done
  apt_get install -y --no-install-recommends "${names[@]}"
}
if ! attempt; then
  echo "install.sh: apt failed, once more in five seconds" >&2
  sleep 5
  attempt || { echo "install.sh: apt could not install: ${missing[*]}" >&2; exit 1; }
fi
