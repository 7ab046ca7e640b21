# The whole: what starts after what, until when to wait, who watches.
# shellcheck shell=bash

# In the order of their start; stopped in the opposite one.
services=(postgres redis stripe resend core domain nginx)

# stack_start: everything, waiting until it is ready. Expects the folders and the lock (stack_lock).
stack_start() {
  step "Starting PostgreSQL and Redis"
  postgres_start
  redis_start
  step "Migrating the database"
  "$(program smartpages)" migrate 9>&- || die "the migration failed; its message stands above"
  if is_stand_in stripe || is_stand_in resend; then step "Starting the stand-ins for Stripe and Resend"; fi
  stripe_start
  resend_start
  step "Starting Core, Domain and nginx"
  core_start
  domain_start
  nginx_start
  stack_wait
}

# stack_start_one NAME: unless it runs. Two who want to start it at once take turns.
stack_start_one() {
  (
    flock 8
    process_runs "$1" || "${1}_start"
  ) 8>>"$SMARTPAGES_HOME/pid/$1.lock"
}

# stack_revive NAME: the supervisor's way; not when somebody has stopped it in the meantime.
stack_revive() {
  (
    flock 8
    [ ! -e "$(pid_file "$1")" ] || process_runs "$1" || "${1}_start"
  ) 8>>"$SMARTPAGES_HOME/pid/$1.lock"
}

stack_wait() {
  local name
  for name in core domain; do
    if ! wait_for "$SMARTPAGES_READY_SECONDS" ready_or_dead "$name" || ! "${name}_ready"; then
      show_log "$name" 30
      show_log nginx 5
      process_runs "$name" || die "$name has ended instead of becoming ready"
      die "$name was not ready within $SMARTPAGES_READY_SECONDS seconds (SMARTPAGES_READY_SECONDS sets the time)"
    fi
  done
}

ready_or_dead() { "${1}_ready" || ! process_runs "$1"; }

# stack_stop: in the opposite order; goes on when one cannot be stopped.
stack_stop() {
  local index failed=0
  rm -f "$SMARTPAGES_HOME/pid/addresses"
  for ((index = ${#services[@]} - 1; index >= 0; index--)); do
    "${services[index]}_stop" || failed=1
  done
  # Sockets that are not below SMARTPAGES_HOME leave nothing behind in /tmp.
  if [ "$sockets" != "$SMARTPAGES_HOME/run" ] && [ ! -L "$sockets" ] && [ -O "$sockets" ]; then rm -rf "$sockets"; fi
  return $failed
}

# stack_lock: one stack a folder. The kernel drops the lock when the supervisor ends, however it ends.
stack_lock() {
  exec 9>>"$SMARTPAGES_HOME/pid/lock"
  flock -n 9
}

# stack_supervise: until a signal comes: a service that died without being told to is started again, at first at
# once, then after 1, 2, 4 … 30 seconds while it keeps dying. A service without pid file was stopped on purpose. Every
# minute the sites' log goes to Core.
stack_supervise() {
  local name pause rotated=$SECONDS
  local -A pauses=() started=()
  while :; do
    nap 0.5
    if [ -n "$SMARTPAGES_SITES_LOG" ] && [ $((SECONDS - rotated)) -ge 60 ]; then
      rotated=$SECONDS
      nginx_rotate || complain "$(date -u +%H:%M:%S) the sites' log cannot be handed over to Core"
    fi
    for name in "${services[@]}"; do
      if [ ! -e "$(pid_file "$name")" ] || process_runs "$name"; then continue; fi
      pause="${pauses[$name]:-0}"
      if [ $((SECONDS - ${started[$name]:--100})) -gt 90 ]; then pause=0; fi # it had lived well
      if [ $((SECONDS - ${started[$name]:--100})) -lt "$pause" ]; then continue; fi
      complain "$(date -u +%H:%M:%S) $name has died and is started again"
      show_log "$name" 8
      started[$name]=$SECONDS
      pauses[$name]=$((pause == 0 ? 1 : pause < 16 ? 2 * pause : 30))
      stack_revive "$name" || complain "$name did not start; trying again later"
    done
  done
}

# stack_remember: the settings that scripts/lib/service has to agree on later, and the addresses for a second up.
stack_remember() {
  local name
  for name in HTTP_PORT HTTPS_PORT METRICS_PORT STRIPE_STANDIN_PORT RESEND_STANDIN_PORT PLANS \
    APP_HOST SITES_HOST APP_URL APP_ORIGINS SITES_SCHEME SITES_PORT \
    WORKERS TRIAL_DAYS LOG_LEVEL SITES_LOG COUNTRIES API_RATE WEBHOOK_RATE SITES_CACHE BINARIES READY_SECONDS \
    ADDRESSES DNS DNS_PORT; do
    name="SMARTPAGES_$name"
    # shellcheck disable=SC2016
    printf '[ -n "${%s:-}" ] || %s=%q\n' "$name" "$name" "${!name}"
  done >"$SMARTPAGES_HOME/pid/settings"
  # Real keys are not written down; who starts a part by hand gives them again.
  printf 'real_keys="%s"\n' "$(for name in "${stand_ins[@]}"; do is_stand_in "$name" || printf '%s ' "$name"; done)" \
    >>"$SMARTPAGES_HOME/pid/settings"
  stack_addresses >"$SMARTPAGES_HOME/pid/addresses"
}

stack_addresses() {
  local tls="$SMARTPAGES_HOME/tls/ca.crt"
  cat <<END

SmartPages is running.

  Dashboard   $SMARTPAGES_APP_URL
              $app_url_tls
  Sites       http://<slug>.$SMARTPAGES_SITES_HOST:$SMARTPAGES_HTTP_PORT
              https://<slug>.$SMARTPAGES_SITES_HOST:$SMARTPAGES_HTTPS_PORT
$(outside_addresses)
  Logs        $SMARTPAGES_HOME/log
  Data        $SMARTPAGES_HOME (kept between starts)

  For HTTPS without a warning, trust this installation's own root, $tls:
    Chromium  Settings > Privacy and security > Security > Manage certificates > Authorities > Import
    Firefox   Settings > Privacy & Security > View Certificates > Authorities > Import
    Debian    sudo cp "$tls" /usr/local/share/ca-certificates/smartpages.crt && sudo update-ca-certificates

END
}
