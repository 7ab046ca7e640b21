# Every setting with its default, in one place. What stands in the environment wins.
# Programs of ours read the exported ones and nothing else.
# shellcheck shell=bash

: "${repository:?the caller sets it to the root of the repository}"
umask 077
# Debian keeps nginx in sbin, which an ordinary user's PATH does not name.
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

# --- Set by the person, all optional.
# Paths are made absolute and free of links: they are compared with what the kernel says of a process.
SMARTPAGES_HOME="$(realpath -m -- "${SMARTPAGES_HOME:-$repository/.run}")"
export SMARTPAGES_HOME
# With `join_running` the settings of the stack that runs there take the place of the defaults.
if [ -n "${join_running:-}" ] && [ -e "$SMARTPAGES_HOME/pid/settings" ]; then
  # shellcheck source=/dev/null
  source "$SMARTPAGES_HOME/pid/settings"
fi
binaries_given="${SMARTPAGES_BINARIES:-}" # then nothing is built
SMARTPAGES_BINARIES="$(realpath -m -- "${SMARTPAGES_BINARIES:-$repository/.build/release}")"
SMARTPAGES_HTTP_PORT="${SMARTPAGES_HTTP_PORT:-8080}"
SMARTPAGES_HTTPS_PORT="${SMARTPAGES_HTTPS_PORT:-8443}"
SMARTPAGES_METRICS_PORT="${SMARTPAGES_METRICS_PORT:-8081}"
SMARTPAGES_STRIPE_STANDIN_PORT="${SMARTPAGES_STRIPE_STANDIN_PORT:-8082}" # unused when SMARTPAGES_STRIPE_KEY is set
SMARTPAGES_RESEND_STANDIN_PORT="${SMARTPAGES_RESEND_STANDIN_PORT:-8083}" # unused when SMARTPAGES_RESEND_KEY is set
SMARTPAGES_APP_HOST="${SMARTPAGES_APP_HOST:-app.localhost}"
SMARTPAGES_READY_SECONDS="${SMARTPAGES_READY_SECONDS:-60}"
SMARTPAGES_API_RATE="${SMARTPAGES_API_RATE:-200r/s}"     # per address; a crowd behind one address must pass
SMARTPAGES_WEBHOOK_RATE="${SMARTPAGES_WEBHOOK_RATE:-1000r/s}" # per address; a provider's burst must pass
SMARTPAGES_SITES_RATE="${SMARTPAGES_SITES_RATE:-2000r/s}" # per address, as above
SMARTPAGES_SITES_CACHE="${SMARTPAGES_SITES_CACHE:-off}"  # off: fresh at once; on: at most seconds old, twice as fast
export SMARTPAGES_SITES_HOST="${SMARTPAGES_SITES_HOST:-sites.localhost}"
export SMARTPAGES_ADDRESSES="${SMARTPAGES_ADDRESSES-127.0.0.1,::1}" # set, but empty: no domains of customers
export SMARTPAGES_DNS="${SMARTPAGES_DNS:-}"                          # empty: as /etc/resolv.conf says
export SMARTPAGES_DNS_PORT="${SMARTPAGES_DNS_PORT:-53}"
export SMARTPAGES_WORKERS="${SMARTPAGES_WORKERS:-$((8 * $(nproc)))}"
export SMARTPAGES_TRIAL_DAYS="${SMARTPAGES_TRIAL_DAYS:-}" # empty: as the plans say
export SMARTPAGES_LOG_LEVEL="${SMARTPAGES_LOG_LEVEL:-info}"
export SMARTPAGES_SITES_LOG="${SMARTPAGES_SITES_LOG-$SMARTPAGES_HOME/log/sites}" # set, but empty: no statistics
export SMARTPAGES_COUNTRIES="${SMARTPAGES_COUNTRIES:-}"
export SMARTPAGES_ACME_DIRECTORY="${SMARTPAGES_ACME_DIRECTORY:-off}" # off: customers' own domains have no HTTPS
export SMARTPAGES_ACME_EMAIL="${SMARTPAGES_ACME_EMAIL:-}"
export SMARTPAGES_ACME_CLIENT="${SMARTPAGES_ACME_CLIENT:-/usr/bin/uacme}"
export SMARTPAGES_ACME_CAA="${SMARTPAGES_ACME_CAA:-letsencrypt.org}"

