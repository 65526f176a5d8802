#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test through ctest.
#
#   tools/test.sh          release (a real Kafka broker and a real browser included), then asan + ubsan
#   tools/test.sh --all    and each source compiled alone, clang-tidy, tsan, the fuzz targets, the
#                          soak tests, the container image
#
# Each step says how long it took; the last lines repeat ctest's own summaries. Exit: 0 when all of
# it passed; a failed step does not keep the later ones from running. Logs: build*/Testing.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

all=
case "${1:-}" in
  '') ;;
  --all) all=yes ;;
  *) sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac

jobs=$(nproc)
failed=()
summaries=()
times=()

# step NAME COMMAND...: a heading, the command, its time; remembers a failure.
step() {
  local name=$1 begin=$SECONDS verdict=done
  shift
  printf '\n=== %s\n' "$name"
  if ! "$@"; then
    verdict=FAILED
    failed+=("$name")
  fi
  times+=("$(printf '%5d s  %-6s  %s' $((SECONDS - begin)) "$verdict" "$name")")
  printf '=== %s: %s after %d s\n' "$name" "$verdict" $((SECONDS - begin))
  [[ $verdict == done ]]
}

build() { # PRESET
  local log
  log=$(mktemp)
  cmake --preset "$1" >"$log" 2>&1 || { cat "$log"; rm -f "$log"; return 1; }
  rm -f "$log"
  cmake --build --preset "$1" -j "$jobs"
}

# run_tests NAME PRESET CTEST_ARGUMENT...: keeps ctest's closing line for the end.
run_tests() {
  local name=$1 preset=$2 log status
  shift 2
  log=$(mktemp)
  ctest --preset "$preset" -j 4 --no-tests=error "$@" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  summaries+=("$(printf '%-8s %s' "$name:" "$(grep -E 'tests passed|No tests were found' "$log" || echo 'no summary')")")
  rm -f "$log"
  return "$status"
}

# A test binary that was not built is a red test, so the tests run only after a build.
build_and_test() { # NAME PRESET CTEST_ARGUMENT...
  step "build $1" build "$2" && step "test $1" run_tests "$@"
}

groups=(build kafka test browser)
[[ -z $all ]] || groups+=(fuzz tidy containers)
step "install Debian packages: ${groups[*]}" ./tools/install.sh "${groups[@]}" || exit 1

build_and_test release release -LE soak
# Sanitizers look at each path once: not at fifty replays of one path, nor at a hundred kills.
once=(-LE 'soak|kafka|browser|replays')
RUNUT_ROUNDS_MAX=25 build_and_test asan asan "${once[@]}"
if [[ -n $all ]]; then
  # As the preset dev does it, without the twenty gigabytes of what a debugger wants to know.
  step "build alone" build alone
  step "clang-tidy" ./tools/tidy.sh
  RUNUT_ROUNDS_MAX=25 build_and_test tsan tsan "${once[@]}"
  build_and_test fuzz fuzz -j 2
  step "test soak" run_tests soak release -L soak
  step "container image" ./tools/docker/check
fi

printf '\n=== summary\n'
printf '%s\n' "${times[@]}" '' "${summaries[@]}"
if ((${#failed[@]} > 0)); then
  printf '\nFAILED: %s\n' "$(printf '%s, ' "${failed[@]}" | sed 's/, $//')"
  exit 1
fi
