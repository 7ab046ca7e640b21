# Core: the API behind FastCGI.
# shellcheck shell=bash

core_start() { program_start core "$SMARTPAGES_CORE_SOCKET"; }
core_stop() { process_stop core 20 TERM; }
core_restart() { program_restart core "$SMARTPAGES_CORE_SOCKET"; }

# core_ready: through nginx, as a client sees it.
core_ready() {
  curl --noproxy '*' -sf -m 5 -o /dev/null -H "Host: $SMARTPAGES_APP_HOST" \
    "http://127.0.0.1:$SMARTPAGES_HTTP_PORT/api/health/ready"
}

# program_start NAME SOCKET
program_start() { process_start "$1" "$(program "smartpages-$1")"; }

# program_restart NAME SOCKET: without a lost request. The new process puts its socket over the old one's by rename,
# so every connection goes to one of the two; then the old one drains.
program_restart() {
  local name="$1" socket="$2" old before
  old="$(process_pid "$name")" || {
    program_start "$name" "$socket"
    return
  }
  before="$(stat -c %i "$socket" 2>/dev/null)" || before=none
  mv "$(pid_file "$name")" "$(pid_file "$name-old")"
  program_start "$name" "$socket"
  if ! wait_for "$SMARTPAGES_READY_SECONDS" socket_replaced "$socket" "$before" "$name" || ! process_runs "$name"; then
    show_log "$name"
    mv "$(pid_file "$name-old")" "$(pid_file "$name")"
    die "the new $name did not start; the old one (process $old) goes on"
  fi
  process_stop "$name-old" 30 TERM
}

# socket_replaced SOCKET OLD_INODE NAME: also ends the wait when the new process has died.
socket_replaced() {
  local now
  process_runs "$3" || return 0
  now="$(stat -c %i "$1" 2>/dev/null)" && [ "$now" != "$2" ]
}
