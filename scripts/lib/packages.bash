# Debian packages: installed only when missing, and without leaving anything of theirs running.
# shellcheck shell=bash

# What scripts/up needs: servers, and the libraries that the programs load; what Swift itself runs on; what the build
# links against.
run_packages=(nginx redis-server postgresql openssl curl ca-certificates python3
  libfcgi0ldbl libcurl4 libpq5 libhiredis0.14 libarchive13 libbrotli1 libidn2-0 libc-ares2 libpsl5 libmaxminddb0
  libqrencode4 libvips42 fonts-dejavu-core zlib1g)
build_packages=(git binutils libc6-dev libstdc++-12-dev libncurses6 libsqlite3-0 libxml2 tzdata pkg-config
  libfcgi-dev libcurl4-openssl-dev libpq-dev libhiredis-dev libarchive-dev libbrotli-dev libidn2-dev libc-ares-dev
  libpsl-dev libmaxminddb-dev libqrencode-dev libvips-dev zlib1g-dev)

missing_packages() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s\n' "$package"
  done
}

# as_root COMMAND…
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# install_packages NAME…: says what it does; does nothing when all are there.
install_packages() {
  local missing
  command -v dpkg-query >/dev/null || die "this is not Debian; install what is named in scripts/lib/packages.bash"
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    die "these Debian packages are missing, and installing needs root or sudo. As root, run:
    apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  fi
  step "Installing Debian packages: ${missing[*]}"
  as_root bash -c "$(declare -f apt_quietly); apt_quietly \"\$@\"" install "${missing[@]}" ||
    die "the packages could not be installed; apt's message stands above"
}

# apt_quietly NAME…: as root. The packages' own services must neither start (their ports are not ours to take) nor
# come up at the next boot, and PostgreSQL must not make a cluster of its own; what was there before stays as it was.
apt_quietly() {
  set -euo pipefail
  umask 022 # what packages lay down is for everybody
  local policy=/usr/sbin/policy-rc.d cluster=/etc/postgresql-common/createcluster.d/smartpages-install.conf
  local service fresh=()
  made=() # not local: the trap runs when the function is over
  trap 'rm -f "${made[@]}"' EXIT
  for service in nginx redis-server postgresql knot; do
    if [ ! -e "/etc/init.d/$service" ]; then fresh+=("$service"); fi
  done
  if [ ! -e "$policy" ]; then
    made+=("$policy")
    printf '#!/bin/sh\n# For the time of one installation: no service is started.\nexit 101\n' >"$policy"
    chmod 0755 "$policy"
  fi
  if [ ! -d /etc/postgresql ]; then
    made+=("$cluster")
    mkdir -p "${cluster%/*}"
    printf 'create_main_cluster = false\n' >"$cluster"
  fi
  export DEBIAN_FRONTEND=noninteractive
  # One unreachable source must not stop an installation that needs only the others.
  apt-get -q -o DPkg::Lock::Timeout=300 update || echo "apt-get update had errors; trying with what is known" >&2
  apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install --no-install-recommends "$@" </dev/null
  for service in "${fresh[@]}"; do
    if [ -e "/etc/init.d/$service" ]; then update-rc.d "$service" disable || true; fi
  done
}