case "$SMARTPAGES_HOME$repository" in
  *[\$\"\'\\]* | *$'\n'*)
    die "the path '$SMARTPAGES_HOME' or '$repository' holds a dollar sign, quote, backslash or line break, which" \
      "nginx's configuration cannot name; move it, or set SMARTPAGES_HOME"
    ;;
esac
for setting in HTTP_PORT HTTPS_PORT METRICS_PORT STRIPE_STANDIN_PORT RESEND_STANDIN_PORT DNS_PORT WORKERS \
  READY_SECONDS; do
  value="SMARTPAGES_$setting"
  [[ "${!value}" =~ ^[0-9]{1,5}$ ]] || die "SMARTPAGES_$setting is '${!value}'; it must be a whole number"
done
unset setting value

# --- Follows from the above.

# sockets_folder: where the UNIX sockets live. A socket's path holds at most 107 bytes, and conninfo strings and
# configuration files each have their own quoting, so a long or unusual path is replaced by a short private one.
# It is in /tmp, not XDG_RUNTIME_DIR: that folder goes away at logout and is not the same under sudo, while up
# and down must find the same sockets.
sockets_folder() {
  local folder="$SMARTPAGES_HOME/run"
  if [ ${#folder} -gt 80 ] || [[ ! "$folder" =~ ^[A-Za-z0-9/._+-]+$ ]]; then
    folder="/tmp/smartpages-$(id -u)-$(printf '%s' "$SMARTPAGES_HOME" | sha256sum | cut -c 1-16)"
  fi
  printf '%s' "$folder"
}
sockets="$(sockets_folder)"

export SMARTPAGES_DATABASE_URL="host=$sockets/postgres port=5432 dbname=smartpages user=smartpages"
export SMARTPAGES_REDIS="unix:$sockets/redis/redis.sock"
export SMARTPAGES_BUCKET="$SMARTPAGES_HOME/bucket"
# Private keys: 0700 by the umask, so that only who runs Core and nginx reads them.
export SMARTPAGES_ACME_HOME="$SMARTPAGES_HOME/acme"
export SMARTPAGES_CERTIFICATES="$SMARTPAGES_HOME/certificates"
SMARTPAGES_PLANS="$(realpath -m -- "${SMARTPAGES_PLANS:-$SMARTPAGES_HOME/plans.json}")"
export SMARTPAGES_PLANS
unset SMARTPAGES_MAIL_FOLDER # mails go to Resend or its stand-in, which keeps them in a folder itself
export SMARTPAGES_CORE_SOCKET="$sockets/core.sock"
export SMARTPAGES_DOMAIN_SOCKET="$sockets/domain.sock"
export SMARTPAGES_APP_URL="${SMARTPAGES_APP_URL:-http://$SMARTPAGES_APP_HOST:$SMARTPAGES_HTTP_PORT}"
app_url_tls="https://$SMARTPAGES_APP_HOST:$SMARTPAGES_HTTPS_PORT"
export SMARTPAGES_APP_ORIGINS="${SMARTPAGES_APP_ORIGINS:-$SMARTPAGES_APP_URL,$app_url_tls}"
export SMARTPAGES_SITES_SCHEME="${SMARTPAGES_SITES_SCHEME:-http}"
export SMARTPAGES_SITES_PORT="${SMARTPAGES_SITES_PORT:-$SMARTPAGES_HTTP_PORT}"
export SMARTPAGES_SQL_FOLDER="$repository/sql"

# private_folder PATH: makes a folder that is ours, or stops. A folder of that name that somebody else laid in
# /tmp could read our sockets' traffic, so owner and kind are checked before use.
private_folder() {
  [ -e "$1" ] || mkdir -p "$1" || die "cannot make the folder $1"
  if [ -L "$1" ] || [ ! -d "$1" ] || [ ! -O "$1" ]; then
    die "$1 is not a folder of $(id -un); remove it, run as its owner, or set SMARTPAGES_HOME to another place"
  fi
  # Root's PostgreSQL runs as user postgres and has to pass through; it cannot list, and each service's own
  # folder inside is closed to all but its owner.
  if [ "$(id -u)" = 0 ]; then chmod 0711 "$1"; else chmod 0700 "$1"; fi
}

# prepare_folders: the layout of SMARTPAGES_HOME. Nothing that is there is touched.
prepare_folders() {
  local name
  private_folder "$SMARTPAGES_HOME"
  private_folder "$sockets"
  for name in redis bucket mail stripe log nginx tls acme certificates pid; do mkdir -p "$SMARTPAGES_HOME/$name"; done
  [ -z "$SMARTPAGES_SITES_LOG" ] || mkdir -p "$SMARTPAGES_SITES_LOG"
  # The way to the sockets, for a person who looks for them.
  [ "$sockets" = "$SMARTPAGES_HOME/run" ] || ln -sfn "$sockets" "$SMARTPAGES_HOME/run"
}
