# nginx: the only part that listens on ports, on loopback; beside it only the stand-ins do.
# shellcheck shell=bash

nginx_start() {
  nginx_render
  local conf="$SMARTPAGES_HOME/nginx/smartpages.conf" command
  command=("$(command -v nginx)" -p "$SMARTPAGES_HOME/nginx" -e "$SMARTPAGES_HOME/log/nginx.log" -c "$conf")
  "${command[@]}" -t -q || die "nginx refuses its configuration $conf; its message stands above"
  rotate_log "$SMARTPAGES_HOME/log/access-app.log"
  if [ -n "$SMARTPAGES_SITES_LOG" ]; then
    nginx_rotate # what was logged before the last stop
  else
    rotate_log "$SMARTPAGES_HOME/log/access-sites.log"
  fi
  process_start nginx "${command[@]}" -g 'daemon off;'
  if ! wait_for 15 nginx_ready_or_dead || ! nginx_ready; then
    show_log nginx
    die "nginx did not start"
  fi
}

# nginx_render: the configuration of nginx/ with this machine's paths and ports.
nginx_render() {
  local thumbprint=
  if [ "$SMARTPAGES_ACME_DIRECTORY" != off ]; then
    thumbprint="$("$(program smartpages)" domains account --known)" || die "the account of certificates cannot be read"
  fi
  NGINX_OWNER="$(if [ "$(id -u)" = 0 ]; then printf 'user root;'; fi)" \
    NGINX_HOME="$SMARTPAGES_HOME/nginx" \
    NGINX_LOG="$SMARTPAGES_HOME/log" \
    NGINX_WWW="$repository/nginx/www" \
    NGINX_BUCKET="$SMARTPAGES_BUCKET" \
    NGINX_CORE_SOCKET="$SMARTPAGES_CORE_SOCKET" \
    NGINX_DOMAIN_SOCKET="$SMARTPAGES_DOMAIN_SOCKET" \
    NGINX_ADDRESS4=127.0.0.1 \
    NGINX_ADDRESS6='[::1]' \
    NGINX_IPV6="$(has_ipv6 && printf on || printf off)" \
    NGINX_HTTP_PORT="$SMARTPAGES_HTTP_PORT" \
    NGINX_HTTPS_PORT="$SMARTPAGES_HTTPS_PORT" \
    NGINX_METRICS_PORT="$SMARTPAGES_METRICS_PORT" \
    NGINX_HTTP_MODE=serve \
    NGINX_APP_HOST="$SMARTPAGES_APP_HOST" \
    NGINX_SITES_HOST="$SMARTPAGES_SITES_HOST" \
    NGINX_CERTIFICATE="$SMARTPAGES_HOME/tls/site.crt" \
    NGINX_CERTIFICATE_KEY="$SMARTPAGES_HOME/tls/site.key" \
    NGINX_CERTIFICATES="$SMARTPAGES_CERTIFICATES" \
    NGINX_ACME_THUMBPRINT="$thumbprint" \
    NGINX_WORKERS="${SMARTPAGES_NGINX_WORKERS:-auto}" \
    NGINX_API_RATE="$SMARTPAGES_API_RATE" \
    NGINX_WEBHOOK_RATE="$SMARTPAGES_WEBHOOK_RATE" \
    NGINX_SITES_RATE="$SMARTPAGES_SITES_RATE" \
    NGINX_SITES_CACHE="$SMARTPAGES_SITES_CACHE" \
    "$repository/scripts/lib/render-nginx" "$SMARTPAGES_HOME/nginx"
}

# nginx_rotate: the sites' log goes to Core.
nginx_rotate() {
  "$repository/scripts/rotate-sites-log" "$SMARTPAGES_HOME/log/access-sites.log" "$SMARTPAGES_SITES_LOG" \
    "$SMARTPAGES_HOME/nginx/nginx.pid"
}

has_ipv6() { grep -qs '^00000000000000000000000000000001 ' /proc/net/if_inet6; }

nginx_ready() { port_taken "$SMARTPAGES_HTTP_PORT" && process_runs nginx; }
nginx_ready_or_dead() { nginx_ready || ! process_runs nginx; }

# port_taken PORT: something listens there.
port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# check_ports: nginx's and those of the stand-ins; before the long build, not after.
check_ports() {
  local settings=(HTTP HTTPS METRICS) setting name
  local -A used=()
  for setting in "${stand_ins[@]}"; do
    if is_stand_in "$setting"; then settings+=("${setting^^}_STANDIN"); fi
  done
  for setting in "${settings[@]}"; do
    name="SMARTPAGES_${setting}_PORT"
    if [ -n "${used[${!name}]:-}" ]; then die "$name and ${used[${!name}]} are both ${!name}; set one to another port"; fi
    used[${!name}]="$name"
    if port_taken "${!name}"; then
      die "port ${!name} is in use by another program; set $name to a free one, e.g. $name=$((${!name} + 1000)) scripts/up"
    fi
  done
}

# nginx_stop: QUIT lets it finish the answers under way.
nginx_stop() { process_stop nginx 10 QUIT TERM; }

# nginx_restart: a new configuration or certificate without closing the ports.
nginx_restart() {
  nginx_render
  process_signal nginx HUP
}
