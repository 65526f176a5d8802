# Shared by up, down and broker (sourced, never run): where a development cluster keeps its things,
# and how one broker is started, asked, stopped.
#
#   DIR/cluster              cluster id and number of brokers, one "name=value" a line
#   DIR/broker-N/server.properties, log, data/
#   DIR/broker-N/pid         process id and its start time, so that a reused id is never signalled

kafka_tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$kafka_tools/../.." && pwd)
default_dir=$repository/build/kafka
jars=$repository/build/kafka/lib

say() { echo "kafka: $*" >&2; }
die() { say "$*"; exit 1; }
usage() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" >&2; exit 2; }

# The absolute form of a directory that need not exist yet.
absolute() {
  mkdir -p "$1" && cd "$1" && pwd
}

cluster_value() { # DIR NAME: empty when there is no cluster
  [[ ! -f $1/cluster ]] || sed -n "s/^$2=//p" "$1/cluster"
}

property() { # DIR N NAME
  sed -n "s/^$3=//p" "$1/broker-$2/server.properties"
}

broker_port() { # DIR N
  property "$1" "$2" advertised.listeners | sed 's/.*://'
}

bootstrap() { # DIR: "127.0.0.1:p1,127.0.0.1:p2"
  local n out=
  for ((n = 1; n <= $(cluster_value "$1" brokers); ++n)); do
    out+=${out:+,}127.0.0.1:$(broker_port "$1" "$n")
  done
  echo "$out"
}

# The start time of a process in clock ticks since boot: with the id it names a process for good.
start_time() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  # The command's name may hold spaces, so count from behind its closing parenthesis.
  awk '{ if ($1 == "Z") exit 1; print $20 }' <<<"${stat##*) }"
}

# Prints the broker's process id if that very process still lives.
broker_pid() { # DIR N
  local pid started
  [[ -f $1/broker-$2/pid ]] && read -r pid started <"$1/broker-$2/pid" || return 1
  [[ $(start_time "$pid") == "$started" ]] || return 1
  echo "$pid"
}

# True when a Kafka server answers an ApiVersions request on the port within two seconds.
answers() {
  local reply
  reply=$(
    exec 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    # length 10, key 18, version 0, correlation 7, no client id
    printf '\x00\x00\x00\x0a\x00\x12\x00\x00\x00\x00\x00\x07\xff\xff' >&3
    timeout 2 head -c 8 <&3 | od -An -tx1 -j4 | tr -d ' \n'
  )
  [[ $reply == 00000007 ]]
}

start_broker() { # DIR N; returns at once, see await_broker
  local home=$1/broker-$2 pid
  : >"$home/log"
  # A session of its own: the broker outlives the terminal, and a Ctrl-C there does not reach it.
  setsid java -Xms128m -Xmx384m -XX:+ExitOnOutOfMemoryError -Djava.awt.headless=true \
    "-Dlog4j2.configurationFile=$kafka_tools/log4j2.properties" \
    -cp "$jars/*" kafka.Kafka "$home/server.properties" </dev/null >>"$home/log" 2>&1 9>&- &
  pid=$!
  echo "$pid $(start_time "$pid" || echo dead)" >"$home/pid"
}

# Waits until the broker has joined and answers; fails as soon as its process is gone.
await_broker() { # DIR N SECONDS
  local dir=$1 n=$2 deadline=$((SECONDS + $3)) port
  port=$(broker_port "$dir" "$n")
  while ((SECONDS < deadline)); do
    broker_pid "$dir" "$n" >/dev/null || return 1
    if grep -q 'Kafka Server started' "$dir/broker-$n/log" && answers "$port"; then return 0; fi
    sleep 0.2
  done
  return 1
}

# Waits until none of the given brokers lives; fails when the time is over first.
await_gone() { # DIR SECONDS N...
  local dir=$1 deadline=$((SECONDS + $2)) n
  shift 2
  for n in "$@"; do
    while broker_pid "$dir" "$n" >/dev/null; do
      ((SECONDS < deadline)) || return 1
      sleep 0.1
    done
    rm -f "$dir/broker-$n/pid"
  done
}

signal_broker() { # DIR N SIGNAL
  local pid
  pid=$(broker_pid "$1" "$2") || return 1
  kill "-$3" "$pid"
}

# Waits until every thread of the broker has stopped: a SIGSTOP reaches each at a time of its own.
await_frozen() { # DIR N SECONDS
  local deadline=$((SECONDS + $3)) pid
  while ((SECONDS < deadline)); do
    pid=$(broker_pid "$1" "$2") || return 1
    awk '{ sub(/.*\) /, ""); if ($1 != "T") exit 1 }' "/proc/$pid"/task/*/stat 2>/dev/null && return 0
    sleep 0.02
  done
  return 1
}

# Ends the given brokers together: politely first (a paused one has to be woken to hear it), then
# for good. One after another would wait for a quorum that is already gone.
stop_brokers() { # DIR N...
  local dir=$1 n
  shift
  for n in "$@"; do
    signal_broker "$dir" "$n" TERM && signal_broker "$dir" "$n" CONT || true
  done
  await_gone "$dir" 15 "$@" && return 0
  for n in "$@"; do signal_broker "$dir" "$n" KILL || true; done
  await_gone "$dir" 10 "$@"
}

# Two callers on one directory take turns (descriptor 9; brokers must not inherit it).
lock() { # FILE
  exec 9>"$1"
  flock -w 180 9 || die "another call has held $1 for three minutes"
}
