# Redis: private, on a UNIX socket, every acknowledged write on disk, and full means refusing, never forgetting.
# shellcheck shell=bash

redis_socket="$sockets/redis/redis.sock"

redis_start() {
  local folder="$SMARTPAGES_HOME/redis"
  mkdir -p "$sockets/redis" # 0700 by the umask
  cat >"$folder/redis.conf" <<END
# Written by scripts/lib/redis.bash at each start.
port 0
unixsocket "$redis_socket"
unixsocketperm 700
dir "$folder"
daemonize no
loglevel notice
appendonly yes
appendfsync always
save ""
maxmemory 64mb
maxmemory-policy noeviction
END
  process_start redis "$(command -v redis-server)" "$folder/redis.conf"
  if ! wait_for "$SMARTPAGES_READY_SECONDS" redis_ready_or_dead || ! redis_ready; then
    show_log redis
    die "Redis did not start"
  fi
}

redis_ready() { [ "$(redis-cli -s "$redis_socket" ping 2>/dev/null)" = PONG ]; }
redis_ready_or_dead() { redis_ready || ! process_runs redis; }

redis_stop() { process_stop redis 15 TERM; }
