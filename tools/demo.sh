#!/usr/bin/env bash
# One civil servant's August, in five beats: installs what is missing, builds, and tells the story on
# the embedded engine, or with --kafka through a real broker.
#
#   tools/demo.sh [--kafka] [--keep DIR]
#
# --keep DIR: the data stays in DIR (by default build/demo, made anew each time).
# RUNUT=BINARY in the environment: told with that binary, nothing is installed or built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

kafka=
dir=build/demo
while (($# > 0)); do
  case $1 in
    --kafka) kafka=yes ;;
    --keep) dir=${2:?--keep needs a directory}; shift ;;
    *) sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift
done

beat() { printf '\n\033[1m── %s\033[0m\n\n' "$1"; }
run() { printf '\033[2m$ %s\033[0m\n' "$*"; "$@"; }

if [[ -z ${RUNUT:-} ]]; then
  groups=(build)
  [[ -z $kafka ]] || groups+=(kafka)
  ./tools/install.sh "${groups[@]}"
  cmake --preset release >/dev/null
  cmake --build --preset release --target runut -j "$(nproc)"
fi
runut=${RUNUT:-build/runut}

rm -rf "$dir"
mkdir -p "$dir"
data=$dir/data
log=()
if [[ -n $kafka ]]; then
  trap './tools/kafka/down --dir "$dir/kafka" >/dev/null 2>&1 || true' EXIT
  log=(--log "kafka://$(./tools/kafka/up --dir "$dir/kafka")")
fi

beat 'Eight months of a small city: simulated, then recorded event by event'
run $runut simulate --regulation kota-kediri --people 300 --from 2022-01 --to 2022-08 --seed 1 \
  --out "$dir/commands.ndjson"
# A few planted commands are refused on purpose: exit 3, and a report of each.
run $runut import --data "$data" "${log[@]}" --errors "$dir/refused.tsv" "$dir/commands.ndjson" || (($? == 3))

heroine() { sed -n 's/.*"heroine": *{\([^}]*\)}.*/\1/p' "$dir/planted.json" | tr ',' '\n' | sed -n "s/.*\"$1\": *\"\\([^\"]*\\)\".*/\\1/p" | head -1; }
person=$(heroine person)
nip=$(heroine identifier)

beat "1. She lost 5 %: every number, clause and event behind it ($person, NIP $nip)"
run $runut explain --data "$data" --person "$nip" --month 2022-08 --brief --html "$dir/why.html" || true
run $runut explain --data "$data" --person "$person" --month 2022-08 --brief
printf '\nOne printable page: %s\n' "$dir/why.html"

beat '2. What would have avoided it, and who would have been cut instead'
$runut explain --data "$data" --person "$person" --month 2022-08 --brief | grep -A3 'Apa yang menghindarkannya' || true

beat '3. Her objection, upheld, and the correction that paid it back'
$runut log --data "$data" --json | grep "\"subject\":\"$person\"" |
  grep -E '"type":"(ObjectionFiled|ExplanationRequested|ExplanationGiven|ObjectionDecided|EvaluationCorrected|TppAdjustmentDecided|TppCorrectionPosted)"' |
  sed -E 's/.*"sequence":([0-9]+).*"type":"([A-Za-z]+)".*"recorded_at":"([^"]+)".*/  #\1  \3  \2/'
$runut explain --data "$data" --person "$person" --month 2022-08 | sed -n '/^D\. /,/^E\. /p' | sed '$d'

beat '4. An audit decides everything again, and agrees'
run $runut audit --data "$data" --csv | cut -d, -f2 | sort | uniq -c
run $runut verify --data "$data"

beat '5. One flipped byte on disk, found and named'
cp -r "$data" "$dir/tampered"
cp -r "$data.keys" "$dir/tampered.keys"
# The largest file that holds events; the views beside it could be made anew.
victim=$($runut doctor --data "$dir/tampered" --files --tsv | awk -F'\t' '$1 == "log" { print $2 "\t" $5 }' |
  sort -n | tail -1 | cut -f2)
offset=$(($(stat -c %s "$victim") / 3))
byte=$(od -An -tu1 -j "$offset" -N 1 "$victim" | tr -d ' ')
printf "\\$(printf %03o $((byte ^ 1)))" | dd of="$victim" bs=1 seek="$offset" conv=notrunc status=none
printf 'flipped one bit of byte %s of %s\n' "$offset" "${victim#"$dir"/}"
run $runut verify --data "$dir/tampered" && { echo 'the damage was not found' >&2; exit 1; } || true

printf '\nThat is the story. The same questions, for anybody and any month: build/runut explain --help\n'
