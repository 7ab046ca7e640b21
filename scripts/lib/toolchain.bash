# Swift: looked for on PATH and in the usual places.
# shellcheck shell=bash

# find_swift: puts it on PATH, or says what to do.
find_swift() {
  local folder
  if ! command -v swift >/dev/null; then
    for folder in /opt/swift/usr/bin /usr/share/swift/usr/bin /usr/libexec/swift/*/bin \
      "${SWIFTLY_BIN_DIR:-$HOME/.local/share/swiftly/bin}"; do
      if [ -x "$folder/swift" ]; then PATH="$folder:$PATH"; fi
    done
  fi
  command -v swift >/dev/null || die "Swift is missing. Install Swift 6.3 for Debian 12 (https://www.swift.org/install/linux/)
    and put its usr/bin on PATH, or unpack it to /opt/swift; then run this again"
}

# check_swift: that it runs and is new enough. Needs what the packages bring.
check_swift() {
  local output version
  find_swift
  output="$(swift --version 2>&1)" || die "$(command -v swift) does not run: $output"
  version="$(sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' <<<"$output" | head -n 1)"
  if [ "$(printf '%s\n6.3\n' "$version" | sort -V | head -n 1)" != 6.3 ]; then
    die "$(command -v swift) is version '${version:-unknown}'; Swift 6.3 or newer is needed (https://www.swift.org/install/linux/)"
  fi
}

# build_release: the three programs, as they run in production.
build_release() {
  check_swift
  if [ -e "$repository/.build" ] && [ ! -O "$repository/.build" ]; then
    die "$repository/.build belongs to $(stat -c %U "$repository/.build"); run as that user, or remove it"
  fi
  if [ -x "$repository/.build/release/smartpages-core" ]; then
    step "Building (only what changed)"
  else
    step "Building for the first time: a few minutes; swift shows how far it is"
  fi
  # The umask that protects data would make a clone's build unreadable to its group; builds are not secret.
  (umask 022 && swift build --package-path "$repository" -c release --static-swift-stdlib </dev/null) ||
    die "the build failed; the compiler's message stands above"
}

# program NAME: its path; stops with a hint when it was not built.
program() {
  [ -x "$SMARTPAGES_BINARIES/$1" ] || die "$SMARTPAGES_BINARIES/$1 is missing; run scripts/up without --no-build"
  printf '%s' "$SMARTPAGES_BINARIES/$1"
}
