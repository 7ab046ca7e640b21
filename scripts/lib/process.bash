# Processes of ours: started in the background, known by a pid file, stopped by it.
# A pid alone proves nothing after a crash or a reboot, so the file holds the pid, the moment the process started
# (field 22 of /proc/PID/stat) and the boot's id; a process is ours only when all three agree.
# shellcheck shell=bash

pid_file() { printf '%s' "$SMARTPAGES_HOME/pid/$1"; }

# process_birth PID: the start time of a live process in clock ticks since boot; fails when it is gone or a zombie.
process_birth() {
  local stat
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  # The second field, the name, may hold spaces and parentheses: fields are counted after its end.
  local -a field
  read -ra field <<<"${stat##*) }"
  case "${field[0]}" in Z | X) return 1 ;; esac
  printf '%s' "${field[19]}"
}

# process_note NAME PID: writes the pid file.
process_note() {
  local boot file
  read -r boot </proc/sys/kernel/random/boot_id
  file="$(pid_file "$1")"
  printf '%s %s %s\n' "$2" "$(process_birth "$2" || echo gone)" "$boot" >"$file.$BASHPID"
  mv "$file.$BASHPID" "$file"
}

# process_pid NAME: prints the pid when the process runs and is ours; fails otherwise.
process_pid() {
  local pid birth boot now_boot
  { read -r pid birth boot <"$(pid_file "$1")"; } 2>/dev/null || return 1
  read -r now_boot </proc/sys/kernel/random/boot_id
  [ "$boot" = "$now_boot" ] && [ "$(process_birth "$pid")" = "$birth" ] || return 1
  printf '%s' "$pid"
}

process_runs() { process_pid "$1" >/dev/null; }

# process_start NAME COMMAND…: runs it in a session of its own (Ctrl-C at the terminal is for the supervisor, who
# stops all in order), with its output in log/NAME.log. Descriptors 8 and 9 are locks of ours and not for them.
process_start() {
  local name="$1" log="$SMARTPAGES_HOME/log/$1.log"
  shift
  process_end_orphans "$name"
  rotate_log "$log"
  setsid "$@" </dev/null >>"$log" 2>&1 8>&- 9>&- &
  process_note "$name" $!
}

# rotate_log FILE: at a start only, and keeps one old file. A server that runs for long has logrotate for that.
rotate_log() {
  if [ -e "$1" ] && [ "$(stat -c %s "$1")" -gt 33554432 ]; then mv "$1" "$1.1"; fi
}

# process_signal NAME SIGNAL
process_signal() {
  local pid
  pid="$(process_pid "$1")" || return 0
  kill -s "$2" "$pid" 2>/dev/null || true
}

# process_family PID: the process and all its children, for pause and resume.
process_family() {
  local child
  local -a children=()
  printf '%s\n' "$1"
  { read -ra children <"/proc/$1/task/$1/children"; } 2>/dev/null || true
  for child in "${children[@]}"; do process_family "$child"; done
}

# process_signal_all NAME SIGNAL: to the process and all its children.
process_signal_all() {
  local pid member
  pid="$(process_pid "$1")" || return 0
  for member in $(process_family "$pid"); do kill -s "$2" "$member" 2>/dev/null || true; done
}

# process_gone PID BIRTH SECONDS: waits until that process has ended; fails when the time is over.
process_gone() {
  local deadline=$((SECONDS + $3))
  while [ "$(process_birth "$1")" = "$2" ]; do
    [ $SECONDS -lt $deadline ] || return 1
    nap 0.05
  done
}

# process_stop NAME SECONDS SIGNAL…: sends each signal in turn, waiting that long after each, then KILL.
# The pid file goes first, so that the supervisor takes the end for what it is: wanted.
process_stop() {
  local name="$1" seconds="$2" pid birth signal
  shift 2
  process_end_orphans "$name"
  pid="$(process_pid "$name")" || pid=
  rm -f "$(pid_file "$name")"
  [ -n "$pid" ] || return 0
  birth="$(process_birth "$pid")" || return 0
  for signal in "$@" KILL; do
    if [ "$signal" = KILL ]; then complain "$name did not stop in time and is killed"; fi
    kill -s "$signal" "$pid" 2>/dev/null || true
    kill -s CONT "$pid" 2>/dev/null || true # a paused process would not hear the rest
    if process_gone "$pid" "$birth" "$seconds"; then return 0; fi
  done
  complain "$name (process $pid) cannot be stopped"
  return 1
}

# process_kill NAME: SIGKILL without ceremony; it stays dead until it is started again.
process_kill() {
  local pid birth
  pid="$(process_pid "$1")" || pid=
  if [ -n "$pid" ] && birth="$(process_birth "$pid")"; then
    kill -s KILL "$pid" 2>/dev/null || true
    process_gone "$pid" "$birth" 10
  fi
  process_end_orphans "$1"
  rm -f "$(pid_file "$1")"
}

# process_end_orphans NAME: a killed nginx leaves its workers, which hold the ports. Each service has a session of its
# own, and while one of its members lives the kernel gives its number to nobody else.
process_end_orphans() {
  local pid birth boot now_boot member
  { read -r pid birth boot <"$(pid_file "$1")"; } 2>/dev/null || return 0
  read -r now_boot </proc/sys/kernel/random/boot_id
  if [ "$boot" != "$now_boot" ] || process_birth "$pid" >/dev/null; then return 0; fi
  for member in $(session_members "$pid"); do kill -s KILL "$member" 2>/dev/null || true; done
}

# session_members SESSION: the pids of its processes.
session_members() {
  local process stat
  local -a field
  for process in /proc/[0-9]*; do
    { read -r stat <"$process/stat"; } 2>/dev/null || continue
    read -ra field <<<"${stat##*) }"
    if [ "${field[3]}" = "$1" ]; then printf '%s\n' "${process#/proc/}"; fi
  done
}

# nap SECONDS: waits without starting a process; traps run at once. The descriptor never has anything to read.
exec {never}<> <(:)
nap() { read -rt "$1" -u "$never" || true; }

# wait_for SECONDS COMMAND…: until it succeeds; fails when the time is over.
wait_for() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt $deadline ] || return 1
    nap 0.1
  done
}
