#!/usr/bin/env bash
# One civil servant's August, in five beats: installs what is missing, builds, and tells the story on
# the embedded engine, or with --kafka through a real broker.
#
#   tools/demo.sh [--kafka] [--keep DIR]
#
# --keep DIR: the data stays in DIR (by default build/demo, made anew each time).
# Exit code 1: a command failed, or a sentence that the story tells was not among what it said.
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
command_line() { printf '\033[2m$ %s\033[0m\n' "$*"; }
run() { command_line "$@"; "$@"; }
# What is there to be read; the story ends where it is not.
expect() { # FILE REGULAR-EXPRESSION...: line breaks are for the eye
  local file=$1 sentence
  shift
  for sentence in "$@"; do
    tr -s ' \n\t' ' ' <"$file" | grep -E -- "$sentence" >/dev/null && continue
    printf 'the story breaks off here: nothing says "%s"\n' "$sentence" >&2
    exit 1
  done
}
# The sections of an explanation whose headings match.
sections() { # REGULAR-EXPRESSION
  awk -v heading="$1" '/^[^ ]/ { shown = ($0 ~ heading) } shown' "$dir/why.txt"
}

if [[ -z ${RUNUT:-} ]]; then
  groups=(build)
  [[ -z $kafka ]] || groups+=(kafka)
  ./tools/install.sh "${groups[@]}"
  cmake --preset release >/dev/null
  cmake --build --preset release --target runut runut-verify -j "$(nproc)"
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

heroine() {
  sed -n 's/.*"heroine": *{\([^}]*\)}.*/\1/p' "$dir/planted.json" | tr ',' '\n' |
    sed -n "s/.*\"$1\": *\"\\([^\"]*\\)\".*/\\1/p" | sed q
}
person=$(heroine person)
nip=$(heroine identifier)

beat "1. She lost 5 %: every number, clause and event behind it ($person, NIP $nip)"
run $runut explain --data "$data" --person "$nip" --month 2022-08 --html "$dir/why.html"
command_line $runut explain --data "$data" --person "$person" --month 2022-08
$runut explain --data "$data" --person "$person" --month 2022-08 >"$dir/why.txt"
# Each step of the calculation and each daily report are in the page; here is what they come to.
sections '^([*][*][*]|Penjelasan|Ringkasan|[ABC][.]) ?'
sections '^G[.]' | grep -v ' Laporan harian ' | sed -E 's/([0-9a-f]{12})[0-9a-f]{52}$/\1…/'
printf '\nThe rest, %s daily reports and approvals, every step and rule, on one printable page: %s\n' \
  "$(sections '^G[.]' | grep -c ' Laporan harian ')" "$dir/why.html"
expect "$dir/why.txt" 'di bawah ekspektasi .*-5,00 % = -Rp' 'Dihitung ulang .*: sama persis, rupiah demi rupiah' \
  '§ .*tertulis dalam peraturan' 'penyesuaian -Rp .*Perwali Kediri 31/2022 .*#[0-9]+' 'Pemeringkatan diumumkan'
expect "$dir/why.html" '</html>'

beat '2. What would have avoided it, and who would have been cut instead'
sections '^A[.]' | awk '/Apa yang menghindarkannya/ { shown = 1 } /^  (Peringkat  |Laporan harian)/ { shown = 0 } shown' |
  tee "$dir/avoided.txt"
expect "$dir/avoided.txt" 'hasil kerja [0-9,]+ alih-alih [0-9,]+ .* sudah cukup' \
  'satu langkah 0,01 kurang masih gagal' 'Yang terpotong sebagai gantinya: peringkat [0-9]+'

beat '3. Her objection, upheld, and the correction that paid it back'
$runut log --data "$data" --json | grep "\"subject\":\"$person\"" |
  grep -E '"type":"(ObjectionFiled|ExplanationRequested|ExplanationGiven|ObjectionDecided|EvaluationCorrected|TppAdjustmentDecided|TppCorrectionPosted)"' |
  sed -E 's/.*"sequence":([0-9]+).*"type":"([A-Za-z]+)".*"recorded_at":"([^"]+)".*/  #\1  \3  \2/' |
  tee "$dir/objection.txt"
sections '^D[.]' | sed '$d'
expect "$dir/objection.txt" 'ObjectionFiled.*ObjectionDecided.*EvaluationCorrected.*TppCorrectionPosted'
expect "$dir/why.txt" 'Selisih yang dibayar \+Rp'

beat '4. An audit decides everything again, and agrees'
command_line $runut audit --data "$data" --csv
$runut audit --data "$data" --csv 2>&1 >"$dir/findings.csv" | tee "$dir/audited.txt"
printf 'what people should look at, by kind:\n'
sed 1d "$dir/findings.csv" | cut -d, -f2 | sort | uniq -c
command_line $runut verify --data "$data"
$runut verify --data "$data" 2>&1 >/dev/null | tee "$dir/verified.txt"
expect "$dir/audited.txt" 'commands decided again, .*: every decision agrees'
expect "$dir/verified.txt" '^intact: .* signed checkpoints'

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
command_line $runut verify --data "$dir/tampered"
found=0
$runut verify --data "$dir/tampered" >"$dir/damage.txt" || found=$?
cat "$dir/damage.txt"
expect "$dir/damage.txt" 'storage ?[0-9]+ ?[0-9]+ ?events? [0-9]+.*: '
((found == 1)) || { printf 'the story breaks off here: exit code %s for a damaged log\n' "$found" >&2; exit 1; }

printf '\nThat is the story. The same questions, for anybody and any month: build/runut explain --help\n'
