# PostgreSQL: a private cluster on a UNIX socket. The kernel says who connects (peer), so there is no password.
# shellcheck shell=bash

postgres_data="$SMARTPAGES_HOME/postgres"
postgres_sockets="$sockets/postgres"

# postgres_binaries: the folder of initdb and postgres. A cluster stays with the version that made it.
postgres_binaries() {
  local version folder
  version="$(cat "$postgres_data/PG_VERSION" 2>/dev/null)" || version="$(postgres_newest)"
  folder="/usr/lib/postgresql/$version/bin"
  [ -x "$folder/postgres" ] || die "the data in $postgres_data needs PostgreSQL $version: apt-get install postgresql-$version"
  printf '%s' "$folder"
}

postgres_newest() {
  local folder
  for folder in /usr/lib/postgresql/*; do printf '%s\n' "${folder##*/}"; done | sort -V | tail -n 1
}

# postgres_user: who runs it. PostgreSQL refuses to run as root.
postgres_user() { if [ "$(id -u)" = 0 ]; then printf postgres; else id -un; fi; }

# postgres_find_prefix: sets the command that turns us into that user. A clone below /root, say, is closed to user
# postgres, whose server opens its data by absolute path. It then gets the one capability that lets it pass closed
# folders: other ways (opening /root to all, data outside SMARTPAGES_HOME, a bind mount in a namespace) change what
# is not ours or hide the data. Containers often withhold the narrow capability but have the wide one.
postgres_find_prefix() {
  postgres_prefix=()
  [ "$(id -u)" = 0 ] || return 0
  local capability base=(setpriv --reuid=postgres --regid=postgres --init-groups)
  for capability in "" dac_read_search dac_override; do
    postgres_prefix=("${base[@]}")
    if [ -n "$capability" ]; then
      postgres_prefix+=("--inh-caps=+$capability" "--ambient-caps=+$capability")
    fi
    # A real step into both folders: access(2), and so test -x, leaves capabilities out.
    # shellcheck disable=SC2016
    if "${postgres_prefix[@]}" bash -c 'cd "$1" && cd "$2" && : >"$1/.reached" && rm "$1/.reached"' \
      try "$postgres_place" "$postgres_sockets" 2>/dev/null; then return 0; fi
  done
  die "user postgres cannot reach $postgres_place; set SMARTPAGES_HOME to a folder outside of closed ones, e.g. /srv/smartpages"
}

postgres_prepare() {
  postgres_place="$postgres_data"
  if [ ! -e "$postgres_data/PG_VERSION" ]; then postgres_place="$postgres_data.new"; fi
  mkdir -p "$postgres_place" "$postgres_sockets" # 0700 by the umask
  if [ "$(id -u)" = 0 ]; then chown postgres:postgres "$postgres_place" "$postgres_sockets"; fi
  postgres_find_prefix
  if [ "$postgres_place" != "$postgres_data" ]; then postgres_create; fi
  postgres_drop_stale_pid
  # Who may be whom: we ourselves are the application's role, and the administrator for setting up.
  local me
  me="$(id -un)"
  printf 'local all all peer map=smartpages\n' >"$postgres_data/pg_hba.conf"
  printf 'smartpages "%s" smartpages\nsmartpages "%s" postgres\n' "$me" "$me" >"$postgres_data/pg_ident.conf"
}

# postgres_create: in a folder beside, renamed when whole, so that an interrupted one is begun anew.
postgres_create() {
  step "Creating the database cluster"
  find "$postgres_place" -mindepth 1 -delete
  # initdb asks for the working folder, which the other user may not reach.
  (cd / && "${postgres_prefix[@]}" "$(postgres_binaries)/initdb" --pgdata="$postgres_place" --username=postgres \
    --encoding=UTF8 --locale=C.UTF-8 --data-checksums --auth-local=peer --auth-host=reject --no-instructions >/dev/null) ||
    die "initdb failed; its message stands above"
  mv "$postgres_place" "$postgres_data"
}

# postgres_drop_stale_pid: after a power cut the pid in postmaster.pid may belong to any process of the same user,
# and PostgreSQL would refuse to start. While a server lives, its processes work in the data folder.
# The sessions of a killed server end by themselves within a moment; a new one must not start beside them.
postgres_drop_stale_pid() {
  [ -e "$postgres_data/postmaster.pid" ] || return 0
  wait_for 15 postgres_alone || die "processes of an earlier PostgreSQL still work in $postgres_data"
  rm -f "$postgres_data/postmaster.pid" "$postgres_sockets"/.s.PGSQL.*
}

postgres_alone() {
  local process
  for process in /proc/[0-9]*; do
    if [ "$(readlink "$process/cwd" 2>/dev/null)" = "$postgres_data" ]; then return 1; fi
  done
}

# postgres_start: durable (fsync, synchronous_commit, full pages), modest in memory, reached by the socket only.
postgres_start() {
  postgres_prepare
  local -a settings=(
    listen_addresses=
    "unix_socket_directories=$postgres_sockets"
    unix_socket_permissions=0700
    port=5432
    fsync=on
    synchronous_commit=on
    full_page_writes=on
    # Two Cores at once while one replaces the other, each with a connection for each worker.
    "max_connections=$((2 * SMARTPAGES_WORKERS + 60))"
    shared_buffers=64MB
    max_wal_size=512MB
    huge_pages=off
    jit=off
    idle_in_transaction_session_timeout=60s
    log_min_duration_statement=1s
    "log_line_prefix=%m [%p] %q%a "
    log_timezone=UTC
    timezone=UTC
  )
  local setting
  local -a options=()
  for setting in "${settings[@]}"; do options+=(-c "$setting"); done
  cd / # the other user may not reach where we are
  process_start postgres "${postgres_prefix[@]}" "$(postgres_binaries)/postgres" -D "$postgres_data" "${options[@]}"
  cd "$OLDPWD" || exit
  if ! wait_for "$SMARTPAGES_READY_SECONDS" postgres_ready_or_dead || ! postgres_ready; then
    show_log postgres
    die "PostgreSQL did not start"
  fi
  postgres_create_database
}

postgres_ready() { "$(postgres_binaries)/pg_isready" -q -h "$postgres_sockets" -U postgres -d postgres; }
postgres_ready_or_dead() { postgres_ready || ! process_runs postgres; }

# postgres_query SQL: as administrator; prints bare values.
postgres_query() { psql -X -q -A -t -v ON_ERROR_STOP=1 -h "$postgres_sockets" -U postgres -d postgres -c "$1"; }

# The role owns its database and nothing else; it is no administrator.
postgres_create_database() {
  [ "$(postgres_query "SELECT count(*) FROM pg_database WHERE datname = 'smartpages'")" = 0 ] || return 0
  if [ "$(postgres_query "SELECT count(*) FROM pg_roles WHERE rolname = 'smartpages'")" = 0 ]; then
    postgres_query "CREATE ROLE smartpages LOGIN"
  fi
  postgres_query "CREATE DATABASE smartpages OWNER smartpages"
}

# postgres_stop [immediate]: INT ends sessions and writes a checkpoint; immediate (QUIT) is a crash on purpose.
postgres_stop() {
  if [ "${1:-}" = immediate ]; then process_stop postgres 10 QUIT; else process_stop postgres 30 INT QUIT; fi
}
